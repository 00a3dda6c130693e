"""Targets: every change is a new line that says who set it and on what ground."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.figures import policies
from services.figures.errors import TargetOutOfRange
from services.figures.models import Target
from services.figures.registry import Statistic


@transaction.atomic
def set_target(
    statistic: Statistic, *, organization, period: str, value: Decimal, source: str, by, now: datetime
) -> Target:
    """Raises ``PermissionDenied``, ``TargetOutOfRange``."""
    policies.may_set_target(by, statistic, organization).insist()
    buckets = statistic.median_of.ends.values() if statistic.median_of else None
    if value < 0 or (statistic.denominator and value > 100) or (buckets is not None and value not in buckets):
        raise TargetOutOfRange()
    made = Target.objects.create(
        statistic=statistic.code,
        organization=organization,
        period=period,
        value=value,
        source=source,
        set_by=by,
        set_at=now,
    )
    log(
        instance=organization,
        action="figures.set_target",
        user=by,
        data={"statistic": statistic.code, "period": period, "value": str(value)},
    )
    return made
