"""Handing an application in by her own hand: what she saw is what is sent, with her declaration on record."""

from datetime import datetime

from django.db import transaction

from services.casework import actions as casework
from services.casework.actions.locking import lock_case
from services.casework.actions.typing import forget
from services.casework.enums import Stage
from services.relief import errors
from services.relief.models import Application, Household
from services.relief.rules import asking


@transaction.atomic
def hand_in(application: Application, *, declares: bool, lets_check: bool, seen: str, by, now: datetime) -> Application:
    """She declares that it is true, lets the union check the household's means (授权核对), and sends it.

    ``seen`` is ``version_seen`` of the page she checked. What isn't asked any more is dropped. Sending twice is once.
    Locks case, application, file. Raises ``NotDeclared``, ``NotLetCheck``, ``SeenOlder``, and what
    ``casework.submit`` raises (``NotComplete``, ``Obstructed``, ``PermissionDenied``).
    """
    case = lock_case(application.case)
    rows = Application.objects.unscoped().select_for_update(no_key=True, of=("self",))
    application = rows.select_related("programme").get(pk=application.pk)
    application.case = case
    Household.objects.unscoped().select_for_update(no_key=True).get(pk=application.household_id)
    if application.case.stage != Stage.DRAFT:
        casework.submit(application.case, by=by, now=now)
        return application
    if not declares:
        raise errors.NotDeclared()
    if not lets_check:
        raise errors.NotLetCheck()
    if seen != version_seen(application):
        raise errors.SeenOlder()
    _drop_unasked(application)
    application.declared_at = now
    application.save(update_fields=["answers", "event_index", "student", "declared_at"])
    casework.submit(application.case, by=by, now=now)
    forget(application.case)
    return application


def version_seen(application: Application) -> str:
    """What she is looking at: the version of her answers and of the file under them."""
    version = Household.objects.unscoped().values_list("version", flat=True).get(pk=application.household_id)
    return f"{application.version}.{version}"


def _drop_unasked(application: Application) -> None:
    """Answers to questions that this programme doesn't ask count for nothing, however they came here."""
    programme, answers = application.programme, dict(application.answers)
    if not asking.asks_event(programme):
        answers = {name: value for name, value in answers.items() if name in ("told", "group")}
        application.event_index = ""
    if not asking.asks_group(programme):
        answers.pop("group", None)
    if not asking.needs_student(programme):
        application.student = None
    application.answers = answers
