"""Her place on the list, what moved it and why; officers who move her; cancelling late; a pause."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.bookings import actions as places
from services.bookings.enums import BookingState, Priority
from services.bookings.models import Booking, MissedPlace, Offering, PriorityChange, Session, WaitingEntry
from services.figures.actions import fold
from services.figures.queries import differences
from services.organizations.enums import Role
from services.screening import actions, queries, waiting_exporters
from services.screening.enums import Movement
from services.screening.queries import last_movement
from tests.screening.her_world import booked, her_world, signed_in, text, url
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return her_world(capacity=1)


@pytest.fixture
def line(world):
    """Three women wait, hers in the middle; all places are taken."""
    holders = [booked(world, world.woman(), session=session) for session in world.sessions]
    now = timezone.now()
    women = [world.woman(), world.worker, world.woman()]
    entries = [
        actions.join_waiting_list(world.programme, worker=her, by=her.user, now=now + timedelta(seconds=n))
        for n, her in enumerate(women)
    ]
    later = now + timedelta(minutes=5)
    return SimpleNamespace(
        holders=holders, entries=entries, hers=entries[1], now=later, officer=post(world.tree["city"])
    )


def moves(line, entry, to=Priority.NEXT, text="原场次取消", reason="organiser_cancelled"):
    return places.change_priority(entry, to=to, reason=reason, text=text, by=line.officer, now=line.now)


def last(entry) -> str | None:
    movement = last_movement(WaitingEntry.objects.unscoped().get(pk=entry.pk))
    return movement and movement.kind


def test_nothing_has_moved_a_woman_who_has_just_joined(line):
    assert [last(entry) for entry in line.entries] == [None, None, None]


def test_she_reads_what_moved_her(world, line):
    places.cancel_booking(line.holders[0], by=line.holders[0].worker.user, now=line.now)
    assert last(line.hers) == Movement.SERVED
    page = text(signed_in(world.user).get(url("waiting", line.hers.token)))
    assert "第 1 位" in page and "有名额空出" in page


def test_who_leaves_moves_those_behind_and_nobody_else(line):
    places.leave_waiting_list(line.entries[0], by=line.entries[0].worker.user, now=line.now)
    assert [last(entry) for entry in line.entries[1:]] == [Movement.LEFT, Movement.LEFT]
    places.leave_waiting_list(line.entries[2], by=line.entries[2].worker.user, now=line.now)
    assert last(line.hers) == Movement.LEFT


def test_a_group_served_first_that_joins_later_is_told(world, line):
    first = world.woman(employment_type="new_form")
    world.programme.terms.update(priority_employment_types=["new_form"])
    actions.join_waiting_list(world.programme, worker=first, by=first.user, now=line.now)
    assert last(line.hers) == Movement.GROUP_AHEAD


def test_somebody_put_ahead_or_behind_by_an_officer_is_told_without_a_name(world, line):
    entry, _change = moves(line, line.entries[2])
    assert last(line.hers) == Movement.OTHER_AHEAD
    page = text(signed_in(world.user).get(url("waiting", line.hers.token)))
    assert "第 3 位" in page and line.entries[2].worker.name not in page and "原场次取消" not in page
    line.now += timedelta(minutes=1)
    moves(line, entry, to=Priority.BEHIND)
    assert last(line.hers) == Movement.OTHER_BEHIND


def test_she_reads_the_reason_the_words_and_the_post_of_her_own_change_but_no_name(world, line):
    moves(line, line.hers)
    page = text(signed_in(world.user).get(url("waiting", line.hers.token)))
    assert "第 1 位" in page and "您的顺序被调前" in page
    assert "您此前的预约被主办方取消。说明：“原场次取消”" in page
    assert "总工会" in page and line.officer.username not in page


def test_her_history_goes_on_with_the_booking_she_got(world, line):
    moves(line, line.hers)
    places.cancel_booking(line.holders[0], by=line.holders[0].worker.user, now=line.now + timedelta(minutes=1))
    got = Booking.objects.own(worker=world.worker).get()
    page = text(signed_in(world.user).get(url("booking", got.token)))
    assert "您加入了候补" in page and "原场次取消" in page


def test_her_page_asks_the_same_number_of_queries_for_a_long_list(world, line):
    hers = signed_in(world.user)
    hers.get(url("waiting", line.hers.token))
    with CaptureQueriesContext(connection) as short:
        hers.get(url("waiting", line.hers.token))
    for _ in range(12):
        her = world.woman()
        entry = actions.join_waiting_list(world.programme, worker=her, by=her.user, now=line.now)
        moves(line, entry)
    moves(line, WaitingEntry.objects.unscoped().get(pk=line.hers.pk))
    with CaptureQueriesContext(connection) as long:
        hers.get(url("waiting", line.hers.token))
    assert len(long) == len(short)


def test_leaving_is_one_tap(world, line):
    hers = signed_in(world.user)
    assert hers.post(url("leave", line.hers.token)).status_code == 302
    assert WaitingEntry.objects.unscoped().get(pk=line.hers.pk).state == "left"


# --- the desk ---


def desk_page(entry) -> str:
    return reverse("screening_desk:priority", args=[entry.token])


def test_an_officer_changes_the_order_with_a_reason(world, line):
    city = at_desk(world.tree["city"])
    shown = city.get(reverse("screening_desk:waiting")).content.decode()
    assert desk_page(line.hers) in shown
    said = {"to": "2", "reason": "urgent", "text": "即将出差三个月"}
    assert city.post(desk_page(line.hers), said).status_code == 302
    kept = PriorityChange.objects.unscoped().get()
    assert (kept.entry_id, kept.after, kept.reason, kept.by) == (line.hers.pk, 2, "urgent", city.user)
    listed = [
        "即将出差三个月" in client.get(reverse("screening_desk:changes")).content.decode()
        for client in (city, at_desk(world.tree["county_b"]))
    ]
    assert listed == [True, False]


WAITING, CHANGES = (reverse(f"screening_desk:{name}") for name in ("waiting", "changes"))


def test_of_one_programme_the_list_is_the_order_of_the_queue_page_after_page(world, line, monkeypatch):
    moves(line, line.entries[2])
    monkeypatch.setattr("services.screening.desk.waiting.WaitingList.paginate_by", 2)
    city, seen = at_desk(world.tree["city"]), []
    address = f"{WAITING}?programme={world.programme.code}"
    while address:
        page = city.get(address).context
        seen += [(entry.pk, entry.place) for entry in page["object_list"]]
        address = page["next_url"]
    keys = [entry.pk for entry in line.entries]
    assert seen == [(keys[2], 1), (keys[0], 2), (keys[1], 3)]


def test_who_waits_no_more_has_a_dash_for_a_place_and_no_nought(world, line):
    places.leave_waiting_list(line.entries[0], by=line.entries[0].worker.user, now=line.now)
    page = at_desk(world.tree["city"]).get(WAITING)
    shown = [columns_of(row)["place"] for row in page.context["table"].rows]
    assert sorted(shown) == ["1", "2", "–"]


def columns_of(row) -> dict:
    """The values of a line of a Wagtail table, by column."""
    return {name: column.get_value(row.instance) for name, column in row.columns.items()}


@pytest.mark.parametrize("address", [WAITING, CHANGES])
def test_a_woman_is_looked_for_without_her_name_or_number_in_the_address(world, line, address):
    moves(line, line.hers)
    city, her = at_desk(world.tree["city"]), world.worker
    assert "q" not in city.get(address).context["filters"].form.changed_data
    for typed, shown in ((her.phone, True), ("19900009999", False)):
        led = city.post(f"{address}find/", {"text": typed, "within": ""})["Location"]
        assert typed not in led
        assert (her.token in led) is shown
    keys = [
        getattr(row, "entry_id", row.pk) for row in city.get(f"{address}?person={her.token}").context["object_list"]
    ]
    assert keys == [line.hers.pk]
    assert list(at_desk(world.tree["county_b"]).get(f"{address}?person={her.token}").context["object_list"]) == []


def test_several_women_are_moved_at_once_after_a_preview_of_each(world, line):
    city = at_desk(world.tree["city"])
    moves(line, line.entries[0])
    act, within = reverse("screening_desk:waiting_order"), f"programme={world.programme.code}"
    preview = city.post(act, {"which": "all", "within": within})
    assert [entry.good for entry in preview.context["lines"]] == [True, True, True]
    assert PriorityChange.objects.unscoped().count() == 1
    places.leave_waiting_list(line.entries[2], by=line.entries[2].worker.user, now=line.now)
    said = {"to": "2", "reason": "organiser_cancelled", "text": "原场次取消", "within": within}
    done = city.post(act, said | {"sealed": preview.context["sealed"]})
    assert sorted(outcome.good for outcome in done.context["lines"]) == [False, False, True]
    assert set(PriorityChange.objects.unscoped().values_list("entry", flat=True)) == {line.entries[0].pk, line.hers.pk}


def test_whoever_may_not_reorder_moves_nobody(world, line):
    local = at_desk(world.tree["county_a"])
    preview = local.post(reverse("screening_desk:waiting_order"), {"entry": [line.hers.token], "within": ""})
    assert [entry.good for entry in preview.context["lines"]] == [False]


def test_the_lists_leave_as_workbooks_masked_and_with_the_place_of_each(world, line):
    moves(line, line.entries[2])
    officer = post(world.tree["city"])
    found = waiting_exporters.WAITING.find(officer, QueryDict(f"programme={world.programme.code}"), False)
    rows = list(waiting_exporters.WAITING.lines(found.rows, False))
    by_key = [line.entries[2], line.entries[0], line.entries[1]]
    assert [row[0] for row in rows] == [1, 2, 3]
    assert [row[1] for row in rows] == [entry.worker.masked_name for entry in by_key]
    (change,) = waiting_exporters.CHANGES.lines(waiting_exporters.CHANGES.find(officer, QueryDict(), False).rows, False)
    assert (change[1], change[6]) == (line.entries[2].worker.masked_name, "原场次取消")


def test_places_worked_out_for_all_at_once_are_those_of_each(world, line):
    now = line.now
    for number, session in enumerate([world.sessions[0], None, world.sessions[1], world.sessions[0], None]):
        worker = world.woman()
        WaitingEntry.objects.create(
            offering=world.programme.offering,
            session=session,
            worker=worker,
            priority=number % 2,
            created_at=now,
            changed_at=now,
        )
    one_by_one = {entry.pk: entry.place for entry in queries.waiting_in_order(post(world.tree["city"]))}
    assert queries.places_in(world.programme.offering_id) == one_by_one


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": ""}, "reason"), ({"text": ""}, "text"), ({"to": "9"}, "to"), ({"text": "电话19900001234"}, "text")],
)
def test_a_change_that_is_not_one_is_named_beside_its_field(world, line, change, field):
    said = {"to": "2", "reason": "urgent", "text": "不宜久等"} | change
    page = at_desk(world.tree["city"]).post(desk_page(line.hers), said)
    assert page.status_code == 200 and list(page.context["form"].errors) == [field]
    assert not PriorityChange.objects.unscoped().exists()


def test_readers_see_the_list_but_may_not_move_and_strangers_find_nothing(world, line):
    local = at_desk(world.tree["county_a"])
    assert desk_page(line.hers) not in local.get(reverse("screening_desk:waiting")).content.decode()
    assert local.get(desk_page(line.hers)).status_code == 403
    assert at_desk(world.tree["county_b"]).get(desk_page(line.hers)).status_code == 404
    assert at_desk(world.tree["city"], role=Role.FINANCE_OFFICER).get(desk_page(line.hers)).status_code == 404


def test_the_report_counts_what_staff_changed_and_leads_to_as_many_rows(world, line):
    moves(line, line.entries[2])
    moves(line, line.hers)
    fold()
    assert differences() == []
    city = at_desk(world.tree["city"])
    month = f"{timezone.localtime(line.now):%Y-%m}"
    for narrowed in ({"month": month}, {"reason": "organiser_cancelled"}, {"programme": world.programme.code}):
        page = city.get(reverse("screening_desk:changes"), {"year": "2026", "union": "T", **narrowed})
        assert len(page.context["object_list"]) == 2
    assert len(city.get(reverse("screening_desk:changes"), {"month": "2026-99"}).context["object_list"]) == 0
    nonsense = city.get(reverse("screening_desk:changes"), {"month": "nonsense"})
    assert list(nonsense.context["filters"].form.errors) == ["month"]


def many(client, kind: str, booking: Booking, **data):
    """Preview, then confirm what the preview would do."""
    address = reverse(f"screening_desk:bookings_{kind}")
    shown = client.post(address, {"booking": [booking.token]})
    if shown.context["count"]:
        client.post(address, {"sealed": shown.context["sealed"], "within": "", **data})
    return shown.context["lines"][0]


def test_the_desk_marks_who_did_not_come_and_excuses(world):
    booking = booked(world)
    city = at_desk(world.tree["city"])
    assert "尚未结束" in many(city, "absent", booking).words
    assert "没有计入" in many(city, "excuse", booking, reason="unable").words
    past = timezone.now() - timedelta(days=1)
    Session.objects.filter(pk=booking.session_id).update(starts_at=past - timedelta(hours=3), ends_at=past)
    assert many(city, "absent", booking).good
    booking.refresh_from_db()
    assert (booking.state, MissedPlace.objects.unscoped().count()) == (BookingState.NO_SHOW, 1)
    assert not many(city, "absent", booking).good
    assert many(city, "excuse", booking, reason="unable").good
    assert MissedPlace.objects.unscoped().count() == 0


# --- missed places ---


def rules(world, **said):
    Offering.objects.filter(pk=world.programme.offering_id).update(
        **{"late_cancel_hours": 24 * 30, "consequence": "pause", "missed_limit": 1, **said}
    )


def test_she_is_told_before_she_cancels_late_and_paused_afterwards_with_a_way_out(world):
    rules(world)
    booking, hers = booked(world), signed_in(world.user)
    page = text(hers.get(url("cancel", booking.token)))
    assert "现在取消算作临期取消" in page and "可请工会干部代约" in page
    hers.post(url("cancel", booking.token))
    paused = text(hers.get(url("book")))
    assert "您暂时不能自行预约" in paused and "可请工会干部代约" in paused
    answer = hers.post(url("join"), {"session": "any"})
    assert "可请工会干部代约" in text(answer) and not WaitingEntry.objects.unscoped().exists()


def test_cancelling_in_time_is_just_cancelling(world):
    rules(world, late_cancel_hours=72)
    booking, hers = booked(world), signed_in(world.user)
    assert "临期" not in text(hers.get(url("cancel", booking.token)))
    hers.post(url("cancel", booking.token))
    assert not MissedPlace.objects.unscoped().exists()


def test_a_reminder_stands_beside_the_times_and_bars_nothing(world):
    rules(world, consequence="warning")
    booking, hers = booked(world), signed_in(world.user)
    hers.post(url("cancel", booking.token))
    page = hers.get(url("book"))
    assert "如不能前来请尽早取消" in text(page) and page.context["form"] is not None
    assert hers.post(url("book"), {"session": world.sessions[1].token}).status_code == 302


def test_the_programme_says_what_follows_from_missed_places(world):
    rules(world)
    assert "不能前来怎么办" in text(signed_in(world.user).get(url("programme")))
