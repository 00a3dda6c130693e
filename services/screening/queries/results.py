"""Results: hers, and what the staff of a site see of a day. What a result says is never filtered or counted by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session, Venue
from services.privacy.models import AccessRecord
from services.screening.models import FollowUp, Result, ResultVersion
from services.screening.rules.results import Examined
from services.workers.enums import NOBODY

EXPECTED_STATES = (BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.NO_SHOW)


@dataclass(frozen=True, slots=True)
class SiteDay:
    """A day at a site: women expected (those who stayed away included), come, and with a result."""

    venue: Venue
    day: date
    expected: int
    came: int
    results: int


def own_result(user, token: str) -> Result | None:
    """Her result of the booking with this token."""
    hers = Result.objects.own(booking__worker__user=user, booking__token=token)
    return hers.select_related(
        "booking__worker__organization", "booking__session__venue", "booking__offering__screening_programme"
    ).first()


def result_of(booking: Booking) -> Result | None:
    """The result of a booking, if it has one. Unscoped: the caller has asked its policy."""
    return Result.objects.unscoped().filter(booking=booking).first()


def current_version(result: Result) -> ResultVersion:
    """The one in force; versions that were fetched with it are used."""
    return next(iter(result.versions.all()))


def examined_of(values: dict, on: date) -> Examined:
    """What a version holds, as the rules read it."""
    return Examined(
        on=on,
        conclusion=values["conclusion"],
        items=tuple(values["items"]),
        tbs=values["tbs"],
        hpv=tuple(values["hpv"]),
        birads=values["birads"],
    )


def day_of_booking(booking: Booking) -> date:
    return timezone.localdate(booking.session.starts_at)


def span(day: date) -> tuple[datetime, datetime]:
    """Local midnight to midnight."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    return begin, begin + timedelta(days=1)


def site_days(venues: Sequence[Venue], *, since: date, until: date) -> list[SiteDay]:
    """The days with screening sessions at these sites, newest first. One query."""
    begin, end = span(since)[0], span(until)[1]
    rows = (
        Session.objects.filter(
            venue__in=venues, starts_at__gte=begin, starts_at__lt=end, offering__screening_programme__isnull=False
        )
        .annotate(day=TruncDate("starts_at", tzinfo=timezone.get_default_timezone()))
        .order_by("-day", "venue")
        .values("day", "venue")
        .annotate(
            expected=Count("bookings", Q(bookings__state__in=EXPECTED_STATES)),
            came=Count("bookings", Q(bookings__state=BookingState.ATTENDED)),
            results=Count("bookings__screening_result"),
        )
    )
    known = {venue.pk: venue for venue in venues}
    return [SiteDay(known[r["venue"]], r["day"], r["expected"], r["came"], r["results"]) for r in rows]


def bookings_on(venue: Venue, day: date) -> QuerySet[Booking]:
    """Women expected at the site that day, in order of time and name, each with what the clinic's list shows.

    Unscoped: for the staff of the site.
    """
    begin, end = span(day)
    return (
        Booking.objects.unscoped()
        .filter(
            session__venue=venue,
            session__starts_at__gte=begin,
            session__starts_at__lt=end,
            state__in=EXPECTED_STATES,
            offering__screening_programme__isnull=False,
        )
        .select_related("worker", "session__venue", "offering__screening_programme", "screening_result")
        .defer("worker__id_number", "worker__phone", "worker__note")
        .order_by("session__starts_at", "worker__name", "pk")
    )


def booking_at(venues: Sequence[Venue], token: str) -> Booking | None:
    """A screening booking at one of these sites, by its token; none once its term is over."""
    return (
        Booking.objects.unscoped()
        .filter(session__venue__in=venues, offering__screening_programme__isnull=False, token=token)
        .exclude(worker__state=NOBODY)
        .select_related("worker__organization", "worker__user", "session__venue", "offering__screening_programme")
        .first()
    )


def looks_at_result(result: Result) -> QuerySet[AccessRecord]:
    """Who of the staff looked at any version, newest first."""
    kind = ResultVersion._meta.label_lower
    keys = list(result.versions.values_list("pk", flat=True))
    return AccessRecord.objects.filter(subject_type=kind, subject_id__in=keys).order_by("-at", "-pk")


def subjects_of(user) -> list[tuple[str, int]]:
    """The versions of her results, for the list of looks at her data."""
    kind = ResultVersion._meta.label_lower
    hers = ResultVersion.objects.filter(result__booking__worker__user=user)
    return [(kind, key) for key in hers.values_list("pk", flat=True)]


def kinds_held(user) -> list[str]:
    """What this app keeps about her, in words."""
    held = []
    if Booking.objects.own(worker__user=user, offering__screening_programme__isnull=False).exists():
        held.append(_("Your bookings and whether you came"))
    if Result.objects.own(booking__worker__user=user).exists():
        held.append(_("What your examinations found, encrypted"))
    if FollowUp.objects.own(result__booking__worker__user=user).exists():
        held.append(_("When and by which way you were asked to come again"))
    return held


def bookings_by_number(numbers: Sequence[str]) -> dict[str, Booking]:
    """Screening bookings of these human numbers, wherever they are. Unscoped: to tell a slip from a mix-up."""
    keys = [int(number.split("-")[2]) for number in numbers]
    rows = Booking.objects.unscoped().filter(pk__in=keys).select_related("session")
    return {booking.number: booking for booking in rows if booking.number in numbers}
