"""When two records of one woman become one: her hardship file and what she was granted."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.relief.enums import AwardState, FileState, Relation
from services.relief.models import Award, Household, Member
from services.workers.models import Worker
from services.workers.registry import Follower, Rows

_LIVE = (FileState.DRAFT, FileState.ON_FILE, FileState.SUSPENDED)


def obstacles(worker: Worker, *, into: Worker) -> list[str]:
    """Two live files, and sums that one woman may get once. Five queries at most."""
    return [*_files(worker, into), *_once_a_year(worker, into), *_same_event(worker, into)]


def _files(worker: Worker, into: Worker) -> list[str]:
    live = Household.objects.unscoped().filter(state__in=_LIVE)
    numbers = [live.filter(worker=one).values_list("number", flat=True).first() for one in (into, worker)]
    if None in numbers:
        return []
    words = _("She has a hardship file under both records, %(first)s and %(second)s: let one of them leave first.")
    return [words % {"first": numbers[0], "second": numbers[1]}]


def _standing(worker: Worker):
    return Award.objects.unscoped().filter(worker=worker).exclude(state=AwardState.CANCELLED)


def _once_a_year(worker: Worker, into: Worker) -> list[str]:
    def given(one: Worker):
        rows = _standing(one).filter(once_a_year=True)
        return {
            (code, year): title for code, year, title in rows.values_list("programme_code", "year", "programme__name")
        }

    going, staying = given(worker), given(into)
    words = _("“%(programme)s” is granted once a year and was granted under both records in %(year)s: settle it first.")
    return [words % {"programme": going[key], "year": key[1]} for key in sorted(going) if key in staying]


def _same_event(worker: Worker, into: Worker) -> list[str]:
    once = _standing(worker).filter(same_cause_once=True).exclude(event_index="")
    events = _standing(into).filter(same_cause_once=True).values("event_index")
    if not once.filter(event_index__in=events).exists():
        return []
    return [_("The same event was granted aid under both records: settle it first.")]


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """Where she stands in her own live file by the number that is given up, she stands there by the one that stays."""
    given_up = into.id_number if number == worker.id_number else worker.id_number
    herself = Member.objects.filter(household__worker__in=[worker, into], relation=Relation.SELF, live=True)
    for member in herself.filter(id_index=Member.index_of(given_up)):
        if not Member.objects.filter(live=True, id_index=Member.index_of(number)).exists():
            member.id_number = number
            member.save(update_fields=["id_number", "id_index"])


FOLLOWER = Follower(
    order=30,
    rows=(
        Rows(gettext_lazy("Hardship files"), lambda keys: Household.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Awards"), lambda keys: Award.objects.unscoped().filter(worker__in=keys)),
    ),
    obstacles=obstacles,
    settle=settle,
)
