"""Who signed up, what she answered, what she got for it."""

from datetime import date

from django.db.models import QuerySet

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session, WaitingEntry
from services.foundation.desk_filters import tells_on_somebody
from services.foundation.references import is_human_number
from services.organizations.enums import ROSTER_WRITERS
from services.signups.models import Activity, Answers, Certificate, Question
from services.workers.enums import WorkerState
from services.workers.models import Worker
from services.workers.queries import found_by_number

MOST_FOUND = 20
EXPECTED = (BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.NO_SHOW)
# What the export reads of each booking, in this order.
EXPORTED = (
    *("pk", "created_at", "letters", "worker__name", "worker__phone", "worker__organization__name"),
    *("worker__position", "offering__activity__title", "session__venue__name", "session__starts_at", "state"),
    *("offering__activity", "worker_id", "worker__organization__path"),
)


def bookings_for(user, *, roles=None) -> QuerySet[Booking]:
    """Sign-ups of the women within her reach, with what a row shows. One query however many rows."""
    return (
        Booking.objects.visible_to(user, roles=roles)
        .filter(offering__activity__isnull=False)
        .select_related("worker__organization", "session__venue", "offering__activity")
        .defer("worker__id_number", "worker__note")
    )


def with_text(bookings: QuerySet[Booking], text: str) -> QuerySet[Booking]:
    """The sign-up of this number, or sign-ups of women whose names begin so."""
    text = text.strip()
    if is_human_number(text):
        key = int(text.split("-")[2])
        return bookings.filter(pk=key) if key < 2**63 else bookings.none()
    return bookings.filter(worker__name__startswith=text)


def expected_at(session: Session) -> QuerySet[Booking]:
    """Who has a place in the session and who was recorded as absent, by union and name. Unscoped: ask the policy."""
    return (
        Booking.objects.unscoped()
        .filter(session=session, state__in=EXPECTED)
        .select_related("worker__organization")
        .defer("worker__id_number", "worker__phone", "worker__note")
        .order_by("worker__organization__path", "worker__name", "pk")
    )


def own_booking(user, token: str) -> Booking | None:
    """A sign-up of hers by its token; anybody else's doesn't exist."""
    hers = Booking.objects.own(worker__user=user, offering__activity__isnull=False)
    related = ("session__venue", "offering__activity", "worker__organization", "certificate", "evaluation_given")
    return hers.select_related(*related).filter(token=token).first()


def waiting_for(user, *, roles=None) -> QuerySet[WaitingEntry]:
    """Entries of women within her reach on the waiting lists of activities, with what a row shows but the place."""
    return (
        WaitingEntry.objects.visible_to(user, roles=roles)
        .filter(offering__activity__isnull=False)
        .select_related("worker__organization", "session__venue", "booking")
        .select_related("offering__activity", "offering__organization")
        .defer("worker__id_number", "worker__note")
    )


def women_to_sign_up(user, text: str, *, today: date) -> list[Worker]:
    """Women at work in organisations whose rosters she writes: by a whole number, or the beginning of a name."""
    hers = Worker.objects.visible_to(user, roles=ROSTER_WRITERS).filter(state=WorkerState.ACTIVE)
    rows = hers.select_related("organization").defer("id_number", "note").order_by("name", "pk")
    if tells_on_somebody(text):
        return list(rows.filter(pk__in=[worker.pk for worker in found_by_number(user, text, today=today)]))
    return list(rows.filter(name__startswith=text)[: MOST_FOUND + 1]) if text else []


def questions_of(activity: Activity) -> list[Question]:
    """What is asked of whoever signs up now."""
    return list(activity.questions.filter(retired=False))


def answers_of(activity: Activity, worker) -> dict:
    """What she answered, by the token of the question."""
    found = Answers.objects.own(activity=activity, worker=worker).first()
    return found.values if found else {}


def certificates_for(user) -> QuerySet[Certificate]:
    """Certificates of the women within her reach."""
    return Certificate.objects.visible_to(user).select_related("worker__organization", "activity")
