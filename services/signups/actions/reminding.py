"""What happens by itself: reminders before, the question afterwards, and answers forgotten when nobody needs them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from services.bookings.actions.timeline import link_of, record
from services.bookings.enums import BookingState
from services.bookings.models import Booking, BookingEvent
from services.messaging.actions import notify
from services.signups.models import Activity, Answers
from services.signups.notifications import EVALUATE, REMINDER

AT_ONCE = 500
ANSWERS_KEPT = timedelta(days=180)  # after the last session: long enough to answer questions about it
ASKED = "asked"


def remind_of_activities(*, now: datetime) -> int:
    """Remind women so many hours before as their activity says; who signed up later than that needs no reminder.

    Each once for a time of the session. Safe to run twice.
    """
    reminded = 0
    ahead = Activity.objects.filter(offering__sessions__starts_at__gt=now, reminder_hours__gt=0).distinct()
    for activity in ahead.order_by("pk"):
        before = timedelta(hours=activity.reminder_hours)
        told = BookingEvent.objects.filter(
            booking=OuterRef("pk"), verb="reminded", at__gte=OuterRef("session__starts_at") - before
        )
        due = Booking.objects.unscoped().filter(
            ~Exists(told),
            offering=activity.offering_id,
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
            REMINDER.key,
            to=worker.user,
            phone="" if worker.user_id else worker.phone,
            context={
                "title": booking.offering.title,
                "when": session.starts_at,
                "site": session.venue.name,
                "address": session.venue.address,
                "number": booking.number,
            },
            dedupe_key=f"{REMINDER.key}:{booking.pk}:{session.starts_at.isoformat()}",
            link=link_of(booking),
        )


def ask_for_evaluations(*, now: datetime) -> int:
    """Ask women who came, once their session is over and while the evaluation is open. Each once; safe to run twice."""
    asked = BookingEvent.objects.filter(booking=OuterRef("pk"), verb=ASKED)
    done = 0
    for activity in Activity.objects.filter(evaluation_days__gt=0).order_by("pk"):
        span = timedelta(days=activity.evaluation_days)
        due = Booking.objects.unscoped().filter(
            ~Exists(asked),
            offering=activity.offering_id,
            state=BookingState.ATTENDED,
            session__ends_at__lte=now,
            session__ends_at__gt=now - span,
            evaluation_given=None,
            worker__user__isnull=False,
        )
        for booking in due.select_related("session", "offering", "worker__user").order_by("pk")[:AT_ONCE]:
            _ask(booking, until=booking.session.ends_at + span, now=now)
            done += 1
    return done


def _ask(booking: Booking, *, until: datetime, now: datetime) -> None:
    with transaction.atomic():
        record(booking, ASKED, by=None, now=now)
        notify(
            EVALUATE.key,
            to=booking.worker.user,
            context={"title": booking.offering.title, "until": until},
            dedupe_key=f"{EVALUATE.key}:{booking.pk}",
            link=reverse("signups:evaluate", args=[booking.token]),
        )


def forget_answers(*, now: datetime) -> int:
    """Delete answers some months after the last session of their activity. Safe to run twice."""
    over = Activity.objects.annotate(last=Max("offering__sessions__ends_at"))
    over = over.filter(Q(last__lt=now - ANSWERS_KEPT))
    deleted, _each = Answers.objects.unscoped().filter(activity__in=over.values("pk")).delete()
    return deleted
