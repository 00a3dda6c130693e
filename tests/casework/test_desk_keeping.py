"""Routes, deputies, words to choose from and exceptions to working days, kept by staff without a developer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from services.casework.enums import RouteState
from services.casework.models import CannedReason, DayException, Deputy, ReviewRoute
from services.organizations.enums import Role
from tests.casework.notice_world import signed_in
from tests.factories.casework import MONDAY

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def city(world):
    return signed_in(world.officers["city"])


@pytest.fixture
def desk(world):
    return signed_in(world.officers["union"])


def url(name: str, *args) -> str:
    return reverse(f"casework_desk:{name}", args=args)


def shown(client, name: str, *args) -> str:
    answer = client.get(url(name, *args))
    assert answer.status_code == 200
    return answer.content.decode()


def steps(*rows, given: int = 0) -> dict:
    data = {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": given}
    for number, (kind, level, days, order) in enumerate(rows):
        fields = {"kind": kind, "level": level, "working_days": days, "ORDER": order}
        data |= {f"steps-{number}-{name}": value for name, value in fields.items()}
    return data


VERIFY, DECIDE = ("verify", "grassroots_union", "3", "1"), ("approve", "county_union", "5", "2")
EMPTY = ("", "", "3", "")
PROMISED = {"contact_days": 3, "decision_days": 20, "appeal_days": 30, "objection_days": 10, "name": "困难帮扶流程"}


def described(world, **more) -> dict:
    return {"code": "hardship", "service": "allowance", "organization": world.tree["city"].code} | PROMISED | more


def test_a_route_is_drawn_up_put_in_force_and_followed_by_another_version(world, city):
    answer = city.post(url("route_add"), described(world) | steps(DECIDE, VERIFY, EMPTY))
    assert answer["Location"] == url("route", "hardship", 1)
    assert list(ReviewRoute.objects.get(code="hardship").steps.values_list("position", "kind")) == [
        (1, "verify"),
        (2, "approve"),
    ]
    assert "Put in force" in shown(city, "route", "hardship", 1)
    city.post(url("route_activate", "hardship", 1))
    assert ReviewRoute.objects.get(code="hardship").state == RouteState.ACTIVE
    answer = city.post(url("route_next", "hardship", 1))
    assert answer["Location"] == url("route_edit", "hardship", 2)
    assert 'value="困难帮扶流程"' in shown(city, "route_edit", "hardship", 2)
    visit = ("home_visit", "township_union", "4", "2")
    last = (*DECIDE[:3], "3")
    changed = PROMISED | {"decision_days": 25} | steps(VERIFY, last, visit, given=2)
    assert city.post(url("route_edit", "hardship", 2), changed).status_code == 302
    city.post(url("route_activate", "hardship", 2))
    first, second = ReviewRoute.objects.filter(code="hardship").order_by("version")
    assert (first.state, second.state, second.decision_days) == (RouteState.RETIRED, RouteState.ACTIVE, 25)
    assert list(second.steps.values_list("kind", flat=True)) == ["verify", "home_visit", "approve"]
    assert first.steps.count() == 2


def test_a_step_ticked_for_removal_is_gone(world, city):
    city.post(url("route_add"), described(world) | steps(VERIFY, DECIDE, ("file", "city_union", "2", "3")))
    given = PROMISED | steps(VERIFY, DECIDE, ("file", "city_union", "2", "3"), given=3) | {"steps-2-DELETE": "on"}
    city.post(url("route_edit", "hardship", 1), given)
    assert ReviewRoute.objects.get(code="hardship").steps.count() == 2


def test_what_keeps_a_route_from_being_put_in_force_is_listed_at_once(world, city):
    city.post(url("route_add"), described(world) | steps(("file", "city_union", "2", "1")))
    for text in (shown(city, "route", "hardship", 1), city.post(url("route_activate", "hardship", 1)).content.decode()):
        assert "Add a step that checks the papers." in text and "Have exactly one step that decides." in text
    assert ReviewRoute.objects.get(code="hardship").state == RouteState.DRAFT


def test_nothing_typed_is_lost_when_a_step_is_faulty(world, city):
    wrong = steps(VERIFY, ("approve", "", "0", "2"))
    text = city.post(url("route_add"), described(world, contact_days=30) | wrong).content.decode()
    assert "The first answer can&#x27;t come later than the decision." in text
    assert "This is needed." in text and 'value="困难帮扶流程"' in text
    assert not ReviewRoute.objects.filter(code="hardship").exists()
    taken = city.post(url("route_add"), described(world, code=world.route.code) | steps(VERIFY, DECIDE))
    assert "There is a route with this code" in taken.content.decode()


def test_a_version_that_was_in_force_is_changed_by_nobody(world, city):
    address = url("route_edit", world.route.code, 1)
    given = PROMISED | steps(VERIFY, DECIDE)
    text = city.post(address, given).content.decode()
    assert "A version that was put in force never changes." in text and world.route.steps.count() == 2


def test_those_below_read_the_route_and_change_nothing(world, desk):
    assert str(world.route) in shown(desk, "routes")
    text = shown(desk, "route", world.route.code, 1)
    assert "New version" not in text
    for name in ("route_edit", "route_activate"):
        assert desk.get(url(name, world.route.code, 1)).status_code == 403
    assert desk.post(url("route_next", world.route.code, 1)).status_code == 403
    assert desk.get(url("route_add")).status_code == 403
    assert desk.get(url("route", world.route.code, 9)).status_code == 404


def test_she_names_her_deputy_and_ends_it(world, desk):
    me, colleague = world.officers["union"], world.officers["union_two"]
    given = {"absent": me.pk, "deputy": colleague.pk, "valid_from": TODAY, "valid_until": TODAY + timedelta(days=4)}
    assert desk.post(url("deputy_add"), given)["Location"] == url("deputies")
    assert colleague.full_name in shown(desk, "deputies")
    named = Deputy.objects.get()
    assert signed_in(world.officers["county"]).post(url("deputy_end", named.pk)).status_code == 404
    assert signed_in(colleague).post(url("deputy_end", named.pk)).status_code == 403
    assert me.full_name in shown(signed_in(colleague), "deputies")
    desk.post(url("deputy_end", named.pk))
    assert not Deputy.objects.exists()


def test_a_deputy_without_the_post_is_refused_beside_the_field(world, desk):
    me, county = world.officers["union"], world.officer("unit_b")
    given = {"absent": me.pk, "deputy": me.pk, "valid_from": TODAY, "valid_until": TODAY - timedelta(days=1)}
    assert "Nobody can be her own deputy." in desk.post(url("deputy_add"), given).content.decode()
    answer = desk.post(url("deputy_add"), given | {"deputy": county.pk})
    assert answer.context["form"].errors["deputy"]
    wrong = desk.post(url("deputy_add"), given | {"deputy": world.officers["union_two"].pk})
    assert wrong.context["form"].errors["valid_until"]
    assert not Deputy.objects.exists()


def test_a_federation_officer_names_a_deputy_for_somebody_below(world, city):
    given = {
        "absent": world.officers["union"].pk,
        "deputy": world.officers["union_two"].pk,
        "valid_from": TODAY,
        "valid_until": TODAY,
    }
    assert city.post(url("deputy_add"), given).status_code == 302
    others = signed_in(world.officers["county"])
    assert others.post(url("deputy_add"), given).context["form"].errors["absent"]


def test_words_are_kept_by_an_organisation_for_those_below_it(world):
    county = signed_in(world.officers["county"])
    words = {"verb": "refuse", "title": "超标准", "text": "您家人均收入高于标准。", "service": ""}
    assert county.post(url("reason_add"), words | {"organization": world.tree["county_a"].code}).status_code == 302
    reason = CannedReason.objects.get()
    assert "超标准" in shown(signed_in(world.officers["union"]), "reasons")
    assert "超标准" not in shown(signed_in(world.officer("county_b")), "reasons")
    union = signed_in(world.officers["union"])
    assert union.get(url("reason", reason.pk)).status_code == 403
    outside = county.post(url("reason_add"), words | {"organization": world.tree["city"].code})
    assert outside.context["form"].errors["organization"]
    changed = words | {"title": "收入超标", "organization": world.tree["county_a"].code}
    county.post(url("reason", reason.pk), changed)
    assert CannedReason.objects.get().title == "收入超标"
    assert union.post(url("reason_drop", reason.pk)).status_code == 403
    county.post(url("reason_drop", reason.pk))
    assert not CannedReason.objects.exists()


def test_words_need_a_title_and_a_text(world):
    county = signed_in(world.officers["county"])
    answer = county.post(url("reason_add"), {"verb": "refuse", "organization": world.tree["county_a"].code})
    assert set(answer.context["form"].errors) == {"title", "text"} and not CannedReason.objects.exists()


def test_a_working_day_is_set_and_cleared_at_the_top_alone(world, city, desk):
    top = signed_in(world.officer("city", role=Role.PLATFORM_ADMINISTRATOR))
    keeper = city if city.get(url("day_set")).status_code == 200 else top
    keeper.post(url("day_set"), {"day": "2026-05-06", "working": "no", "name": "防汛"})
    made = DayException.objects.get()
    assert (made.day, made.working) == (date(2026, 5, 6), False)
    assert "防汛" in shown(desk, "days") and "2026-05-06" in shown(keeper, "days")
    assert desk.get(url("day_set")).status_code == 403 and desk.get(url("day_clear", made.pk)).status_code == 403
    assert keeper.post(url("day_set"), {"day": "31.2.", "working": ""}).context["form"].errors.keys() >= {"day"}
    keeper.post(url("day_clear", made.pk))
    assert not DayException.objects.exists()
