"""Places at the desk: given in one form, checked to the last one, returned, taken back, and all in the ledger."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from services.bookings.models import Allocation, AllocationEntry
from services.bookings.rules import proportional
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.factories.bookings import AllocationFactory
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    return programme_at(tree["city"], slots=100)


def url(name, *args):
    return reverse(f"screening_desk:{name}", args=args)


def held(programme, organization):
    rows = Allocation.objects.unscoped().filter(offering=programme.offering, organization=organization)
    return rows.values_list("slots", "passed_down", "used").first()


def give(client, programme, giver, **shares):
    data = {f"give-{key}": count for key, count in shares.get("to", {}).items()} | {"reason": "示例方案"}
    return client.post(url("give", programme.code, giver.code), data)


def test_no_place_changes_hands_without_a_reason_that_the_ledger_keeps(tree):
    programme, *_ = programme_at(tree["city"])
    city, held = at_desk(tree["city"]), f"give-{tree['county_a'].pk}"
    for name, place, said in (("places_open", (), {"slots": 150}), ("give", ("T",), {held: 10})):
        page = url(name, programme.code, *place)
        refused = city.post(page, said | {"reason": " "})
        assert list(refused.context["form"].errors) == ["reason"]
        assert city.post(page, said | {"reason": "示例会议纪要第3号"}).status_code == 302
    ledger = AllocationEntry.objects.filter(allocation__offering=programme.offering).exclude(by=None)
    assert set(ledger.values_list("kind", "reason")) == {
        (kind, "示例会议纪要第3号") for kind in ("opened", "given", "received")
    }


@given(total=st.integers(0, 5000), weights=st.lists(st.integers(0, 400), max_size=40))
def test_shares_sum_exactly_and_never_miss_the_exact_share_by_a_whole_place(total, weights):
    shares = proportional(total, weights)
    assert len(shares) == len(weights)
    if not any(weights):
        assert shares == [0] * len(weights)
        return
    assert sum(shares) == total
    assert all(
        abs(share * sum(weights) - total * weight) < sum(weights) for share, weight in zip(shares, weights, strict=True)
    )


def test_shares_of_known_numbers():
    assert proportional(10, [1, 1, 1]) == [4, 3, 3]
    assert proportional(400, [250, 150, 100, 50, 50, 100, 150, 150]) == [100, 60, 40, 20, 20, 40, 60, 60]
    assert proportional(5, [0, 0]) == [0, 0]
    with pytest.raises(ValueError):
        proportional(5, [1, -1])


def test_every_share_is_given_and_written_into_the_ledger(tree, running):
    programme, *_ = running
    city = at_desk(tree["city"])
    response = give(city, programme, tree["city"], to={tree["county_a"].pk: 60, tree["county_b"].pk: 25})
    assert response["Location"] == url("places_of", programme.code, "T")
    assert [held(programme, tree[name]) for name in ("city", "county_a", "county_b")] == [
        (100, 85, 0),
        (60, 0, 0),
        (25, 0, 0),
    ]
    page = city.get(url("places", programme.code))
    assert [(e.kind, e.change, e.passed_down_after, e.reason) for e in page.context["entries"]][:2] == [
        ("given", 25, 85, "示例方案"),
        ("given", 60, 60, "示例方案"),
    ]
    assert page.context["totals"] == {"slots": 85, "passed_down": 0, "used": 0, "left": 85}


def test_too_many_are_refused_beside_the_row_where_it_goes_wrong_and_none_is_given(tree, running):
    programme, *_ = running
    wrong = f"give-{tree['county_b'].pk}"
    response = give(
        at_desk(tree["city"]), programme, tree["city"], to={tree["county_a"].pk: 60, tree["county_b"].pk: 41}
    )
    form = response.context["form"]
    assert list(form.errors) == [wrong]
    assert (form[wrong].value(), form[f"give-{tree['county_a'].pk}"].value()) == ("41", "60")
    assert Allocation.objects.unscoped().count() == 1


@pytest.mark.parametrize("count", ["-1", "x", "1.5", "99999999999"])
def test_what_is_no_number_of_places_is_refused(tree, running, count):
    programme, *_ = running
    response = give(at_desk(tree["city"]), programme, tree["city"], to={tree["county_a"].pk: count})
    assert list(response.context["form"].errors) == [f"give-{tree['county_a'].pk}"]
    assert Allocation.objects.unscoped().count() == 1


def test_an_empty_form_and_a_foreign_child_give_nothing(tree, running):
    programme, *_ = running
    city = at_desk(tree["city"])
    assert give(city, programme, tree["city"]).context["form"].non_field_errors()
    response = give(city, programme, tree["city"], to={tree["unit_c"].pk: 5})
    assert response.context["form"].non_field_errors()
    assert Allocation.objects.unscoped().count() == 1


def test_when_the_last_places_went_meanwhile_the_whole_form_is_refused(tree, running, monkeypatch):
    programme, _session, root = running
    Allocation.objects.unscoped().filter(pk=root.pk).update(used=50)
    city = at_desk(tree["city"])
    from services.screening.desk import places

    monkeypatch.setattr(
        places.GivePlaces,
        "get_form_kwargs",
        lambda self: super(places.GivePlaces, self).get_form_kwargs() | {"children": self.children, "left": 100},
    )
    response = give(city, programme, tree["city"], to={tree["county_a"].pk: 40, tree["county_b"].pk: 40})
    assert list(response.context["form"].errors) == [f"give-{tree['county_b'].pk}"]
    assert held(programme, tree["city"]) == (100, 0, 50)
    assert Allocation.objects.unscoped().count() == 1


def test_a_suggestion_follows_women_members_and_gives_nothing_by_itself(tree, running):
    programme, *_ = running
    Organization.objects.filter(pk=tree["county_a"].pk).update(women_member_count=200, member_count=900)
    Organization.objects.filter(pk=tree["county_b"].pk).update(women_member_count=100, member_count=900)
    assert at_desk(tree["city"]).get(url("places_of", programme.code, "T-A")).status_code == 200
    page = at_desk(tree["city"]).get(url("give", programme.code, "T") + "?suggest=1")
    values = [row["field"].value() for row in page.context["rows"]]
    assert values == [67, 33]
    assert Allocation.objects.unscoped().count() == 1


def test_a_county_that_reported_no_members_counts_by_the_rosters_of_its_branch(tree, running):
    programme, *_ = running
    Organization.objects.filter(pk=tree["county_b"].pk).update(women_member_count=1, member_count=9)
    WorkerFactory.create_batch(2, organization=tree["unit_a"])
    WorkerFactory(organization=tree["town_a"])
    WorkerFactory(organization=tree["unit_b"], state="left")
    page = at_desk(tree["city"]).get(url("give", programme.code, "T") + "?suggest=1")
    assert [row["women"] for row in page.context["rows"]] == [3, 1]
    assert [row["field"].value() for row in page.context["rows"]] == [75, 25]
    assert page.context["unknown_members"] == 0


def test_the_county_hands_on_what_the_city_gave_and_the_city_takes_unused_places_back(tree, running):
    programme, *_ = running
    city, county = at_desk(tree["city"]), at_desk(tree["county_a"])
    give(city, programme, tree["city"], to={tree["county_a"].pk: 60})
    assert county.get(url("give", programme.code, "T")).status_code == 404
    give(county, programme, tree["county_a"], to={tree["town_a"].pk: 45})
    reclaim = url("reclaim", programme.code, "T-A")
    assert county.post(reclaim, {"count": 5, "reason": "示例"}).status_code == 403
    assert list(city.post(reclaim, {"count": 16, "reason": "示例"}).context["form"].errors) == ["count"]
    assert list(city.post(reclaim, {"count": 5, "reason": ""}).context["form"].errors) == ["reason"]
    assert held(programme, tree["county_a"]) == (60, 45, 0)
    assert city.post(reclaim, {"count": 15, "reason": "示例"})["Location"] == url("places_of", programme.code, "T")
    assert (held(programme, tree["city"]), held(programme, tree["county_a"])) == ((100, 45, 0), (45, 45, 0))


def test_a_union_sees_its_places_and_returns_what_it_does_not_need(tree, running):
    programme, session, root = running
    unit = AllocationFactory(offering=programme.offering, organization=tree["unit_c"], slots=10, parent=root)
    Allocation.objects.unscoped().filter(pk=root.pk).update(passed_down=10)
    booked(session, tree["unit_c"], unit)
    officer = at_desk(tree["unit_c"], Role.GRASSROOTS_OFFICER)
    page = officer.get(url("places", programme.code))
    assert (page.context["organization"], page.context["allocation"].used, page.context["allocation"].left) == (
        tree["unit_c"],
        1,
        9,
    )
    back = url("return", programme.code, "T-B-1")
    refused = officer.post(back, {"count": 10, "reason": "示例"})
    assert list(refused.context["form"].errors) == ["count"]
    assert [booking.worker.organization for booking in refused.context["affected"]] == [tree["unit_c"]]
    assert officer.post(back, {"count": 9, "reason": "示例"}).status_code == 302
    assert (held(programme, tree["unit_c"]), held(programme, tree["city"])) == ((1, 0, 1), (100, 1, 0))
    assert officer.post(url("give", programme.code, "T-B-1"), {}).status_code == 403


def test_places_taken_back_twice_are_refused_with_the_women_who_would_lose_theirs(tree, running):
    programme, session, root = running
    county = AllocationFactory(offering=programme.offering, organization=tree["county_a"], slots=6, parent=root)
    Allocation.objects.unscoped().filter(pk=root.pk).update(passed_down=6)
    women = [booked(session, tree[unit], county) for unit in ("unit_a", "unit_b")]
    booked(session, tree["unit_c"], root)
    city, page = at_desk(tree["city"]), url("reclaim", programme.code, "T-A")
    assert city.post(page, {"count": 4, "reason": "调剂"}).status_code == 302
    again = city.post(page, {"count": 4, "reason": "调剂"})
    assert list(again.context["form"].errors) == ["count"]
    assert [booking.pk for booking in again.context["affected"]] == [her.pk for her in reversed(women)]
    assert held(programme, tree["county_a"]) == (2, 0, 2)


def test_places_in_all_grow_and_shrink_down_to_what_is_free(tree, running):
    programme, *_ = running
    city = at_desk(tree["city"])
    give(city, programme, tree["city"], to={tree["county_a"].pk: 60})
    page = url("places_open", programme.code)
    assert list(city.post(page, {"slots": 59, "reason": "方案"}).context["form"].errors) == ["slots"]
    city.post(page, {"slots": 150, "reason": "方案"})
    assert held(programme, tree["city"]) == (150, 60, 0)
    city.post(page, {"slots": 60, "reason": "方案"})
    assert held(programme, tree["city"]) == (60, 60, 0)


def test_one_level_is_read_in_the_same_number_of_queries_at_any_width(tree, running):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    programme, *_ = running
    city = at_desk(tree["city"])
    counts = {}
    for name in ("places", "give"):
        page = url(name, programme.code, *(["T"] if name == "give" else []))
        city.get(page)
        with CaptureQueriesContext(connection) as few:
            city.get(page)
        counts[name] = len(few)
    for number in range(30):
        UnionFactory(parent=tree["city"], code=f"T-{number + 10}", kind="county_union")
    for name, count in counts.items():
        with CaptureQueriesContext(connection) as many:
            city.get(url(name, programme.code, *(["T"] if name == "give" else [])))
        assert len(many) == count
