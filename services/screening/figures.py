"""The statistics of screening: uptake of places, attendance, the waiting list, the way to the examination, returns."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Case, CharField, DateField, DurationField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Abs, Cast, ExtractYear, TruncWeek
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import BookingState, EntryKind
from services.bookings.models import Allocation, AllocationEntry, Booking, Venue, WaitingEntry
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where, counts, statistics, watches
from services.screening import policies, queries
from services.screening.enums import ProgrammeKind
from services.screening.models import Programme

EXPECTED_STATES = tuple(state for state in queries.BOOKED_STATES if state not in queries.ATTENDED_STATES)
# Upper ends of the age bands, and of the days between booking and examination.
AGES = ((34, "-34"), (44, "35-44"), (54, "45-54"), (64, "55-64"))
OLDEST = "65-"
DAYS = ((7, "00-06"), (14, "07-13"), (28, "14-27"), (56, "28-55"))
LONGEST = "56-"
_PROGRAMME = "offering__screening_programme"


def _text(expression) -> Cast:
    return Cast(expression, CharField(max_length=40))


def _of_programme(at: str = _PROGRAMME) -> dict:
    return {
        "period": _text(F(f"{at}__year")),
        "by_programme": _text(F(f"{at}__code")),
        "by_kind": _text(F(f"{at}__kind")),
    }


def _facts(rows: QuerySet, unit: str, organizations: QuerySet | None, amount, **columns) -> QuerySet:
    if organizations is not None:
        rows = rows.filter(**{f"{unit}__in": organizations})
    return rows.order_by().values(unit=F(unit), amount=amount, **columns)


def _women(states: Iterable[str]):
    """Bookings in these states, at the unions of the women, in the year of the programme."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = Booking.objects.unscoped().filter(state__in=states, offering__screening_programme__isnull=False)
        age = F(f"{_PROGRAMME}__year") - ExtractYear("worker__birth_date")
        # PostgreSQL truncates a date to a moment, whose text would bear a time.
        week = Cast(TruncWeek("session__starts_at", DateField(), tzinfo=get_default_timezone()), DateField())
        return _facts(
            rows.annotate(age=age),
            "worker__organization",
            organizations,
            Value(1, IntegerField()),
            **_of_programme(),
            by_site=_text(F("session__venue")),
            by_week=_text(week),
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
    return _facts(rows, "worker__organization", organizations, Value(1, IntegerField()), **_of_programme())


def _places(organizations: QuerySet | None) -> QuerySet:
    """Places an organisation kept: those passed on are counted where they went."""
    rows = Allocation.objects.unscoped().filter(offering__screening_programme__isnull=False)
    return _facts(rows, "organization", organizations, F("slots") - F("passed_down"), **_of_programme())


def _transfers(kinds: Iterable[str]):
    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = AllocationEntry.objects.filter(kind__in=kinds, allocation__offering__screening_programme__isnull=False)
        columns = _of_programme(f"allocation__{_PROGRAMME}")
        return _facts(rows, "allocation__organization", organizations, Abs(F("change")), **columns)

    return facts


def _programme_names(keys: Iterable[str]) -> dict[str, str]:
    return dict(Programme.objects.filter(code__in=list(keys)).values_list("code", "title"))


def _site_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(pk): name for pk, name in Venue.objects.filter(pk__in=list(keys)).values_list("pk", "name")}


def _kind_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(kind): str(kind.label) for kind in ProgrammeKind}


def _week_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: gettext("Week from %(day)s") % {"day": date_format(date.fromisoformat(key), "Y-m-d")} for key in keys}


def _age_names(keys: Iterable[str]) -> dict[str, str]:
    names = {key: gettext("%(from)s to %(to)s") % {"from": key[:2], "to": key[3:]} for _age, key in AGES[1:]}
    return names | {AGES[0][1]: gettext("under 35"), OLDEST: gettext("65 and older")}


def _day_names(keys: Iterable[str]) -> dict[str, str]:
    spans = {key: {"from": int(key[:2]), "to": int(key[3:])} for _days, key in DAYS}
    names = {key: gettext("%(from)s to %(to)s days") % span for key, span in spans.items()}
    return names | {LONGEST: gettext("56 days and more")}


PROGRAMME = Dimension("programme", _("Programme"), _programme_names)
KIND = Dimension("kind", _("Kind of programme"), _kind_names, keys=tuple(ProgrammeKind.values))
SITE = Dimension("site", _("Site"), _site_names)
WEEK = Dimension("week", _("Week of the examination"), _week_names, over_time=True)
AGE = Dimension("age", _("Age band"), _age_names, keys=(*(key for _age, key in AGES), OLDEST), protected=True)
LEAD = Dimension("days", _("Days to the examination"), _day_names, keys=(*(key for _days, key in DAYS), LONGEST))

_BY_PROGRAMME = ("programme", "kind")
_BY_WOMAN = (*_BY_PROGRAMME, "site", "week", "age", "days")
COUNTS = (
    Count("screening-attended", _women(queries.ATTENDED_STATES), _BY_WOMAN),
    Count("screening-expected", _women(EXPECTED_STATES), _BY_WOMAN),
    Count("screening-absent", _women([BookingState.NO_SHOW]), _BY_WOMAN),
    Count("screening-waiting", _waiting, _BY_PROGRAMME),
    Count("screening-places", _places, _BY_PROGRAMME),
    Count("screening-received", _transfers([EntryKind.RECEIVED]), _BY_PROGRAMME),
    Count("screening-returned", _transfers([EntryKind.RETURNED, EntryKind.RECLAIMED]), _BY_PROGRAMME),
)


def _narrowed(where: Where) -> dict | None:
    """The filters of a list that hold exactly the women of a cell; None where no filter does."""
    filters = {"year": where.period, "union": where.organization.code}
    if where.direct:
        filters["direct"] = "1"
    if where.dimension in ("programme", "kind"):
        return filters | {where.dimension: where.key}
    if where.dimension == "site":
        return filters | {"venue": where.key}
    if where.dimension == "week":
        monday = date.fromisoformat(where.key)
        return filters | {"day_from": monday.isoformat(), "day_to": (monday + timedelta(days=6)).isoformat()}
    return None if where.dimension else filters


def _listing(name: str, states: Iterable[str]):
    def address(where: Where) -> str:
        filters = _narrowed(where)
        if filters is None:
            return ""
        return f"{reverse(f'screening_desk:{name}')}?{urlencode(filters | {'state': list(states)}, doseq=True)}"

    return address


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
    _("Of the places handed down, those given back or taken back."),
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
        definition=_("Women on the waiting list now, those with an open offer included."),
        numerator=WAITING,
        dimensions=(PROGRAMME, KIND),
        roles=policies.READERS,
        higher_is_better=False,
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
        definition=_("Places given back or taken back, of the places handed down, in programmes of the year."),
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
    "waiting": Watch("bookings_waitingentry", _WORKER, ("state", "worker_id", "offering_id")),
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
        " WHERE b.session_id = {row}.id",
        ("starts_at", "venue_id"),
        ("update",),
    ),
    "programme": Watch(
        "screening_programme",
        _OF_OFFERING.format("b.offering_id = {row}.offering_id"),
        ("year", "code", "kind", "offering_id"),
    ),
}


def register() -> None:
    for count in COUNTS:
        counts.register(count.code, count)
    for statistic in STATISTICS:
        statistics.register(statistic.code, statistic)
    for code, watch in WATCHES.items():
        watches.register(f"screening_{code}", watch)
