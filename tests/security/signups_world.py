"""What activities add to the world: one of the town with the owner's place and certificate, one she waits for."""

from datetime import timedelta

from django.utils import timezone

from services.bookings.enums import BookingState, OfferingState, ProviderKind, WaitingState
from services.bookings.models import Allocation, Booking, Session, WaitingEntry
from services.signups.models import Activity, Certificate, Question
from tests.factories.accounts import StaffFactory
from tests.factories.bookings import ProviderFactory, VenueFactory, offering_with_places


def signups_records(town, worker) -> dict:
    """``town`` runs the activity, so that ``child`` takes part in it."""
    now = timezone.now()
    activity, session, allocation = _activity(town, "2042-1")
    waited, _session, _allocation = _activity(town, "2042-2")
    Session.objects.filter(pk=session.pk).update(taken=1)
    Allocation.objects.unscoped().filter(pk=allocation.pk).update(used=1)
    times = {"created_at": now, "changed_at": now}
    booking = Booking.objects.create(
        offering=activity.offering,
        session=session,
        allocation=allocation,
        worker=worker,
        state=BookingState.CONFIRMED,
        letters="HD",
        **times,
    )
    return {
        "activity": activity,
        "activity_session": Session.objects.get(pk=session.pk),
        "activity_question": Question.objects.create(activity=activity, kind="yes_no", words="示例"),
        "signup": booking,
        "signup_waiting": WaitingEntry.objects.create(
            offering=waited.offering, worker=worker, state=WaitingState.WAITING, **times
        ),
        "activity_certificate": Certificate.objects.create(
            booking=booking,
            activity=activity,
            worker=worker,
            title=activity.title,
            hours=8,
            issued_at=now,
            issued_by=StaffFactory(),
        ),
    }


def _activity(town, code: str) -> tuple:
    offering, session, allocation = offering_with_places(
        town, state=OfferingState.OPEN, title="示例培训班", closes_at=timezone.now() + timedelta(days=5)
    )
    rooms = ProviderFactory(organization=town, kind=ProviderKind.OWN, name=f"示例场所{code}")
    session.venue = VenueFactory(organization=town, provider=rooms, name="示例报告厅")
    session.save()
    activity = Activity.objects.create(
        code=code,
        organization=town,
        offering=offering,
        kind="training",
        form="class",
        hours=8,
        year=2042,
        title="示例培训班",
        certificates=True,
    )
    return activity, session, allocation
