"""The statistics of screening: uptake of places, attendance, the waiting list, the way to the examination, returns."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Case, CharField, DateField, DurationField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Abs, Cast, Coalesce, ExtractYear, TruncWeek
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import STAFF_REASONS, BookingState, EntryKind
from services.bookings.models import Allocation, AllocationEntry, Booking, PriorityChange, Venue, WaitingEntry
from services.figures.facts import facts_at, month_names, month_of, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where
from services.screening import policies, queries
from services.screening.figures.shared import AT_PROGRAMME, BY_PROGRAMME, KIND, PROGRAMME, of_programme
from services.screening.rules.ages import AGES, OLDEST
from services.screening.rules.lead import DAYS, LONGEST, SPANS
from services.screening.wording import span_names

EXPECTED_STATES = tuple(state for state in queries.BOOKED_STATES if state not in queries.ATTENDED_STATES)
# Where she would take any session, she waits for no site in particular.
ANY = "any"


def _women(states: Iterable[str]):
    """Bookings in these states, at the unions of the women, in the year of the programme."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = Booking.objects.unscoped().filter(state__in=states, offering__screening_programme__isnull=False)
        age = F(f"{AT_PROGRAMME}__year") - ExtractYear("worker__birth_date")
        # PostgreSQL truncates a date to a moment, whose text would bear a time.
        week = Cast(TruncWeek("session__starts_at", DateField(), tzinfo=get_default_timezone()), DateField())
        return facts_at(
            rows.annotate(age=age),
            "worker__organization",
            organizations,
            Value(1, IntegerField()),
            **of_programme(),
            by_site=text(F("session__venue")),
            by_week=text(week),
            by_age=_banded("age__lte", AGES, OLDEST),
            by_days=_waited(),
        )

    return facts


def _banded(lookup: str, bands, rest: str) -> Case:
    whens = [When(**{lookup: bound}, then=Value(key)) for bound, key in bands]
    return Case(*whens, default=Value(rest), output_field=CharField(max_length=40))


def _waited() -> Case:
    """How long after booking the session begins."""
    whens = [
        When(session__starts_at__lt=F("created_at") + Value(timedelta(days=days), DurationField()), then=Value(key))
        for days, key in DAYS
    ]
    return Case(*whens, default=Value(LONGEST), output_field=CharField(max_length=40))


def _waiting(organizations: QuerySet | None) -> QuerySet:
    rows = WaitingEntry.objects.unscoped().filter(
        state__in=queries.WAITING_STATES, offering__screening_programme__isnull=False
    )
    age = F(f"{AT_PROGRAMME}__year") - ExtractYear("worker__birth_date")
    return facts_at(
        rows.annotate(age=age),
        "worker__organization",
        organizations,
        Value(1, IntegerField()),
        **of_programme(),
        by_site=Coalesce(text(F("session__venue")), Value(ANY)),
        by_age=_banded("age__lte", AGES, OLDEST),
    )


def _places(organizations: QuerySet | None) -> QuerySet:
    """Places an organisation kept: those passed on are counted where they went."""
    rows = Allocation.objects.unscoped().filter(offering__screening_programme__isnull=False)
    return facts_at(rows, "organization", organizations, F("slots") - F("passed_down"), **of_programme())


def _transfers(kinds: Iterable[str]):
    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = AllocationEntry.objects.filter(kind__in=kinds, allocation__offering__screening_programme__isnull=False)
        # The giver has a line of the same kind: a place that goes back is counted where it had been handed down to.
        rows = rows.exclude(_LINE_OF_GIVER).filter(allocation__parent__isnull=False)
        columns = of_programme(f"allocation__{AT_PROGRAMME}")
        return facts_at(rows, "allocation__organization", organizations, Abs(F("change")), **columns)

    return facts


_WENT_BACK = (EntryKind.RETURNED, EntryKind.RECLAIMED, EntryKind.FLOWED_OUT)
_LINE_OF_GIVER = Q(counterpart__parent=F("allocation"), kind__in=[EntryKind.RETURNED, EntryKind.RECLAIMED])


def _reorderings(organizations: QuerySet | None) -> QuerySet:
    """What staff changed on waiting lists; what follows from rules isn't counted."""
    rows = PriorityChange.objects.unscoped().filter(by__isnull=False, **{f"entry__{AT_PROGRAMME}__isnull": False})
    # PostgreSQL truncates a date to a moment, whose text would bear a time.
    columns = of_programme(f"entry__{AT_PROGRAMME}") | {"by_month": month_of("at"), "by_reason": text(F("reason"))}
    return facts_at(rows, "entry__worker__organization", organizations, Value(1, IntegerField()), **columns)


def _site_names(keys: Iterable[str]) -> dict[str, str]:
    keys = set(keys)
    found = Venue.objects.filter(pk__in=keys - {ANY}).values_list("pk", "name")
    return {str(pk): name for pk, name in found} | ({ANY: gettext("any site")} if ANY in keys else {})


def _week_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: gettext("Week from %(day)s") % {"day": date_format(date.fromisoformat(key), "Y-m-d")} for key in keys}


def _age_names(keys: Iterable[str]) -> dict[str, str]:
    names = {key: gettext("%(from)s to %(to)s") % {"from": key[:2], "to": key[3:]} for _age, key in AGES[1:]}
    return names | {AGES[0][1]: gettext("under 35"), OLDEST: gettext("65 and older")}


def _day_names(keys: Iterable[str]) -> dict[str, str]:
    return span_names()


def _reason_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(reason): str(reason.label) for reason in STAFF_REASONS}


SITE = Dimension("site", pgettext_lazy("screening", "Site"), _site_names)
WEEK = Dimension("week", _("Week of the examination"), _week_names, over_time=True)
MONTH = Dimension("month", _("Month of the change"), month_names, over_time=True)
REASON = Dimension("reason", _("Reason"), _reason_names, keys=tuple(map(str, STAFF_REASONS)))
AGE = Dimension("age", _("Age band"), _age_names, keys=(*(key for _age, key in AGES), OLDEST), protected=True)
LEAD = Dimension(
    "days",
    _("Days to the examination"),
    _day_names,
    keys=SPANS,
    ends={key: days - 1 for days, key in DAYS},
)

_BY_WOMAN = (*BY_PROGRAMME, "site", "week", "age", "days")
COUNTS = (
    Count("screening-attended", _women(queries.ATTENDED_STATES), _BY_WOMAN),
    Count("screening-expected", _women(EXPECTED_STATES), _BY_WOMAN),
    Count("screening-absent", _women([BookingState.NO_SHOW]), _BY_WOMAN),
    Count("screening-waiting", _waiting, (*BY_PROGRAMME, "site", "age")),
    Count("screening-reordered", _reorderings, (*BY_PROGRAMME, "month", "reason")),
    Count("screening-places", _places, BY_PROGRAMME),
    Count("screening-received", _transfers([EntryKind.RECEIVED]), BY_PROGRAMME),
    Count("screening-returned", _transfers(_WENT_BACK), BY_PROGRAMME),
)


def _narrowed(where: Where) -> dict | None:
    """The filters of a list that hold exactly the women of a cell; None where no filter does."""
    filters = {"year": where.period, "union": where.organization.code}
    if where.direct:
        filters["direct"] = "1"
    if where.dimension in ("programme", "kind"):
        return filters | {where.dimension: where.key}
    if where.dimension == "site":
        return filters | ({"wish": ANY} if where.key == ANY else {"venue": where.key})
    if where.dimension == "week":
        monday = date.fromisoformat(where.key)
        return filters | {"day_from": monday.isoformat(), "day_to": (monday + timedelta(days=6)).isoformat()}
    if where.dimension in ("age", "days"):
        return filters | {where.dimension: where.key}
    return None if where.dimension else filters


def _listing(name: str, states: Iterable[str]):
    def address(where: Where) -> str:
        filters = _narrowed(where)
        if filters is None:
            return ""
        return f"{reverse(f'screening_desk:{name}')}?{urlencode(filters | {'state': list(states)}, doseq=True)}"

    return address


def _changes(where: Where) -> str:
    """The changes of the waiting order behind a cell."""
    filters = {"year": where.period, "union": where.organization.code} | ({"direct": "1"} if where.direct else {})
    if where.dimension:
        filters[where.dimension] = where.key[:7] if where.dimension == "month" else where.key
    return f"{reverse('screening_desk:changes')}?{urlencode(filters)}"


def _holding(where: Where) -> str:
    """Who holds the places of one programme."""
    if where.dimension != "programme":
        return ""
    return reverse("screening_desk:places_of", args=[where.key, where.organization.code])


ATTENDED = Column(
    "attended",
    _("Attended"),
    _("Of the women who had a place, those checked in at the site."),
    ("screening-attended",),
    _listing("bookings", queries.ATTENDED_STATES),
)
BOOKED = Column(
    "booked",
    _("Booked"),
    _("Women of these unions who hold a place: booked, attended, or held or offered now."),
    ("screening-attended", "screening-expected"),
    _listing("bookings", queries.BOOKED_STATES),
)
DUE = Column(
    "due",
    _("Appointment over"),
    _("Women whose appointment is over: attended, or recorded as absent."),
    ("screening-attended", "screening-absent"),
    _listing("bookings", (*queries.ATTENDED_STATES, str(BookingState.NO_SHOW))),
)
AHEAD = Column(
    "ahead",
    _("Still expected"),
    _("Women who hold a place and were neither checked in nor recorded as absent."),
    ("screening-expected",),
    _listing("bookings", EXPECTED_STATES),
)
WAITING = Column(
    "waiting",
    pgettext_lazy("waiting list", "Waiting"),
    _("Women of these unions on the waiting list."),
    ("screening-waiting",),
    _listing("waiting", queries.WAITING_STATES),
)
REORDERED = Column(
    "reordered",
    _("Changes of the order"),
    _("Changes that officers made to the waiting order of women of these unions, each with a recorded reason."),
    ("screening-reordered",),
    _changes,
)
PLACES = Column(
    "places",
    _("Allocated"),
    _("Places that these organisations hold; places passed on are counted where they went."),
    ("screening-places",),
    _holding,
)
RECEIVED = Column(
    "received",
    _("Handed down"),
    _("Places handed to these organisations; a place that passes two levels is handed down twice."),
    ("screening-received",),
    _holding,
)
RETURNED = Column(
    "returned",
    _("Gone back"),
    _("Of the places handed down, those given back, taken back or gone back on the announced day."),
    ("screening-returned",),
    _holding,
)

STATISTICS = (
    Statistic(
        code="screening-uptake",
        title=_("Screening: uptake of places"),
        definition=_(
            "Booked places of all places that the organisation and those below it hold, in programmes of the year. "
            "Women may use places kept at a level above, so a rate can exceed 100%."
        ),
        numerator=BOOKED,
        denominator=PLACES,
        beside=(ATTENDED, WAITING),
        dimensions=(PROGRAMME, KIND),
        roles=policies.READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="screening-booked",
        title=_("Screening: booked women"),
        definition=_(
            "Women of these unions who hold a place in a programme of the year, by week and site of the examination. "
            "Age is the age reached in the year of the programme."
        ),
        numerator=BOOKED,
        beside=(ATTENDED, AHEAD),
        dimensions=(WEEK, SITE, AGE, PROGRAMME, KIND),
        roles=policies.READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="screening-attendance",
        title=_("Screening: attendance"),
        definition=_(
            "Women checked in at the site, of those whose appointment is over. Age is the age reached in the year of "
            "the programme."
        ),
        numerator=ATTENDED,
        denominator=DUE,
        beside=(AHEAD,),
        dimensions=(WEEK, SITE, AGE, PROGRAMME, KIND),
        roles=policies.READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="screening-waiting",
        title=_("Screening: waiting list"),
        definition=_(
            "Women on the waiting list now, those with an open offer included. Age is the age reached in the year of "
            "the programme."
        ),
        numerator=WAITING,
        dimensions=(SITE, AGE, PROGRAMME, KIND),
        roles=policies.READERS,
        higher_is_better=False,
    ),
    Statistic(
        code="screening-reordered",
        title=_("Screening: changes of the waiting order"),
        definition=_(
            "How often officers moved a woman on a waiting list, by month and reason. What follows from the rules of a "
            "programme isn't counted."
        ),
        numerator=REORDERED,
        dimensions=(MONTH, REASON, PROGRAMME, KIND),
        roles=policies.READERS,
    ),
    Statistic(
        code="screening-days",
        title=_("Screening: time from booking to examination"),
        definition=_(
            "For women who attended: days from booking to the beginning of the session. The figure is the span of days "
            "in which the middle woman lies (of an even number, the earlier of the two in the middle)."
        ),
        numerator=ATTENDED,
        median_of=LEAD,
        roles=policies.READERS,
    ),
    Statistic(
        code="screening-returns",
        title=_("Screening: return rate of places"),
        definition=_(
            "Places given back, taken back or gone back on the announced day, of the places handed down, in programmes "
            "of the year."
        ),
        numerator=RETURNED,
        denominator=RECEIVED,
        dimensions=(PROGRAMME, KIND),
        roles=policies.READERS,
        higher_is_better=False,
    ),
)

_WORKER = "SELECT organization_id FROM workers_worker WHERE id = {row}.worker_id"
_LATER = ("update", "delete")  # a woman without a booking counts nowhere
_OF_OFFERING = (
    "SELECT w.organization_id FROM bookings_booking b JOIN workers_worker w ON w.id = b.worker_id WHERE {0}"
    " UNION SELECT w.organization_id FROM bookings_waitingentry b JOIN workers_worker w ON w.id = b.worker_id"
    " WHERE {0} UNION SELECT b.organization_id FROM bookings_allocation b WHERE {0}"
)
WATCHES = {
    "booking": Watch("bookings_booking", _WORKER, ("state", "worker_id", "session_id", "offering_id", "created_at")),
    "waiting": Watch("bookings_waitingentry", _WORKER, ("state", "worker_id", "offering_id", "session_id")),
    "reordering": Watch(
        "bookings_prioritychange",
        "SELECT w.organization_id FROM bookings_waitingentry b JOIN workers_worker w ON w.id = b.worker_id"
        " WHERE b.id = {row}.entry_id",
        ("entry_id", "at", "reason", "by_id"),
    ),
    "allocation": Watch("bookings_allocation", "SELECT {row}.organization_id", ("slots", "passed_down")),
    "transfer": Watch(
        "bookings_allocationentry",
        "SELECT organization_id FROM bookings_allocation WHERE id = {row}.allocation_id",
        ("kind", "change", "allocation_id"),
    ),
    "worker": Watch("workers_worker", "SELECT {row}.organization_id", ("organization_id", "birth_date"), _LATER),
    "session": Watch(
        "bookings_session",
        "SELECT DISTINCT w.organization_id FROM bookings_booking b JOIN workers_worker w ON w.id = b.worker_id"
        " WHERE b.session_id = {row}.id UNION SELECT w.organization_id FROM bookings_waitingentry b"
        " JOIN workers_worker w ON w.id = b.worker_id WHERE b.session_id = {row}.id",
        ("starts_at", "venue_id"),
        ("update",),
    ),
    "programme": Watch(
        "screening_programme",
        _OF_OFFERING.format("b.offering_id = {row}.offering_id"),
        ("year", "code", "kind", "offering_id"),
    ),
}
