"""Site staff check a woman in on a phone: today's sessions, the code, one button."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings import actions
from services.bookings.enums import BookingState
from services.bookings.models import VenueOperator
from services.organizations.enums import Role
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def booking():
    tree, now = small_tree(), timezone.now()
    _offering, session, _root = offering_with_places(tree["city"])
    her = WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory(), name="示例桂兰")
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


@pytest.fixture
def scanned(booking):
    """Another woman of the same session, who comes with her code."""
    unit, now = booking.worker.organization, timezone.now()
    her = WorkerFactory(organization=unit, user=WorkerUserFactory(), name="示例秀英")
    held = actions.hold_place(booking.session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


@pytest.fixture
def nurse(booking):
    user = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=booking.session.venue, user=user)
    return user


def test_checking_in_at_the_door(walker, booking, scanned, nurse, monkeypatch):
    moment = booking.session.starts_at + timedelta(minutes=5)
    monkeypatch.setattr("services.bookings.public.views.clock.today", lambda: timezone.localdate(moment))
    monkeypatch.setattr("services.bookings.public.views.clock.now", lambda: moment)
    walker.sign_in(nurse)
    # The camera of her phone opens the address of the code.
    page = walker.open(reverse("bookings:door", args=[scanned.token]))
    walker.look("door-scanned")
    walker.press("签到", "Check in")
    scanned.refresh_from_db()
    assert scanned.state == BookingState.ATTENDED
    assert page.get_by_text(scanned.number).is_visible()
    walker.look("door-today")
    page.fill("[name=code]", booking.number)
    walker.press("查找预约", "Find the booking")
    walker.look("door-typed")
    page.check("[name=name_checked]")
    walker.press("签到", "Check in")
    walker.look("door-done")
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED
    walker.open(reverse("bookings:door", args=[booking.token]))
    walker.look("door-again")


def test_without_a_network_scans_are_kept_and_sent_later(walker, booking, scanned, nurse, monkeypatch):
    moment = booking.session.starts_at + timedelta(minutes=5)
    for module in ("views", "kept_scans"):
        monkeypatch.setattr(f"services.bookings.public.{module}.clock.today", lambda: timezone.localdate(moment))
        monkeypatch.setattr(f"services.bookings.public.{module}.clock.now", lambda: moment)
    walker.sign_in(nurse)
    page = walker.open(reverse("bookings:today"))
    page.context.set_offline(True)
    button = page.get_by_role("button", name=walker.in_language("查找预约", "Find the booking"), exact=True)
    # A scanner that types the whole address.
    page.fill("[name=code]", f"{walker.base_url}/check-in/{scanned.token}/")
    button.click()
    page.get_by_role("status").filter(has_text="1").wait_for()
    assert page.input_value("[name=code]") == ""
    # A number proves nothing: without the name compared it isn't kept.
    page.fill("[name=code]", booking.number)
    button.click()
    page.locator(".door-compared input").check()
    button.click()
    page.get_by_role("status").filter(has_text="2").wait_for()
    walker.look("door-kept")
    scanned.refresh_from_db()
    assert scanned.state == BookingState.CONFIRMED
    page.context.set_offline(False)
    said = walker.in_language("已为 2 人签到", "2 women are checked in")
    page.get_by_role("status").filter(has_text=said).wait_for()
    for one in (booking, scanned):
        one.refresh_from_db()
        assert one.state == BookingState.ATTENDED
    walker.look("door-sent")
