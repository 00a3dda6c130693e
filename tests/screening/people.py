"""Officers signed in at the desk, and a programme with bookings to look at."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from services.bookings.enums import BookingState, EntryKind
from services.bookings.models import Allocation, AllocationEntry, Booking
from services.organizations.enums import Role
from tests.factories.bookings import AllocationFactory, SessionFactory
from tests.factories.organizations import AssignmentFactory
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.factories.workers import WorkerFactory

BACKEND = "services.accounts.backends.StaffPassword"


def post(organization, role=Role.FEDERATION_OFFICER):
    """A staff member who holds ``role`` at the organisation and may enter the desk."""
    return at_the_desk(AssignmentFactory(organization=organization, role=role).user, role)


def at_the_desk(user, role):
    """Somebody with a post of this role may enter the desk now."""
    user.password_changed_at = timezone.now()
    user.save()
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def at_desk(organization, role=Role.FEDERATION_OFFICER) -> Client:
    client = Client()
    client.user = post(organization, role)
    client.force_login(client.user, backend=BACKEND)
    return client


def programme_at(organization, *, slots: int = 100, **kwargs):
    """A programme with published terms, one session and its places."""
    programme = ProgrammeFactory(offering__organization=organization, **kwargs)
    TermsFactory(programme=programme)
    session = SessionFactory(offering=programme.offering, capacity=50)
    root = AllocationFactory(offering=programme.offering, organization=organization, slots=slots)
    AllocationEntry.objects.create(
        allocation=root, kind=EntryKind.OPENED, change=slots, slots_after=slots, passed_down_after=0
    )
    return programme, session, root


def booked(session, organization, allocation, state=BookingState.CONFIRMED, **worker) -> Booking:
    """A booking with its counters, as the actions leave it."""
    now = timezone.now()
    booking = Booking.objects.create(
        offering=session.offering,
        session=session,
        allocation=allocation,
        worker=WorkerFactory(organization=organization, **worker),
        state=state,
        held_until=now + timedelta(minutes=10) if state in (BookingState.HELD, BookingState.OFFERED) else None,
        created_at=now,
        changed_at=now,
    )
    if booking.is_live:
        session.taken += 1
        session.save()
        allocation.refresh_from_db()
        Allocation.objects.unscoped().filter(pk=allocation.pk).update(used=allocation.used + 1)
    return booking
