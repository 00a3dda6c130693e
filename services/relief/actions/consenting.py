"""What follows when she withdraws her consent to hardship relief."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from services.casework import actions as casework
from services.casework.enums import WAITING_ON_HER, WAITING_ON_STAFF, Stage
from services.casework.models import Case
from services.relief import queries
from services.relief.actions.watching import leave
from services.relief.enums import ExitReason, FileState
from services.relief.models import Household
from services.workers.models import Worker

# Stages from which she can withdraw; an objection or an appeal under way is ended by its own verb.
_UNDECIDED = (WAITING_ON_HER | WAITING_ON_STAFF) - {Stage.OBJECTION, Stage.APPEALED}
_ON_FILE = (FileState.ON_FILE, FileState.SUSPENDED)


def _cases_of(**hers):
    return Case.objects.own(service=queries.SERVICE, stage__in=_UNDECIDED, **hers).order_by("pk")


def consequences(user) -> Iterator[str]:
    """What she loses, in sentences: each open application, and her place on file."""
    for case in _cases_of(worker__user=user):
        yield _("Your application %(number)s is withdrawn.") % {"number": case.number}
    if Household.objects.own(worker__user=user, state__in=_ON_FILE).exists():
        yield _("Your household leaves the hardship file. What was paid to you stays yours.")
    yield _("You can't apply for hardship relief until you agree again.")


def end_all(consent, *, by, now: datetime) -> None:
    """Her undecided applications are withdrawn, her household leaves the file. Locks: consent → cases → file."""
    hers = {"user": consent.giver_id} if consent.giver_id else {"token": consent.record}
    for worker in Worker.objects.own(**hers):
        for case in _cases_of(worker=worker):
            casework.withdraw(case, by=None, now=now)
        for household in Household.objects.own(worker=worker, state__in=_ON_FILE).order_by("pk"):
            leave(household, reason=ExitReason.OWN_WISH, by=None, now=now)
