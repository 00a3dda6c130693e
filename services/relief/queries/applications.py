"""Applications of a woman, and what they rest on."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from services.casework.enums import OPEN, WAITING_ON_HER
from services.casework.queries import cases_represented_by
from services.foundation.prepared import Prepared
from services.relief.enums import FileState, Relation, WorkState
from services.relief.models import Application, Household, Member
from services.workers.models import Worker

_WITH = ("case__worker", "case__route", "case__authorisation", "programme", "household")


def open_application(worker: Worker, code: str) -> Application | None:
    """The one application for a programme that isn't over."""
    hers = Application.objects.own(case__worker=worker, case__subject_code=code, case__stage__in=OPEN)
    return hers.select_related(*_WITH).order_by("pk").first()


def _of_a_case(case) -> QuerySet[Application]:
    return (
        Application.objects.unscoped().select_related(*_WITH, "programme__fund", "household__worker").filter(case=case)
    )


# Asked for twice or more by every verb on a case.
_OF_A_CASE = Prepared(_of_a_case, keys=("case",))


def application_of(case) -> Application:
    """The relief side of a case, with all that judging it needs."""
    found = _OF_A_CASE.first(case=case.pk)
    if found is None:
        raise Application.DoesNotExist
    return found


def papers_of_programme(case) -> list[dict]:
    """The papers that the programme of a case names."""
    return Application.objects.unscoped().values_list("programme__documents", flat=True).get(case=case)


def represented_by(user, *, on: date) -> QuerySet[Application]:
    """What somebody fills in in women's names and hasn't handed in, or has to supply something for; newest first."""
    cases = cases_represented_by(user, on=on).filter(stage__in=WAITING_ON_HER).order_by()
    return (
        Application.objects.unscoped()
        .filter(case__in=cases)
        .select_related(*_WITH, "case__organization")
        .order_by("-pk")
    )


def applications_of(cases: list) -> QuerySet[Application]:
    found = Application.objects.unscoped().filter(case__in=cases)
    return found.select_related("programme", "household", "case", "award")


def programmes_of(cases: list) -> QuerySet[Application]:
    """What each applies for, and nothing else of it: what her household lives on isn't fetched for a name."""
    found = Application.objects.unscoped().filter(case__in=cases).select_related("programme")
    return found.only("case_id", "programme__name", "programme__name_en")


def identities_in_households(cases: list) -> dict[int, set[str]]:
    """Keyed digests of the identity numbers of those who live with each applicant, by key of the case. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    members = Member.objects.filter(household__applications__case__in=cases).exclude(id_index="").order_by()
    for key, index in members.values_list("household__applications__case", "id_index"):
        found[key].add(index)
    return dict(found)


def on_file(worker: Worker) -> bool:
    return Household.objects.own(worker=worker, state__in=[FileState.ON_FILE, FileState.SUSPENDED]).exists()


def students_of(household: Household | None) -> QuerySet[Member]:
    """Children and grandchildren of this household who are at school."""
    if household is None:
        return Member.objects.none()
    return household.members.filter(relation__in=[Relation.CHILD, Relation.GRANDCHILD])


def at_school(member: Member) -> bool:
    return bool(member.particulars.get("school_stage")) or member.particulars.get("work") == WorkState.AT_SCHOOL


def applications_of_file(household: Household, user) -> list[Application]:
    """Those that rest on a file and that she may see, the newest first."""
    visible = Application.objects.visible_to(user).filter(household=household)
    return list(visible.select_related("case", "programme").order_by("-pk"))
