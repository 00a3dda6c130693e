"""What trainings tell of an organisation for the return of a year (``organizations.registry``)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.organizations.registry import Known
from services.signups.enums import ActivityKind
from services.signups.policies import READERS


def trainings_held(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Trainings that the organisation held in the period and to which somebody came, and how many women that were, each
    once, wherever they work. One query."""
    begins, ends = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, last + timedelta(days=1)))
    came = Booking.objects.unscoped().filter(
        state=BookingState.ATTENDED,
        offering__activity__kind=ActivityKind.TRAINING,
        offering__activity__organization__in=organizations,
        session__starts_at__gte=begins,
        session__starts_at__lt=ends,
    )
    held = came.order_by().values_list("offering__activity__organization")
    counted = held.annotate(trainings=Count("offering", distinct=True), women=Count("worker", distinct=True))
    return {key: {"trainings": trainings, "trained_women": women} for key, trainings, women in counted}


HELD = Known(_("Activities and training"), ("trainings", "trained_women"), trainings_held, READERS, of_period=True)
