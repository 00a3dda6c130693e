"""Lines of the logs: trainings, publicity, inclusions."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.organizations.models import Organization
from services.plan_reviews import errors, policies
from services.plan_reviews.models.logs import OfLog


@transaction.atomic
def add_line(model: type[OfLog], organization: Organization, *, by, now: datetime, **fields) -> OfLog:
    """One line of a log. Raises ``PermissionDenied``, ``DayAhead``."""
    policies.may_log(by, organization).insist()
    if fields["day"] > localdate(now):
        raise errors.DayAhead()
    made = model.objects.create(organization=organization, made_by=by, **fields)
    log(organization, f"plan_reviews.add_{model._meta.model_name}", user=by, timestamp=now)
    return made


@transaction.atomic
def strike_line(line: OfLog, *, because: str, by, now: datetime) -> None:
    """A line that is wrong leaves the log and its counts; the history keeps what stood there, and why it went. Twice is
    once. Raises ``PermissionDenied``, ``WordsMissing``."""
    policies.may_log(by, line.organization).insist()
    if not because.strip():
        raise errors.WordsMissing()
    kind, told = line._meta.model_name, line.in_words()
    if type(line).objects.unscoped().filter(pk=line.pk).delete()[0]:
        data = {"reason": because.strip()[:300], "line": told}
        log(line.organization, f"plan_reviews.strike_{kind}", user=by, data=data, timestamp=now)
