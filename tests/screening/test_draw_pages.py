"""Her way through a draw, the page everybody may check, and the officer's page."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings import actions as bookings
from services.bookings import errors as places
from services.bookings.enums import BookingState, DrawOutcome, DrawState, EntryState, Missed, OfferingState
from services.bookings.models import Draw, DrawEntry, DrawLine, MissedPlace, Offering
from services.foundation import clock
from services.organizations.enums import Role
from services.privacy.actions import withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.screening import actions, errors
from services.workers.models import Worker
from tests.bookings.draw_world import NUMBER, announce
from tests.screening.her_world import CODE, HerWorld, her_world, signed_in, text, url
from tests.screening.people import at_desk, booked, post, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> HerWorld:
    """Sign-up opened a minute ago, the list of the draw closes tomorrow."""
    built = her_world(capacity=1, opens_at=timezone.now() - timedelta(minutes=1), state=OfferingState.DRAFT)
    drawn(built)
    return built


def drawn(built: HerWorld) -> Draw:
    now = timezone.now()
    officer = post(built.tree["city"])
    draw = announce(built.programme.offering, officer, now=now - timedelta(hours=1), freezes_at=now + timedelta(days=1))
    Offering.objects.filter(pk=built.programme.offering_id).update(state=OfferingState.OPEN)
    built.programme.refresh_from_db()
    return draw


def draw_of(built: HerWorld) -> Draw:
    return built.programme.offering.draws.select_related("offering__organization").order_by("-number").first()


def day_of_number(draw: Draw) -> datetime:
    return timezone.make_aware(datetime.combine(draw.number_on, time(16)))


def enter(built: HerWorld, worker: Worker) -> DrawEntry:
    return actions.enter_draw(built.programme, worker=worker, by=worker.user, now=timezone.now())


def give(built: HerWorld) -> Draw:
    draw, officer = draw_of(built), post(built.tree["city"])
    draw = bookings.freeze_draw(draw, by=None, now=draw.freezes_at)
    draw = bookings.enter_number(draw, typed=NUMBER, by=officer, now=day_of_number(draw))
    bookings.start_giving(draw, by=officer, now=day_of_number(draw))
    bookings.give_drawn_places(draw.pk, now=day_of_number(draw))
    return draw_of(built)


def test_booking_leads_to_the_draw_and_one_tap_enters_her(world):
    client = signed_in(world.user)
    assert "参加抽签" in text(client.get(url("programme")))
    assert client.get(url("book")).url == url("draw")
    client.post(url("draw"), {"any_session": "on"})
    entry = DrawEntry.objects.own(worker=world.worker).get()
    assert entry.number in text(client.get(url("draw")))
    assert entry.number in text(client.get("/my/"))
    client.post(url("leave_draw"))
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT
    assert entry.number not in text(client.get("/my/"))


def test_she_chooses_times_in_her_order_and_changes_them(world):
    client = signed_in(world.user)
    second, first = world.sessions[1], world.sessions[2]
    client.post(url("draw"), {"first": first.token, "second": second.token})
    entry = DrawEntry.objects.own(worker=world.worker).get()
    assert [choice.session for choice in entry.choices.all()] == [first, second]
    assert entry.any_session is False
    client.post(url("draw"), {"first": second.token, "any_session": "on"})
    entry = DrawEntry.objects.own(worker=world.worker).get()
    assert [choice.session for choice in entry.choices.all()] == [second]


@pytest.mark.parametrize("first", ["nonsense", "x" * 500, "\x00"])
def test_a_time_that_was_not_offered_is_refused_beside_the_field(world, first):
    answer = signed_in(world.user).post(url("draw"), {"first": first})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not DrawEntry.objects.own(worker=world.worker).exists()


def test_without_consent_she_is_asked_for_it_first(world):
    withdraw_consent(standing_consent(world.user, Purpose.SCREENING), by=world.user, now=timezone.now())
    client = signed_in(world.user)
    assert client.post(url("draw"), {"any_session": "on"}).url == url("book")
    assert client.get(url("book")).url == url("consent")


def test_a_pause_holds_for_the_draw_as_well_and_her_officer_can_enter_her(world):
    Offering.objects.filter(pk=world.programme.offering_id).update(consequence="pause", missed_limit=1, pause_days=30)
    world.programme.refresh_from_db()
    _programme, session, root = programme_at(world.tree["city"])
    missed = booked(session, world.tree["unit_a"], root, state=BookingState.NO_SHOW)
    MissedPlace.objects.unscoped().create(
        booking=missed, worker=world.worker, kind=Missed.NO_SHOW, on=timezone.localdate()
    )
    client = signed_in(world.user)
    assert "您暂时不能自行预约" in text(client.get(url("draw")))
    client.post(url("draw"), {"any_session": "on"})
    with pytest.raises(places.BookingPaused):
        enter(world, world.worker)
    assert not DrawEntry.objects.unscoped().exists()
    officer = post(world.tree["unit_a"], Role.GRASSROOTS_OFFICER)
    entry = actions.enter_draw(world.programme, worker=world.worker, by=officer, now=timezone.now())
    assert entry.state == EntryState.ENTERED


def test_who_may_not_take_part_can_not_enter(world):
    young = world.woman(birth_date=timezone.localdate() - timedelta(days=20 * 365))
    with pytest.raises(errors.NotEligible):
        enter(world, young)


def test_who_ceases_to_meet_the_rules_is_passed_over_and_told(world):
    entry = enter(world, world.worker)
    Worker.objects.own(pk=world.worker.pk).update(joined_on=None)
    give(world)
    assert DrawLine.objects.own(entry=entry).get().outcome == DrawOutcome.INELIGIBLE
    assert "轮到您的编号时，您已不符合条件" in text(signed_in(world.user).get(url("draw")))


def test_withdrawing_her_consent_names_the_draw_and_leaves_it(world):
    entry = enter(world, world.worker)
    client = signed_in(world.user)
    assert "退出“女职工免费体检”的抽签" in text(client.get(reverse("privacy:withdraw", args=["screening"])))
    withdraw_consent(standing_consent(world.user, Purpose.SCREENING), by=world.user, now=timezone.now())
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT


def test_a_drawn_woman_finds_her_place_and_its_ground(world):
    enter(world, world.worker)
    draw = give(world)
    line = DrawLine.objects.own(draw=draw).get()
    assert line.booking.eligibility.findings
    shown = text(signed_in(world.user).get(url("draw")))
    assert "抽签为您分到名额" in shown
    assert "抽签分到这个名额" in text(signed_in(world.user).get(url("booking", line.booking.token)))


def test_the_public_page_says_everything_and_names_nobody(world, client):
    enter(world, world.worker)
    address = f"/draws/{draw_of(world).token}/"
    assert "截止时在此公布名单和校验值" in text(client.get(address))
    assert client.get(f"{address}list.txt").status_code == client.get(f"{address}order.txt").status_code == 404
    draw = give(world)
    page = client.get(address, {"entry": DrawEntry.objects.unscoped().get().number.lower()})
    for said in (draw.frozen_digest, draw.public_number, draw.source, draw.where, "分到名额"):
        assert said in text(page)
    for answer in (page, client.get(f"{address}list.txt"), client.get(f"{address}order.txt")):
        assert world.worker.name not in answer.content.decode()
        assert world.worker.organization.name not in answer.content.decode()


def test_the_public_page_doesnt_call_a_number_unknown_once_its_day_has_come(world, client, monkeypatch):
    enter(world, world.worker)
    draw = draw_of(world)
    address = f"/draws/{draw.token}/"
    assert "现在谁也不知道" in text(client.get(address))
    monkeypatch.setattr(clock, "today", lambda: draw.number_on)
    page = text(client.get(address))
    assert "现在谁也不知道" not in page and "主办方还没有录入" in page


@pytest.mark.parametrize(
    "query", [{"entry": "x" * 400}, {"entry": "\x00"}, {"p": "-1"}, {"p": "nonsense"}, {"entry": ""}]
)
def test_odd_questions_to_the_public_page_are_no_fault(world, client, query):
    enter(world, world.worker)
    assert client.get(f"/draws/{give(world).token}/", query).status_code == 200


def test_the_draw_of_a_programme_in_preparation_is_not_found(world, client):
    Offering.objects.filter(pk=world.programme.offering_id).update(state=OfferingState.DRAFT)
    assert client.get(f"/draws/{draw_of(world).token}/").status_code == 404


def test_a_void_draw_and_the_one_in_its_place_name_each_other(world, client):
    enter(world, world.worker)
    draw = bookings.freeze_draw(draw_of(world), by=None, now=draw_of(world).freezes_at)
    bookings.enter_number(draw, typed="387673", by=post(world.tree["city"]), now=day_of_number(draw))
    bookings.correct_number(
        draw, typed=NUMBER, reason="末两位输反", by=post(world.tree["city"]), now=day_of_number(draw)
    )
    old, new = (text(client.get(f"/draws/{token}/")) for token in (draw.token, draw_of(world).token))
    assert "末两位输反" in old
    assert "末两位输反" in new
    assert ("387673" in old, NUMBER in new) == (True, True)


def test_the_public_page_costs_the_same_for_few_and_for_many(world, client, django_assert_max_num_queries):
    for _ in range(30):
        enter(world, world.woman())
    draw = give(world)
    with django_assert_max_num_queries(10):
        client.get(f"/draws/{draw.token}/", {"entry": "AAAA-AAAA"})


def test_an_officer_announces_a_draw_and_sees_what_is_wrong_beside_the_field():
    built = her_world(opens_at=timezone.now() + timedelta(days=1))
    desk, now = at_desk(built.tree["city"]), timezone.localtime()
    address = f"/admin/screening/of/{CODE}/draw/announce/"
    fields = {
        "mode": "draw",
        "after_draw": "waiting",
        "freezes_at": f"{now + timedelta(days=3):%Y-%m-%d %H:%M}",
        "number_on": f"{now + timedelta(days=3):%Y-%m-%d}",
        "digits": "6",
        "source": "上证综合指数收盘点位",
        "where": "上海证券交易所网站",
    }
    assert "number_on" in desk.post(address, fields).context["form"].errors
    assert "digits" in desk.post(address, fields | {"digits": "3"}).context["form"].errors
    later = {"number_on": f"{now + timedelta(days=4):%Y-%m-%d}"}
    assert desk.post(address, fields | later).status_code == 302
    assert draw_of(built).state == DrawState.ANNOUNCED
    assert "上证综合指数收盘点位" in text(desk.get(f"/admin/screening/of/{CODE}/draw/"))


def test_the_number_is_typed_twice_alike(world):
    enter(world, world.worker)
    draw = bookings.freeze_draw(draw_of(world), by=None, now=draw_of(world).freezes_at)
    Draw.objects.filter(pk=draw.pk).update(number_on=timezone.localdate())
    desk, address = at_desk(world.tree["city"]), f"/admin/screening/of/{CODE}/draw/number/"
    assert "again" in desk.post(address, {"typed": "387637", "again": "387673"}).context["form"].errors
    assert "typed" in desk.post(address, {"typed": "38", "again": "38"}).context["form"].errors
    assert desk.post(address, {"typed": "3,876.37", "again": "3,876.37"}).status_code == 302
    assert draw_of(world).public_number == NUMBER
