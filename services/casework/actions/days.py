"""Exceptions to the calendar of working days. Due dates that stand stay; the next step counts with the change."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.casework import policies
from services.casework.models import DayException


@transaction.atomic
def set_day(*, day: date, working: bool, name: str = "", by) -> DayException:
    """Say of one day whether it is worked; the same day again changes it. Raises ``PermissionDenied``."""
    policies.may_keep_days(by).insist()
    made, _created = DayException.objects.update_or_create(day=day, defaults={"working": working, "name": name.strip()})
    log(instance=made, action="casework.set_day", user=by, data={"day": day.isoformat(), "working": working})
    return made


@transaction.atomic
def clear_day(exception: DayException, *, by) -> None:
    """The day is as the yearly arrangement has it again. Raises ``PermissionDenied``."""
    policies.may_keep_days(by).insist()
    log(instance=exception, action="casework.clear_day", user=by, data={"day": exception.day.isoformat()})
    DayException.objects.filter(pk=exception.pk).delete()
