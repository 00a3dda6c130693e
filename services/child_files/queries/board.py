"""What is overdue in the care of a child: calls, meetings, visits, reviews. Asked by conditions, never stored."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import LessThan
from django.utils.timezone import make_aware

from services.child_files.enums import CURRENT, Channel, FileState
from services.child_files.models import (
    CareDelegation,
    CaregiverMeeting,
    CareRules,
    Child,
    Enrolment,
    FamilyContact,
    HomeVisit,
    Opinion,
)
from services.child_files.rules.guardianship import CONTACT_EVERY
from services.child_files.rules.school_terms import term_began

CALL, WEEKLY, MEETING, VISIT, REVIEW, NOTICES, OPINION = (
    *("call", "weekly", "meeting", "visit"),
    *("review", "notices", "opinion"),
)
KINDS = (CALL, WEEKLY, MEETING, VISIT, REVIEW, NOTICES, OPINION)
# A term runs this long before what it asks for once counts as late.
TERM_GRACE = timedelta(days=60)
_CALLS = (Channel.PHONE, Channel.VIDEO)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from which on something counts as done in time."""

    call_since: datetime
    week_since: datetime
    term_since: date | None
    today: date


def days_on(today: date, rules: CareRules) -> Days:
    began = term_began(today)
    return Days(
        make_aware(datetime.combine(today - timedelta(days=rules.call_every_days), time.min)),
        make_aware(datetime.combine(today - CONTACT_EVERY, time.min)),
        began if today - began >= TERM_GRACE else None,
        today,
    )


def condition(kind: str, days: Days) -> Q:
    """Children for whom this is overdue. No join, so that each stands there once and a page reads no other's dates."""
    contacts = FamilyContact.objects.unscoped().filter(child=OuterRef("pk"))
    carer = CareDelegation.objects.unscoped().filter(child=OuterRef("pk"), ends_on__isnull=True)
    if kind == CALL:
        stay = Enrolment.objects.unscoped().filter(child=OuterRef("pk"), to_on__isnull=True).order_by("from_on")
        called = contacts.filter(at__gte=days.call_since, channel__in=_CALLS)
        # Asked as a value: PostgreSQL would answer "is there one" by reading every stay there is beforehand.
        here_since = Subquery(stay.values("from_on")[:1])
        return ~Q(Exists(called)) & Q(LessThan(here_since, days.call_since.date()))
    if kind == WEEKLY:
        begun = carer.filter(starts_on__lt=days.week_since.date())
        return Q(Exists(begun)) & ~Q(Exists(contacts.filter(at__gte=days.week_since)))
    if kind in (MEETING, VISIT):
        return _of_term(CaregiverMeeting if kind == MEETING else HomeVisit, days)
    if kind == REVIEW:
        return Q(state=FileState.REVIEW_DUE) | Q(review_due_on__lt=days.today)
    if kind == NOTICES:
        missing = Q(told_school_on__isnull=True) | Q(told_village_on__isnull=True)
        return Q(Exists(carer.filter(missing)))
    own = Opinion.objects.unscoped().filter(child=OuterRef("pk"), about="care")
    asked = ~Q(age_band__in=["", "under_6", "6_8"])
    return asked & Q(Exists(carer.filter(opinion_heard_on__isnull=True))) & ~Q(Exists(own))


def _of_term(model, days: Days) -> Q:
    rows = model.objects.unscoped().filter(child=OuterRef("pk"))
    missed = Q(Exists(rows.filter(done_on__isnull=True, planned_on__lt=days.today)))
    if days.term_since is None:
        return missed
    return missed | ~Q(Exists(rows.filter(done_on__gte=days.term_since)))


def overdue(rows: QuerySet[Child], days: Days, kind: str = "") -> QuerySet[Child]:
    """Of these files, those in use for whom ``kind`` (empty: anything) is late."""
    late = Q(pk__in=[])
    for one in [kind] if kind else KINDS:
        late |= condition(one, days)
    return rows.filter(late, state__in=CURRENT)


def with_dates(rows: QuerySet[Child]) -> QuerySet[Child]:
    """The last call, meeting and visit of each row, within the same query."""

    def last(model, field: str):
        found = model.objects.unscoped().filter(child=OuterRef("pk")).order_by().values("child")
        return Subquery(found.annotate(last=Max(field)).values("last"))

    return rows.annotate(
        last_call=last(FamilyContact, "at"),
        last_meeting=last(CaregiverMeeting, "done_on"),
        last_visit=last(HomeVisit, "done_on"),
    )


def late_for(child: Child, days: Days) -> list[str]:
    """What is overdue for one child, in the order of the board. One query a kind."""
    one = Child.objects.unscoped().filter(pk=child.pk, state__in=CURRENT)
    return [kind for kind in KINDS if one.filter(condition(kind, days)).exists()]


def late_kinds(children: list[Child], days: Days) -> dict[int, list[str]]:
    """What is overdue for each child of a page: one query a kind, whatever their number."""
    keys = [child.pk for child in children]
    found: dict[int, list[str]] = {key: [] for key in keys}
    for kind in KINDS:
        rows = Child.objects.unscoped().filter(pk__in=keys, state__in=CURRENT).filter(condition(kind, days))
        for key in rows.order_by().values_list("pk", flat=True):
            found[key].append(kind)
    return found
