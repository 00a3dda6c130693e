"""Conflicts of interest as inspectors declare them themselves."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.home_inspections import errors, policies
from services.home_inspections.models import Conflict
from services.organizations.models import Organization


@transaction.atomic
def declare(organization: Organization, *, reason: str, by, now: datetime) -> Conflict:
    """She mustn't judge this school, or any home of this county. Declared already: nothing changes.

    Raises ``PermissionDenied``, ``ReasonMissing``.
    """
    policies.may_declare(by).insist()
    if not reason.strip():
        raise errors.ReasonMissing()
    made, is_new = Conflict.objects.unscoped().get_or_create(
        user=by,
        organization=organization,
        withdrawn_at=None,
        defaults={"reason": reason.strip()[:200], "declared_at": now},
    )
    if is_new:
        log(organization, "home_inspections.conflict", user=by, timestamp=now)
    return made


@transaction.atomic
def withdraw(conflict: Conflict, *, by, now: datetime) -> None:
    """Her own word, taken back; it stays on record. Raises ``PermissionDenied``."""
    policies.may_declare(by).insist()
    found = Conflict.objects.own(user=by, pk=conflict.pk, withdrawn_at__isnull=True).select_for_update(of=("self",))
    one = found.select_related("organization").first()
    if one is None:
        return
    one.withdrawn_at = now
    one.save(update_fields=["withdrawn_at"])
    log(one.organization, "home_inspections.conflict_withdrawn", user=by, timestamp=now)
