"""The bookings that staff list: within somebody's reach, with what a row shows, found by number or by a woman."""

from datetime import timedelta

from django.db.models import DurationField, F, Q, QuerySet, Value
from django.db.models.functions import ExtractYear

from services.bookings.models import Booking
from services.foundation.references import is_human_number
from services.screening.rules.ages import bounds
from services.screening.rules.lead import between

# What the export reads of each booking, in this order.
EXPORTED = (
    "pk",
    "created_at",
    "worker__name",
    "worker__phone",
    "worker__organization__name",
    "offering__screening_programme__title",
    "session__venue__name",
    "session__starts_at",
    "state",
    "worker_id",
    "worker__organization__path",
)


def bookings_for(user, *, roles=None) -> QuerySet[Booking]:
    """Bookings of the women within her reach, with what a row shows. One query however many rows."""
    return (
        Booking.objects.visible_to(user, roles=roles)
        .filter(offering__screening_programme__isnull=False)
        .select_related("worker__organization", "session__venue__provider", "offering__screening_programme")
        .defer("worker__id_number", "worker__note")
    )


def as_exported(bookings: QuerySet[Booking]) -> QuerySet:
    """The same bookings as tuples of ``EXPORTED``: an export of 100,000 rows needs no objects."""
    return bookings.select_related(None).defer(None).values_list(*EXPORTED)


def with_text(bookings: QuerySet[Booking], text: str) -> QuerySet[Booking]:
    """The booking of this number, or bookings of women whose names begin so. Both have an index."""
    text = text.strip()
    if is_human_number(text):
        key = int(text.split("-")[2])
        return bookings.filter(pk=key) if key < 2**63 else bookings.none()
    return bookings.filter(worker__name__startswith=text)


def of_age(bookings: QuerySet[Booking], band: str) -> QuerySet[Booking]:
    """Women who reach an age of the band in the year of the programme."""
    lowest, highest = bounds(band)
    age = F("offering__screening_programme__year") - ExtractYear("worker__birth_date")
    return bookings.alias(age=age).filter(Q(age__gte=lowest), Q(age__lte=highest))


def booked_ahead(bookings: QuerySet[Booking], span: str) -> QuerySet[Booking]:
    """Bookings made so many days before their session begins."""
    begins, ends = between(span)
    booked = F("created_at")
    later = Q() if ends is None else Q(session__starts_at__lt=booked + _days(ends))
    # Entered after the session had begun, it counts with the shortest.
    return bookings.filter(later, Q() if not begins else Q(session__starts_at__gte=booked + _days(begins)))


def _days(number: int) -> Value:
    return Value(timedelta(days=number), DurationField())
