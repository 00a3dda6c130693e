"""Reminders, and the check that nobody who must be called back was forgotten. Each says so once; repeating is safe."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from services.bookings.actions.timeline import link_of, record
from services.bookings.enums import LIVE, BookingState
from services.bookings.models import Booking, BookingEvent
from services.messaging.actions import notify
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consents
from services.screening.actions.following import begin_or_end
from services.screening.enums import FollowUpOutcome
from services.screening.models import Programme, Result
from services.screening.notifications import APPOINTMENT, NEXT_ROUND, UNREAD
from services.screening.queries.results import current_version, day_of_booking, examined_of
from services.screening.rules.results import recall

AT_ONCE = 500
GRACE = timedelta(hours=24)
_PROGRAMME = "booking__offering__screening_programme"
_STOPPED = (FollowUpOutcome.REFUSED, FollowUpOutcome.WITHDRAWN)


def remind_of_appointments(*, now: datetime) -> int:
    """Remind booked women so many hours before as their programme says; whoever booked later than that needs none."""
    reminded = 0
    sessions = Q(offering__sessions__starts_at__gt=now)
    for programme in Programme.objects.filter(sessions, reminder_hours__gt=0).distinct().order_by("pk"):
        before = timedelta(hours=programme.reminder_hours)
        told = BookingEvent.objects.filter(
            booking=OuterRef("pk"), verb="reminded", at__gte=OuterRef("session__starts_at") - before
        )
        due = Booking.objects.unscoped().filter(
            ~Exists(told),
            offering=programme.offering_id,
            state=BookingState.CONFIRMED,
            session__starts_at__gt=now,
            session__starts_at__lte=now + before,
            created_at__lt=F("session__starts_at") - before,
        )
        rows = due.select_related("session__venue", "offering", "worker__user").order_by("session__starts_at", "pk")
        for booking in rows[:AT_ONCE]:
            _remind(booking, now=now)
            reminded += 1
    return reminded


def _remind(booking: Booking, *, now: datetime) -> None:
    worker, session = booking.worker, booking.session
    with transaction.atomic():
        record(booking, "reminded", by=None, now=now)
        notify(
            APPOINTMENT.key,
            to=worker.user,
            phone="" if worker.user_id else worker.phone,
            context={
                "title": booking.offering.title,
                "when": session.starts_at,
                "site": session.venue.name,
                "address": session.venue.address,
                "number": booking.number,
            },
            dedupe_key=f"{booking.pk}:{session.starts_at.isoformat()}",
            link=link_of(booking),
        )


def _contactable() -> QuerySet[Result]:
    """Results of women who agree to the screening still and didn't ask to be left alone."""
    agrees = Exists(standing_consents(OuterRef("booking__worker__user_id"), Purpose.SCREENING))
    rows = Result.objects.unscoped().filter(agrees)
    rows = rows.exclude(pk__in=Result.objects.unscoped().filter(follow_up__outcome__in=_STOPPED).values("pk"))
    rows = rows.select_related(
        "booking__worker__user", "booking__session", "booking__offering__screening_programme", "follow_up"
    )
    return rows.prefetch_related("versions").order_by("pk")


def remind_of_unread(*, now: datetime) -> int:
    """Remind women of a result they haven't opened for so many days as their programme says, once."""
    reminded = 0
    waiting = _contactable().filter(read_at__isnull=True, unread_reminded_at__isnull=True)
    for programme in Programme.objects.filter(unread_days__gt=0).order_by("pk"):
        old = Q(entered_at__lte=now - timedelta(days=programme.unread_days))
        for result in waiting.filter(old, **{_PROGRAMME: programme})[:AT_ONCE]:
            with transaction.atomic():
                Result.objects.unscoped().filter(pk=result.pk).update(unread_reminded_at=now)
                notify(
                    UNREAD.key,
                    to=result.booking.worker.user,
                    context={},
                    dedupe_key=f"{result.pk}:{current_version(result).number}",
                    link=reverse("screening:result", args=[result.booking.token]),
                )
            reminded += 1
    return reminded


def remind_of_next_round(*, now: datetime) -> int:
    """Tell women that their next round is near; a later examination or a booking makes it needless.

    The day is sealed like everything that was found, so it is read row by row.
    """
    told = 0
    worker = OuterRef("booking__worker")
    later = Result.objects.unscoped().filter(booking__worker=worker, pk__gt=OuterRef("pk"))
    booked = Booking.objects.unscoped().filter(worker=worker, state__in=LIVE, session__starts_at__gt=now)
    rows = _contactable().filter(
        ~Exists(later),
        ~Exists(booked),
        next_round_told_at__isnull=True,
        **{f"{_PROGRAMME}__next_round_days__gt": 0},
    )
    for result in rows.iterator(AT_ONCE):
        if not _is_near(result, today=timezone.localdate(now)):
            continue
        with transaction.atomic():
            Result.objects.unscoped().filter(pk=result.pk).update(next_round_told_at=now)
            notify(
                NEXT_ROUND.key,
                to=result.booking.worker.user,
                context={},
                dedupe_key=f"{result.pk}:{current_version(result).number}",
                link=reverse("screening:list"),
            )
        told += 1
    return told


def _is_near(result: Result, *, today: date) -> bool:
    due = current_version(result).values()["next_due"]
    lead = timedelta(days=result.booking.offering.screening_programme.next_round_days)
    return bool(due) and date.fromisoformat(due) - lead <= today


def open_forgotten(*, now: datetime) -> int:
    """Open the follow-ups that are missing 24 hours after an entry; returns how many were.

    None should be: ``enter_result`` opens them in its own transaction. Lock: each result.
    """
    opened = 0
    rows = _contactable().filter(follow_up__isnull=True, entered_at__lte=now - GRACE)
    for result in rows.iterator(AT_ONCE):
        examined = examined_of(current_version(result).values(), day_of_booking(result.booking))
        if not recall(examined):
            continue
        with transaction.atomic():
            locked = Result.objects.unscoped().select_for_update().get(pk=result.pk)
            begin_or_end(locked, examined, now=now)
        opened += 1
    return opened
