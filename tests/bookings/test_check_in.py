"""The door: who may check in, what every scan means, and what it sets off."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.bookings import actions
from services.bookings.enums import BookingState, ScanOutcome
from services.bookings.exporters import SCANS
from services.bookings.models import CheckInScan, VenueOperator
from services.bookings.queries import checked_in_at, sessions_on
from services.exchange.models import Export
from services.organizations.actions import end_assignment, sync_groups
from services.organizations.enums import Role
from services.screening.enums import HistorySource
from services.screening.models import PastScreening
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.bookings import VenueFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.screening import ProgrammeFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking():
    tree, now = small_tree(), timezone.now()
    offering, session, _root = offering_with_places(tree["city"])
    ProgrammeFactory(offering=offering)
    her = WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory(), name="张示例")
    held = actions.hold_place(session, worker=her, by=her.user, now=now)
    return actions.confirm_booking(held, by=her.user, now=now)


@pytest.fixture
def venue(booking):
    return booking.session.venue


@pytest.fixture
def nurse(venue):
    user = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=venue, user=user)
    return user


@pytest.fixture
def during(booking, monkeypatch):
    """The clock stands ten minutes into the session."""
    moment = booking.session.starts_at + timedelta(minutes=10)
    monkeypatch.setattr("services.foundation.clock.now", lambda: moment)
    monkeypatch.setattr("services.foundation.clock.today", lambda: timezone.localdate(moment))
    return moment


@pytest.fixture
def desk(client, nurse):
    client.force_login(nurse, backend="services.accounts.backends.StaffPassword")
    return client


def test_a_scan_checks_her_in_and_screening_remembers(booking, venue, nurse, during):
    outcome, seen = actions.check_in(token=booking.token, venue=venue, by=nurse, now=during)
    assert (outcome, seen.state) == (ScanOutcome.CHECKED_IN, BookingState.ATTENDED)
    past = PastScreening.objects.own(worker=booking.worker).get()
    day = timezone.localdate(booking.session.starts_at)
    assert (past.screened_on, past.source, past.booking) == (day, HistorySource.ATTENDED, booking)


def test_a_second_scan_changes_nothing_and_knows_when_the_first_was(booking, venue, nurse, during):
    actions.check_in(token=booking.token, venue=venue, by=nurse, now=during)
    later = during + timedelta(minutes=5)
    assert actions.check_in(token=booking.token, venue=venue, by=nurse, now=later)[0] == ScanOutcome.ALREADY
    assert checked_in_at(booking) == during
    assert list(CheckInScan.objects.values_list("outcome", flat=True)) == ["already", "checked_in"]
    assert PastScreening.objects.own(worker=booking.worker).count() == 1


def test_odd_scans_are_kept_and_change_nothing(booking, venue, nurse, during):
    elsewhere = VenueFactory()
    VenueOperator.objects.create(venue=elsewhere, user=nurse)
    scan = lambda **kwargs: actions.check_in(**({"token": booking.token, "by": nurse, "now": during} | kwargs))[0]  # noqa: E731
    assert scan(venue=elsewhere) == ScanOutcome.WRONG_VENUE
    assert scan(venue=venue, now=during - timedelta(days=1)) == ScanOutcome.WRONG_DAY
    assert scan(venue=venue, token="nobody") == ScanOutcome.UNKNOWN
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    actions.cancel_booking(booking, by=booking.worker.user, now=booking.created_at)
    assert scan(venue=venue) == ScanOutcome.NOT_LIVE
    assert CheckInScan.objects.count() == 4
    assert not PastScreening.objects.unscoped().exists()


def test_the_day_turns_at_midnight_in_shanghai(booking, venue, nurse):
    start = timezone.localtime(booking.session.starts_at).replace(hour=0, minute=0)
    early = actions.check_in(token=booking.token, venue=venue, by=nurse, now=start - timedelta(seconds=1))
    assert early[0] == ScanOutcome.WRONG_DAY
    assert actions.check_in(token=booking.token, venue=venue, by=nurse, now=start)[0] == ScanOutcome.CHECKED_IN


def test_only_staff_of_the_site_check_in(booking, venue, during):
    for outsider in (StaffFactory(), booking.worker.user):
        with pytest.raises(PermissionDenied):
            actions.check_in(token=booking.token, venue=venue, by=outsider, now=during)
    booking.refresh_from_db()
    assert (booking.state, CheckInScan.objects.count()) == (BookingState.CONFIRMED, 0)


def test_who_no_longer_holds_the_post_is_out_at_her_next_click(desk, booking, venue, nurse, during):
    pages = [reverse("bookings:today"), reverse("bookings:door", args=[booking.token])]
    assert [desk.get(page).status_code for page in pages] == [200, 200]
    end_assignment(nurse.assignments.get(), by=None, on=timezone.localdate(during))
    assert [desk.get(page).status_code for page in pages] == [403, 403]
    with pytest.raises(PermissionDenied):
        actions.check_in(token=booking.token, venue=venue, by=type(nurse).objects.get(pk=nurse.pk), now=during)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_the_number_is_found_in_any_case_and_a_wrong_digit_is_not(booking, venue, nurse, during):
    wrong = booking.number[:-1] + str((int(booking.number[-1]) + 1) % 10)
    assert actions.check_in(token=wrong, venue=venue, by=nurse, now=during)[0] == ScanOutcome.UNKNOWN
    found = actions.check_in(token=f" {booking.number.lower()} ", venue=venue, by=nurse, now=during)
    assert found == (ScanOutcome.CHECKED_IN, booking)


def test_the_qr_address_leads_to_one_button_that_checks_her_in(desk, booking, during):
    address = reverse("bookings:door", args=[booking.token])
    page = desk.get(address).content.decode()
    assert "张*" in page and "张示例" not in page
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    done = desk.post(address, follow=True)
    assert done.redirect_chain == [(reverse("bookings:today"), 302)]
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED
    again = desk.get(address).content.decode()
    assert "此前已签到" in again and 'name="typed"' not in again


def test_a_typed_number_wants_the_name_compared(desk, booking, during):
    page = desk.post(reverse("bookings:find"), {"code": booking.number})
    assert 'name="name_checked"' in page.content.decode()
    door = reverse("bookings:door", args=[booking.token])
    desk.post(door, {"typed": "on"})
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    desk.post(door, {"typed": "on", "name_checked": "on"})
    booking.refresh_from_db()
    assert booking.state == BookingState.ATTENDED


def test_a_number_in_the_address_opens_nothing(desk, booking, during):
    door = reverse("bookings:door", args=[booking.number])
    assert desk.get(door).status_code == 404
    desk.post(door)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_a_scanned_address_in_the_field_is_understood(desk, booking, during):
    answer = desk.post(reverse("bookings:find"), {"code": f"https://example.org/check-in/{booking.token}/"})
    assert answer.url == reverse("bookings:door", args=[booking.token])


def test_another_sites_staff_learn_nothing_about_her(client, booking, during):
    other = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=VenueFactory(), user=other)
    client.force_login(other, backend="services.accounts.backends.StaffPassword")
    page = client.get(reverse("bookings:door", args=[booking.token])).content.decode()
    assert not any(secret in page for secret in ("张*", booking.number, booking.session.venue.name))
    client.post(reverse("bookings:door", args=[booking.token]))
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    assert CheckInScan.objects.get().outcome == ScanOutcome.WRONG_VENUE


def test_another_sites_staff_learn_nothing_of_a_booking_that_has_ended_either(client, booking, during):
    other = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    VenueOperator.objects.create(venue=VenueFactory(), user=other)
    actions.cancel_booking(booking, by=booking.worker.user, now=booking.created_at)
    client.force_login(other, backend="services.accounts.backends.StaffPassword")
    typed = client.post(reverse("bookings:find"), {"code": booking.number})
    for page in (client.get(reverse("bookings:door", args=[booking.token])), typed):
        shown = page.content.decode()
        assert not any(secret in shown for secret in ("张*", booking.number, booking.session.venue.name, "取消"))
        assert page.context["here"] is False
    client.post(reverse("bookings:door", args=[booking.token]))
    assert CheckInScan.objects.get().outcome == ScanOutcome.WRONG_VENUE


def test_visitors_sign_in_first_and_others_are_refused(client, booking):
    address = reverse("bookings:door", args=[booking.token])
    assert client.get(address).url.startswith(reverse("account_login"))
    client.force_login(booking.worker.user, backend="services.accounts.backends.WorkerCode")
    assert client.get(address).status_code == 403
    client.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    assert client.get(address).status_code == 403


def test_todays_counts_are_of_those_expected_and_come(booking, venue, nurse, during, desk):
    day = timezone.localdate(during)
    assert [(row.expected, row.arrived) for row in sessions_on(venue, day)] == [(1, 0)]
    actions.check_in(token=booking.token, venue=venue, by=nurse, now=during)
    assert [(row.expected, row.arrived) for row in sessions_on(venue, day)] == [(1, 1)]
    assert sessions_on(venue, day + timedelta(days=1)) == []
    assert venue.name in desk.get(reverse("bookings:today")).content.decode()


def test_the_day_s_page_lists_the_latest_scans_the_odd_ones_too(desk, booking, venue, nurse, during):
    elsewhere = VenueFactory()
    VenueOperator.objects.create(venue=elsewhere, user=StaffFactory())
    for token in (booking.token, booking.token, "nobody-s"):
        actions.check_in(token=token, venue=venue, by=nurse, now=during)
    CheckInScan.objects.create(venue=elsewhere, booking=booking, outcome="unknown", by=nurse, at=during)
    page = desk.get(reverse("bookings:today"))
    assert [scan.outcome for scan in page.context["scans"]] == ["unknown", "already", "checked_in"]
    shown = page.content.decode()
    assert booking.worker.masked_name in shown and booking.worker.name not in shown
    assert reverse("exports:ask", args=["scans"]) in shown


def test_every_scan_leaves_as_a_workbook_with_the_name_masked(desk, booking, venue, nurse, during):
    for moment in (during, during + timedelta(minutes=1)):
        actions.check_in(token=booking.token, venue=venue, by=nurse, now=moment)
    sync_groups(nurse)
    desk.post(reverse("exports:ask", args=["scans"]))
    answer = desk.get(reverse("exports:download", args=[Export.objects.get().token]))
    about, rows = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    assert "Asia/Shanghai" in str(list(about.iter_rows(values_only=True)))
    lines = list(rows.iter_rows(min_row=2, values_only=True))
    assert [line[3:5] for line in lines] == [(booking.number, booking.worker.masked_name)] * 2


def test_a_scan_of_another_site_s_booking_tells_nothing_of_it(booking, nurse, during):
    other = VenueFactory()
    VenueOperator.objects.create(venue=other, user=nurse)
    CheckInScan.objects.create(venue=other, booking=booking, outcome="wrong_venue", by=nurse, at=during)
    (line,) = SCANS.lines(SCANS.find(nurse, QueryDict("outcome=wrong_venue"), False).rows, False)
    assert line[3:5] == ["", ""]


def test_nobody_else_takes_scans_along(booking):
    officer = AssignmentFactory(role=Role.FEDERATION_OFFICER).user
    assert not SCANS.may(officer)
    assert list(SCANS.find(officer, QueryDict(), False).rows) == []
