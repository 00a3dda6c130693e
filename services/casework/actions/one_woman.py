"""When two records of one woman become one: her cases, their papers, her authorisations, who keeps away from her."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.casework.enums import OPEN
from services.casework.models import Authorisation, Case, Document, Recusal
from services.workers.models import Worker
from services.workers.registry import Follower, Rows


def _open_cases(worker: Worker) -> dict[tuple[str, str], str]:
    rows = Case.objects.unscoped().filter(worker=worker, stage__in=OPEN).order_by("pk")
    return {
        (service, subject): number for service, subject, number in rows.values_list("service", "subject_code", "number")
    }


def obstacles(worker: Worker, *, into: Worker) -> list[str]:
    """Open applications for one thing under both records. Two queries."""
    going, staying = _open_cases(worker), _open_cases(into)
    words = _("%(first)s and %(second)s are open for the same thing: let one of them be withdrawn or decided.")
    return [words % {"first": staying[key], "second": going[key]} for key in going if key in staying]


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """Who declared to keep away from both records keeps away from one woman."""
    twice = Recusal.objects.filter(worker=into).values("user")
    Recusal.objects.filter(worker=worker, user__in=twice).delete()


FOLLOWER = Follower(
    order=20,
    rows=(
        Rows(gettext_lazy("Applications"), lambda keys: Case.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Papers"), lambda keys: Document.objects.filter(worker__in=keys)),
        Rows(gettext_lazy("Declared relations"), lambda keys: Recusal.objects.filter(worker__in=keys)),
        Rows(gettext_lazy("Authorisations"), lambda keys: Authorisation.objects.unscoped().filter(worker__in=keys)),
    ),
    obstacles=obstacles,
    settle=settle,
)
