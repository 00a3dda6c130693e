"""Cancelling and reminding several at once: shown row by row first, told row by row afterwards, never twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.bookings.actions import cancel_booking, check_in, mark_no_show
from services.bookings.enums import BookingState
from services.bookings.models import Booking, BookingEvent, VenueOperator
from services.foundation import desk_many
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import SessionFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, booked, post, programme_at

pytestmark = pytest.mark.django_db
CANCEL, REMIND = "/admin/screening/bookings/cancel/", "/admin/screening/bookings/remind/"
REASON = "体检点临时停诊，请另选时间。"


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    return programme_at(tree["city"])


def preview(client, *bookings, address=CANCEL, **data):
    return client.post(address, {"booking": [b.token for b in bookings], **data})


def confirm(client, shown, address=CANCEL, **data):
    return client.post(address, {"sealed": shown.context["sealed"], "within": shown.context["within"], **data})


def told(page) -> dict[int, tuple[bool, str]]:
    return {line.row.pk: (line.good, line.words) for line in page.context["lines"]}


def state(booking) -> str:
    return Booking.objects.unscoped().values_list("state", flat=True).get(pk=booking.pk)


def test_the_preview_says_of_each_row_what_will_happen_and_does_nothing(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    done = booked(session, tree["unit_a"], root, state=BookingState.ATTENDED)
    shown = preview(at_desk(tree["city"]), live, done)
    assert {pk: good for pk, (good, _words) in told(shown).items()} == {live.pk: True, done.pk: False}
    assert "已到场" in told(shown)[done.pk][1]
    assert (state(live), BookingEvent.objects.count()) == ("confirmed", 0)


def test_confirming_cancels_each_with_the_reason_frees_the_places_and_tells_her(tree, running):
    _programme, session, root = running
    her = WorkerUserFactory()
    live = booked(session, tree["unit_a"], root, user=her)
    other = booked(session, tree["unit_c"], root)
    city = at_desk(tree["city"])
    page = confirm(city, preview(city, live, other), reason=REASON)
    session.refresh_from_db()
    assert [good for good, _words in told(page).values()] == [True, True]
    assert (state(live), state(other), session.taken) == ("cancelled", "cancelled", 0)
    event = live.events.get(verb="cancelled")
    assert (event.by, event.details["reason"]) == (city.user, REASON)
    assert Message.objects.filter(recipient=her, key="bookings-cancelled").exists()


def test_without_a_reason_the_rows_stay_chosen_and_nothing_happens(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    again = confirm(city, preview(city, live), reason=" ")
    assert (list(again.context["form"].errors), state(live)) == (["reason"], "confirmed")
    assert told(confirm(city, again, reason=REASON))[live.pk][0] is True


def test_sending_it_twice_changes_nothing_more(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    shown = preview(city, live)
    confirm(city, shown, reason=REASON)
    second = confirm(city, shown, reason=REASON)
    session.refresh_from_db()
    assert told(second)[live.pk][0] is False
    assert (live.events.filter(verb="cancelled").count(), session.taken) == (1, 0)


def test_what_was_changed_meanwhile_is_reported_and_left_alone(tree, running):
    programme, session, root = running
    changed, gone, kept = (booked(session, tree["unit_a"], root) for _ in range(3))
    city = at_desk(tree["city"])
    shown = preview(city, changed, gone, kept)
    Booking.objects.unscoped().filter(pk=changed.pk).update(
        session=SessionFactory(offering=programme.offering), changed_at=timezone.now()
    )
    cancel_booking(gone, by=city.user, now=timezone.now(), reason="示例")
    page = told(confirm(city, shown, reason=REASON))
    assert {pk: good for pk, (good, _words) in page.items()} == {changed.pk: False, gone.pk: False, kept.pk: True}
    assert "其间已有变动" in page[changed.pk][1]
    assert state(changed) == "confirmed"
    assert gone.events.get(verb="cancelled").details["reason"] == "示例"


def test_a_woman_who_came_meanwhile_keeps_her_attendance(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    session.starts_at, session.ends_at = timezone.now(), timezone.now() + timedelta(hours=2)
    session.save()
    clinic = post(tree["city"], Role.CLINIC_OPERATOR)
    VenueOperator.objects.create(venue=session.venue, user=clinic)
    city = at_desk(tree["city"])
    shown = preview(city, live)
    check_in(token=live.token, venue=session.venue, by=clinic, now=timezone.now())
    assert told(confirm(city, shown, reason=REASON))[live.pk][0] is False
    assert state(live) == "attended"


def test_rows_beyond_her_reach_are_not_chosen_and_a_reader_changes_nothing(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    assert preview(at_desk(tree["county_b"]), live).status_code == 302
    auditor = at_desk(tree["city"], Role.AUDITOR)
    shown = preview(auditor, live)
    assert [good for good, _words in told(shown).values()] == [False]
    confirm(auditor, shown, reason=REASON)
    assert preview(at_desk(tree["city"], Role.COMMUNICATIONS_EDITOR), live).status_code == 403
    assert state(live) == "confirmed"


def test_a_seal_serves_only_whom_and_what_it_was_made_for(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    city, colleague = at_desk(tree["city"]), at_desk(tree["city"])
    shown = preview(city, live)
    assert confirm(colleague, shown, reason=REASON).status_code == 302
    assert confirm(city, shown, address=REMIND).status_code == 302
    assert city.post(CANCEL, {"sealed": "x", "reason": REASON}).status_code == 302
    assert (state(live), live.events.count()) == ("confirmed", 0)


def test_all_that_match_are_those_of_the_filter_up_to_a_limit_that_is_said(tree, running, monkeypatch):
    _programme, session, root = running
    for _ in range(3):
        booked(session, tree["unit_a"], root)
    booked(session, tree["unit_c"], root)
    city = at_desk(tree["city"])
    shown = city.post(CANCEL, {"which": "all", "within": "union=T-A"})
    assert (len(shown.context["lines"]), shown.context["more"]) == (3, False)
    monkeypatch.setattr(desk_many, "MOST_AT_ONCE", 2)
    shown = city.post(CANCEL, {"which": "all", "within": "union=T-A"})
    assert (len(shown.context["lines"]), shown.context["more"]) == (2, True)
    assert city.post(CANCEL, {"which": "all", "within": "state=nonsense"}).status_code == 302


def test_nothing_ticked_leads_back_to_the_list_as_it_was(tree, running):
    answer = at_desk(tree["city"]).post(CANCEL, {"within": "state=confirmed"})
    assert answer["Location"] == f"{reverse('screening_desk:bookings')}?state=confirmed"


@pytest.mark.parametrize("address", [CANCEL, REMIND])
def test_a_preview_of_one_and_of_thirty_costs_the_same_queries(tree, running, address):
    _programme, session, root = running
    city = at_desk(tree["city"])
    one = [booked(session, tree["unit_a"], root)]
    preview(city, *one, address=address)
    with CaptureQueriesContext(connection) as alone:
        preview(city, *one, address=address)
    thirty = one + [booked(session, tree["unit_b"], root) for _ in range(29)]
    with CaptureQueriesContext(connection) as together:
        preview(city, *thirty, address=address)
    assert len(together) == len(alone)


def test_reminding_sends_each_one_message_a_day_and_notes_it(tree, running):
    _programme, session, root = running
    her = WorkerUserFactory()
    live = booked(session, tree["unit_a"], root, user=her)
    held = booked(session, tree["unit_a"], root, state=BookingState.HELD)
    city = at_desk(tree["city"])
    shown = preview(city, live, held, address=REMIND)
    assert {pk: good for pk, (good, _words) in told(shown).items()} == {live.pk: True, held.pk: False}
    assert told(confirm(city, shown, address=REMIND))[live.pk][0] is True
    assert told(confirm(city, shown, address=REMIND))[live.pk][0] is False
    assert told(preview(city, live, address=REMIND))[live.pk][0] is False
    sent = Message.objects.filter(recipient=her, key="bookings-reminded-by-staff", channel="in_site")
    assert (sent.count(), live.events.filter(verb="reminded").count()) == (1, 1)
    assert live.number in sent.get().body


def test_nobody_is_reminded_of_what_is_over(tree, running):
    _programme, session, root = running
    live = booked(session, tree["unit_a"], root)
    session.starts_at = timezone.now() - timedelta(hours=1)
    session.save()
    assert [good for good, _w in told(preview(at_desk(tree["city"]), live, address=REMIND)).values()] == [False]


CAME = "/admin/screening/bookings/came/"


def test_the_desk_corrects_a_wrong_did_not_come_once(tree, running):
    _programme, session, root = running
    wrong, kept = booked(session, tree["unit_a"], root), booked(session, tree["unit_a"], root)
    over = timezone.now() - timedelta(hours=1)
    session.starts_at, session.ends_at = over - timedelta(hours=2), over
    session.save()
    city = at_desk(tree["city"])
    mark_no_show(wrong, by=city.user, now=timezone.now())
    shown = preview(city, wrong, kept, address=CAME)
    assert {key: good for key, (good, _words) in told(shown).items()} == {wrong.pk: True, kept.pk: False}
    assert told(confirm(city, shown, address=CAME))[wrong.pk][0] is True
    assert (state(wrong), state(kept)) == ("attended", "confirmed")
    assert told(confirm(city, shown, address=CAME))[wrong.pk][0] is False
    assert wrong.events.filter(verb="came_after_all").count() == 1


def test_the_desk_says_when_it_is_too_late_to_correct_and_who_may_not(tree, running):
    _programme, session, root = running
    wrong = booked(session, tree["unit_a"], root)
    over = timezone.now() - timedelta(days=8)
    session.starts_at, session.ends_at = over - timedelta(hours=2), over
    session.save()
    city = at_desk(tree["city"])
    mark_no_show(wrong, by=city.user, now=timezone.now())
    assert told(preview(city, wrong, address=CAME))[wrong.pk][0] is False
    unit = at_desk(tree["unit_a"], Role.GRASSROOTS_OFFICER)
    assert told(preview(unit, wrong, address=CAME))[wrong.pk][0] is False
    assert state(wrong) == "no_show"
