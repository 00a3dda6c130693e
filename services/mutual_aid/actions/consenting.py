"""What follows when she withdraws her consent to mutual aid: claims end that nobody has decided; covers stay."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from services.casework import actions as casework
from services.casework.enums import WAITING_ON_HER, WAITING_ON_STAFF, Stage
from services.casework.models import Case
from services.mutual_aid import queries
from services.workers.models import Worker

# Stages from which she can withdraw; an appeal under way is ended by its own verb.
_UNDECIDED = (WAITING_ON_HER | WAITING_ON_STAFF) - {Stage.OBJECTION, Stage.APPEALED}


def _cases_of(**hers):
    return Case.objects.own(service=queries.SERVICE, stage__in=_UNDECIDED, **hers).order_by("pk")


def consequences(user) -> Iterator[str]:
    """What she loses, in sentences."""
    for case in _cases_of(worker__user=user):
        yield _("Your claim %(number)s is withdrawn.") % {"number": case.number}
    yield _("Your cover goes on, but you can't claim here until you agree again.")


def end_all(consent, *, by, now: datetime) -> None:
    """Her undecided claims are withdrawn. Locks: consent → cases."""
    hers = {"user": consent.giver_id} if consent.giver_id else {"token": consent.record}
    for worker in Worker.objects.own(**hers):
        for case in _cases_of(worker=worker):
            casework.withdraw(case, by=None, now=now)
