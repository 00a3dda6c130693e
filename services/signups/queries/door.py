"""Today's sessions of the activities an officer runs, with who is expected and who has come."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from services.bookings.enums import BookingState
from services.bookings.models import Session
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Role

_RUNNERS = frozenset({Role.FEDERATION_OFFICER})


def sessions_today(user, day: date) -> QuerySet[Session]:
    """Sessions that run on the day (local), those of several days too; ``expected`` and ``arrived``. One query."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    live = Q(bookings__state__in=[BookingState.CONFIRMED, BookingState.ATTENDED])
    return (
        Session.objects.filter(
            path_filter("offering__organization__path", scope_of(user).paths(roles=_RUNNERS)),
            offering__activity__isnull=False,
            starts_at__lt=begin + timedelta(days=1),
            ends_at__gte=begin,
            capacity__gt=0,
        )
        .select_related("venue", "offering__activity")
        .annotate(expected=Count("bookings", live), arrived=Count("bookings", Q(bookings__state=BookingState.ATTENDED)))
        .order_by("starts_at", "pk")
    )
