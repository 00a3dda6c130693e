"""Pools of a screening programme: whose they are by her facts, at the desk, on the public page, in the ledger."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.bookings import actions as places
from services.bookings.errors import PoolNotHers
from services.bookings.models import Allocation, Booking, Pool
from services.bookings.queries.auditing import audit
from services.bookings.queries.pools import pools_of
from services.figures.actions import fold
from services.figures.models import Cell
from services.organizations.enums import Role
from services.screening import actions
from services.screening.rules import Facts, fulfils
from tests.factories.bookings import PoolFactory
from tests.factories.organizations import small_tree
from tests.screening.her_world import her_world, signed_in, text
from tests.screening.people import at_desk, post, programme_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    return programme_at(tree["city"], slots=100)


def url(name, *args):
    return reverse(f"screening_desk:{name}", args=args)


def root_of(programme, pool=None):
    rows = Allocation.objects.unscoped().filter(offering=programme.offering, parent=None)
    return rows.get(pool=pool) if pool else rows.get(pool__general=True)


def kept_for(programme, count, **fields) -> Pool:
    officer = post(programme.organization)
    pool = places.create_pool(programme.offering, position=10, by=officer, now=timezone.now(), **fields)
    places.move_places(root_of(programme), to=pool, count=count, by=officer, reason="方案")
    return pool


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, True),
        ({"employment_types": ["new_form", "dispatch"]}, True),
        ({"employment_types": ["contract"]}, False),
        ({"posts": ["司机", "环卫"]}, True),
        ({"posts": ["教师"]}, False),
        ({"unscreened_years": 2}, True),
        ({"unscreened_years": 3}, False),
        ({"employment_types": ["new_form"], "unscreened_years": 3}, False),
        ({"never heard of": 1}, False),
    ],
)
def test_a_woman_draws_on_a_pool_when_she_meets_all_of_its_conditions(conditions, expected):
    facts = Facts(employment_type="new_form", last_screening=date(2024, 6, 1))
    assert fulfils(conditions, facts=facts, post="网约车司机", on=DAY) is expected


def test_an_unknown_fact_opens_no_pool():
    asked = {"unscreened_years": 2}
    assert not fulfils(asked, facts=Facts(), post="", on=DAY)
    assert fulfils(asked, facts=Facts(never_screened=True), post="", on=DAY)
    assert not fulfils({"employment_types": ["new_form"]}, facts=Facts(), post="", on=DAY)


@given(last=st.dates(date(2010, 1, 1), DAY), years=st.integers(1, 20), later=st.integers(0, 4000))
def test_who_is_unscreened_long_enough_stays_so(last, years, later):
    facts, asked = Facts(last_screening=last), {"unscreened_years": years}
    if fulfils(asked, facts=facts, post="", on=DAY):
        assert fulfils(asked, facts=facts, post="", on=DAY + timedelta(days=later))


def test_she_books_from_the_pool_of_her_group_and_others_learn_why_not():
    world = her_world(slots=5)
    pool = kept_for(world.programme, 5, name="新就业形态", conditions={"employment_types": ["new_form"]})
    rider = world.woman(employment_type="new_form")
    held = actions.book(world.programme, session=world.sessions[0], worker=rider, by=rider.user, now=timezone.now())
    assert Booking.objects.unscoped().get(pk=held.pk).allocation.pool == pool
    with pytest.raises(PoolNotHers):
        actions.book(world.programme, session=world.sessions[0], worker=world.worker, by=world.user, now=timezone.now())
    page = text(signed_in(world.user).get(reverse("screening:book", args=[world.programme.code])))
    assert "新就业形态" in page and "还有名额，但按您的登记信息，这些名额留给其他人群" in page
    assert "您所在工会还可预约" not in page


def test_booking_asks_no_more_questions_with_pools_than_without():
    world = her_world(slots=20)

    def asked(do) -> int:
        with CaptureQueriesContext(connection) as queries:
            do()
        return len(queries)

    def costs() -> list[int]:
        her, now = world.woman(employment_type="new_form"), timezone.now()
        booking = {"session": world.sessions[2], "worker": her, "by": her.user, "now": now}
        held = []
        hold = asked(lambda: held.append(actions.book(world.programme, **booking)))
        return [hold, asked(lambda: actions.confirm(held[0], by=her.user, now=now))]

    costs()
    before = costs()
    for number in range(3):
        kept_for(world.programme, 3, name=f"专用{number}", conditions={"employment_types": ["new_form"]})
    assert costs() == before


def test_promotion_gives_the_place_of_a_group_to_the_group_alone():
    world = her_world(slots=1)
    pool = kept_for(world.programme, 1, name="新就业形态", conditions={"employment_types": ["new_form"]})
    first, second = (world.woman(employment_type="new_form") for _ in range(2))
    now = timezone.now()
    held = actions.book(world.programme, session=world.sessions[0], worker=first, by=first.user, now=now)
    for seconds, her in enumerate((world.worker, second)):
        when = now + timedelta(seconds=seconds)
        actions.join_waiting_list(world.programme, worker=her, by=her.user, now=when)
    actions.cancel(held, by=first.user, now=now)
    offered = Booking.objects.unscoped().get(state="offered")
    assert (offered.worker, offered.allocation.pool) == (second, pool)


def test_the_public_page_tells_what_is_left_in_each_pool_and_when_it_goes_back():
    world = her_world(slots=50)
    day = timezone.now() + timedelta(days=9)
    page = reverse("screening:programme", args=[world.programme.code])
    assert "名额怎么分" not in text(Client().get(page))
    general = root_of(world.programme).pool
    kept_for(
        world.programme, 12, name="三年未筛查", conditions={"unscreened_years": 3}, returns_at=day, returns_to=general
    )
    shown = text(Client().get(page))
    assert "三年未筛查 余 12 个名额" in shown and "公开名额 余 38 个名额" in shown
    assert "限最近 3 年内未做过筛查的女职工。" in shown
    assert f"{timezone.localtime(day):%Y}" in shown and "转入“公开名额”" in shown


def test_an_officer_makes_a_pool_moves_places_and_gives_them_down(tree, running):
    programme, *_ = running
    city = at_desk(tree["city"])
    general = root_of(programme).pool
    day = timezone.localtime() + timedelta(days=20)
    made = city.post(
        url("pool_add", programme.code),
        {
            "name": "环卫和司机",
            "employment_types": ["contract"],
            "posts": "环卫，司机, 司机",
            "unscreened_years": "2",
            "position": "5",
            "returns_at": f"{day:%Y-%m-%d %H:%M}",
            "returns_to": general.pk,
        },
    )
    pool = Pool.objects.get(name="环卫和司机")
    assert made["Location"] == f"{url('places', programme.code)}?pool={pool.token}"
    assert pool.conditions == {
        "employment_types": ["contract"],
        "posts": ["环卫", "司机"],
        "unscreened_years": 2,
    }
    move = url("transfer", programme.code, "T")
    refused = city.post(move, {"to": pool.pk, "count": 101, "reason": "方案"})
    assert list(refused.context["form"].errors) == ["count"]
    city.post(move, {"to": pool.pk, "count": 40, "reason": "方案"})
    shares = {f"give-{tree['county_a'].pk}": 15, "reason": "方案"}
    city.post(f"{url('give', programme.code, 'T')}?pool={pool.token}", shares)
    page = city.get(f"{url('places', programme.code)}?pool={pool.token}")
    assert [(tab["share"].pool, tab["share"].allocation.left) for tab in page.context["tabs"]] == [
        (pool, 25),
        (general, 60),
    ]
    assert page.context["totals"]["slots"] == 15
    back = city.post(f"{url('reclaim', programme.code, 'T-A')}?pool={pool.token}", {"count": 15, "reason": "用不完"})
    assert back["Location"] == f"{url('places_of', programme.code, 'T')}?pool={pool.token}"
    assert audit(programme.offering) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "已有"}, "name"),
        ({"unscreened_years": "0"}, "unscreened_years"),
        ({"posts": ",".join(f"岗{n}" for n in range(21))}, "posts"),
        ({"returns_at": "2020-01-01 08:00", "returns_to": "general"}, "returns_at"),
        ({"returns_at": "2999-01-01 08:00"}, "returns_to"),
        ({"returns_to": "general"}, "returns_at"),
        ({"position": "x"}, "position"),
    ],
)
def test_a_wrong_field_of_a_pool_is_named_and_nothing_entered_is_lost(tree, running, wrong, field):
    programme, *_ = running
    PoolFactory(offering=programme.offering, name="已有")
    wrong = {key: root_of(programme).pool.pk if value == "general" else value for key, value in wrong.items()}
    data = {"name": "新池", "position": "5", "posts": "司机"} | wrong
    response = at_desk(tree["city"]).post(url("pool_add", programme.code), data)
    assert field in response.context["form"].errors
    assert response.context["form"]["posts"].value() == data["posts"]
    assert not Pool.objects.filter(name="新池").exists()


def test_a_pool_of_another_programme_is_not_found(tree, running):
    programme, *_ = running
    city, strange = at_desk(tree["city"]), PoolFactory()
    assert city.get(url("pool", programme.code, strange.pk)).status_code == 404
    assert city.get(f"{url('places', programme.code)}?pool={strange.pk}").status_code == 404
    assert city.get(f"{url('places', programme.code)}?pool=x").status_code == 404


def test_a_county_reads_its_own_lines_and_nothing_of_its_neighbour(tree, running):
    programme, _session, root = running
    officer = post(tree["city"])
    actions.give_many(root, shares=[(tree["county_a"], 30), (tree["county_b"], 20)], by=officer, reason="方案")
    page = at_desk(tree["county_b"]).get(url("ledger", programme.code))
    rows = [row for row, _held in page.context["page"].object_list]
    assert [(row.line.count, row.source.left, row.target.left) for row in rows] == [(20, None, 20)]
    assert tree["county_a"].name not in text(page)
    everything = at_desk(tree["city"]).get(url("ledger", programme.code))
    assert [row.total for row, _held in everything.context["page"].object_list] == [100, 100, 100]


def test_the_ledger_is_narrowed_and_taken_along_as_a_workbook(tree, running):
    programme, _session, root = running
    pool = kept_for(programme, 10, name="环卫")
    actions.give_many(root, shares=[(tree["county_a"], 30)], by=post(tree["city"]), reason="方案")
    city, ledger = at_desk(tree["city"]), url("ledger", programme.code)
    assert len(city.get(ledger).context["page"].object_list) == 3
    assert len(city.get(f"{ledger}?pool={pool.token}").context["page"].object_list) == 1
    assert len(city.get(f"{ledger}?organization=T-A").context["page"].object_list) == 1
    assert city.get(f"{ledger}?pool=zzz&organization=%00&page=x").status_code == 200
    book = load_workbook(BytesIO(city.get(f"{ledger}?export=xlsx").getvalue()))
    rows = list(book.worksheets[-1].iter_rows(values_only=True))
    explained = {row[0] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert {f"列：{heading}" for heading in rows[0]} <= explained
    assert any(row[2] == 30 and tree["county_a"].name in row for row in rows)


def test_the_ledger_costs_the_same_whatever_its_length(tree, running):
    programme, _session, root = running
    city, ledger, officer = at_desk(tree["city"]), url("ledger", programme.code), post(tree["city"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            city.get(ledger)
        return len(queries)

    asked()
    before = asked()
    for _ in range(4):
        actions.give_many(root, shares=[(tree["county_a"], 2), (tree["county_b"], 1)], by=officer, reason="方案")
    assert asked() == before


def test_too_few_places_are_refused_with_where_they_are_and_who_would_lose_hers():
    world, now = her_world(slots=3), timezone.now()
    held = [
        actions.book(
            world.programme, session=world.sessions[0], worker=her, by=her.user, now=now + timedelta(minutes=n)
        )
        for n, her in enumerate((world.worker, world.woman(name="陈小梅")))
    ]
    kept_for(world.programme, 1, name="环卫")
    fewer = {"slots": 1, "reason": "方案"}
    response = at_desk(world.tree["city"]).post(url("places_open", world.programme.code), fewer)
    assert list(response.context["form"].errors) == ["slots"]
    assert [pool.left for pool in response.context["pools"]] == [1, 0]
    assert list(response.context["affected"]) == held[1:]
    shown = text(response)
    assert held[1].number in shown and "陈*梅" in shown and "陈小梅" not in shown
    assert audit_of_places(world) == (3, 2)


def audit_of_places(world) -> tuple[int, int]:
    pools = list(pools_of(world.programme.offering))
    return sum(pool.slots for pool in pools), sum(pool.used for pool in pools)


def test_a_place_that_went_back_is_counted_once_where_it_had_been_given(tree, running):
    programme, _session, root = running
    officer = post(tree["city"])
    (county,) = actions.give_many(root, shares=[(tree["county_a"], 30)], by=officer, reason="方案")
    (unit,) = actions.give_many(county, shares=[(tree["unit_a"], 10)], by=officer, reason="方案")
    places.return_places(unit, count=4, by=officer, reason="用不完")
    places.reclaim_places(county, count=3, by=officer, reason="用不完")
    pool = kept_for(programme, 20, name="环卫")
    held = root_of(programme, pool)
    (deep,) = actions.give_many(held, shares=[(tree["county_b"], 8)], by=officer, reason="方案")
    general, now = root_of(programme).pool, timezone.now()
    Pool.objects.filter(pk=pool.pk).update(returns_at=now - timedelta(hours=1), returns_to=general)
    assert places.return_due(now) == 20 and deep.left == 8
    fold()

    def total(count, organization) -> int:
        cells = Cell.objects.filter(count=count, path=organization.path, dimension="", key="")
        return sum(cells.values_list("total", flat=True))

    assert [total("screening-received", tree[name]) for name in ("city", "county_a", "unit_a", "county_b")] == [
        *(48, 40, 10, 8),
    ]
    assert [total("screening-returned", tree[name]) for name in ("city", "county_a", "unit_a", "county_b")] == [
        *(15, 7, 4, 8),
    ]
    assert total("screening-places", tree["city"]) == 100


def test_a_county_officer_moves_her_own_places_only(tree, running):
    programme, _session, root = running
    pool = PoolFactory(offering=programme.offering)
    actions.give_many(
        root, shares=[(tree["county_a"], 30), (tree["county_b"], 20)], by=post(tree["city"]), reason="方案"
    )
    county = at_desk(tree["county_a"])
    data = {"to": pool.pk, "count": 5, "reason": "调剂"}
    assert county.post(url("transfer", programme.code, "T-A"), data).status_code == 302
    assert county.post(url("transfer", programme.code, "T-B"), data).status_code == 404
    clerk = at_desk(tree["county_a"], Role.GRASSROOTS_OFFICER)
    assert clerk.post(url("transfer", programme.code, "T-A"), data).status_code == 403
    assert audit(programme.offering) == []
