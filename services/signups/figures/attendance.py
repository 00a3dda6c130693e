"""Sessions held, who came, hours of training: by form, activity and organisation."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session
from services.figures.facts import facts_at, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where
from services.signups import policies
from services.signups.enums import ActivityKind
from services.signups.forms.filters import EVENT, FORMS
from services.signups.models import Activity

AT = "offering__activity"
_BY = ("form", "activity")
EXPECTED = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)


def _split() -> dict:
    form = Case(When(**{f"{AT}__kind": EVENT}, then=Value(EVENT)), default=F(f"{AT}__form"), output_field=CharField())
    return {"period": text(F(f"{AT}__year")), "by_form": text(form), "by_activity": text(F(f"{AT}__code"))}


def _women(states: Iterable[str]):
    """Sign-ups in these states, at the unions of the women, in the year of the activity."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = Booking.objects.unscoped().filter(state__in=states, offering__activity__isnull=False)
        return facts_at(rows, "worker__organization", organizations, Value(1, IntegerField()), **_split())

    return facts


def _hours(organizations: QuerySet | None) -> QuerySet:
    """Hours of training, at the unions of the women who came."""
    rows = Booking.objects.unscoped().filter(
        state=BookingState.ATTENDED, offering__activity__kind=ActivityKind.TRAINING
    )
    amount = Cast(F(f"{AT}__hours"), IntegerField())
    return facts_at(rows, "worker__organization", organizations, amount, **_split())


def _sessions(organizations: QuerySet | None) -> QuerySet:
    """Sessions to which somebody came, at the organisation that held them: a plan alone is no session held."""
    came = Booking.objects.unscoped().filter(session=OuterRef("pk"), state=BookingState.ATTENDED)
    rows = Session.objects.filter(Exists(came), offering__activity__isnull=False)
    return facts_at(rows, "offering__organization", organizations, Value(1, IntegerField()), **_split())


def _form_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(code): str(label) for code, label in FORMS}


def _activity_names(keys: Iterable[str]) -> dict[str, str]:
    return dict(Activity.objects.filter(code__in=list(keys)).values_list("code", "title"))


FORM = Dimension(
    "form", pgettext_lazy("activity", "Form"), _form_names, keys=tuple(str(code) for code, _label in FORMS)
)
ACTIVITY = Dimension("activity", pgettext_lazy("signups", "Activity"), _activity_names)

COUNTS = (
    Count("signups-attended", _women([BookingState.ATTENDED]), _BY),
    Count("signups-absent", _women([BookingState.NO_SHOW]), _BY),
    Count("signups-expected", _women(EXPECTED), _BY),
    Count("signups-hours", _hours, _BY),
    Count("signups-sessions", _sessions, _BY),
)


def _filters(where: Where) -> dict:
    filters = {"year": where.period, "union": where.organization.code}
    if where.direct:
        filters["direct"] = "1"
    return filters | ({where.dimension: where.key} if where.dimension else {})


def _listing(states: Iterable[str]):
    def address(where: Where) -> str:
        query = urlencode(_filters(where) | {"state": list(states)}, doseq=True)
        return f"{reverse('signups_desk:signups')}?{query}"

    return address


ATTENDED = Column(
    "attended",
    _("Came"),
    _("Women of these unions who were checked in or entered as having come."),
    ("signups-attended",),
    _listing([BookingState.ATTENDED]),
)
DUE = Column(
    "due",
    _("Session over"),
    _("Women whose session is over: come, or recorded as absent."),
    ("signups-attended", "signups-absent"),
    _listing([BookingState.ATTENDED, BookingState.NO_SHOW]),
)
AHEAD = Column(
    "ahead",
    pgettext_lazy("activity", "Still expected"),
    _("Women who hold a place and were neither checked in nor recorded as absent."),
    ("signups-expected",),
    _listing(EXPECTED),
)
HOURS = Column(
    "hours",
    pgettext_lazy("activity", "Hours"),
    _("Hours of training of the women of these unions, together."),
    ("signups-hours",),
)
SESSIONS = Column(
    "sessions",
    _("Sessions held"),
    _("Sessions of these organisations to which at least one woman came."),
    ("signups-sessions",),
)
STATISTICS = (
    Statistic(
        code="signups-attendance",
        title=_("Activities: attendance"),
        definition=_("Women who came, of those whose session is over, in activities and trainings of the year."),
        numerator=ATTENDED,
        denominator=DUE,
        beside=(AHEAD,),
        dimensions=(FORM, ACTIVITY),
        roles=policies.READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="signups-hours",
        title=_("Training: hours"),
        definition=_("Hours of training of the women of these unions, by the three forms of training."),
        numerator=HOURS,
        beside=(ATTENDED,),
        dimensions=(FORM, ACTIVITY),
        roles=policies.READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="signups-sessions",
        title=_("Activities: sessions held"),
        definition=_("Sessions to which women came, counted at the organisation that held them, by form."),
        numerator=SESSIONS,
        dimensions=(FORM, ACTIVITY),
        roles=policies.READERS,
        higher_is_better=True,
    ),
)

_OF_OFFERING = (
    "SELECT DISTINCT w.organization_id FROM bookings_booking b JOIN workers_worker w ON w.id = b.worker_id"
    " WHERE b.offering_id = {0} UNION SELECT o.organization_id FROM bookings_offering o WHERE o.id = {0}"
)
# Only sign-ups for activities mark anything, and the union of the woman as well as the organisation that held the
# session. A place held for a screening costs one look at an index.
_OF_BOOKING = (
    "SELECT w.organization_id FROM workers_worker w WHERE w.id = {row}.worker_id"
    " AND EXISTS (SELECT 1 FROM signups_activity a WHERE a.offering_id = {row}.offering_id)"
    " UNION SELECT a.organization_id FROM signups_activity a WHERE a.offering_id = {row}.offering_id"
)
WATCHES = {
    "booking": Watch("bookings_booking", _OF_BOOKING, ("state", "worker_id", "offering_id")),
    "worker": Watch("workers_worker", "SELECT {row}.organization_id", ("organization_id",), ("update", "delete")),
    "activity": Watch(
        "signups_activity",
        _OF_OFFERING.format("{row}.offering_id"),
        ("year", "code", "kind", "form", "hours", "offering_id"),
    ),
}
