"""A county inspector in a village: the network goes, she types on, it comes back; two signatures; the city draws, and
somebody who isn't signed in works the draw out again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from services.home_inspections.models import Answer, HomeDraw, Inspection, Photo
from services.home_inspections.queries.rubrics import asked_of_home, tree_of
from services.organizations.enums import Role
from tests.factories.enrolment import photo
from tests.factories.home_inspections import InspectionWorld, officer

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return InspectionWorld()


def _at(name: str, *arguments) -> str:
    return reverse(f"home_inspections_desk:{name}", args=arguments)


def test_a_county_inspects_in_a_village_and_the_city_draws(walker, world):
    one = world.planned()
    _in_the_field(walker, world, one)
    _signatures(walker, world, one)
    _draw(walker, world)


def _in_the_field(walker, world, one) -> None:
    page = walker.page
    walker.sign_in(world.inspectors[0])
    walker.open(_at("one", one.token))
    walker.look("inspection-planned")
    walker.press("开始现场检查", "Begin the visit")
    walker.look("inspection-sheet")
    asked = asked_of_home(tree_of(world.rubric), world.home.profile)
    first, *others = asked.values()
    page.context.set_offline(True)
    page.fill(f"[name='points-{first.code}']", "99")
    assert (
        f"{first.points:f}"
        in page.locator(f"#c-{first.code.replace('.', chr(92) + '.')} .inspection-wrong").inner_text()
    )
    for criterion in asked.values():
        page.fill(f"[name='points-{criterion.code}']", str(criterion.points))
    page.fill(f"[name='note-{first.code}']", "教室宽敞明亮")
    page.set_input_files(
        f"[form='photo-{first.code}'][type=file]",
        {"name": "village.jpg", "mimeType": "image/jpeg", "buffer": photo().read()},
    )
    page.locator(".inspection-photos li").first.wait_for()
    page.wait_for_timeout(1500)
    assert not Answer.objects.exists() and not Photo.objects.unscoped().exists()
    assert page.locator(".inspection-state.is-wrong").is_visible()
    walker.look("inspection-offline")
    page.context.set_offline(False)
    page.locator(".inspection-state", has_text=walker.in_language("已全部上传", "Everything is sent")).wait_for()
    answers = {answer.criterion.code: answer for answer in Answer.objects.select_related("criterion")}
    assert len(answers) == len(others) + 1
    assert answers[first.code].note == "教室宽敞明亮" and answers[first.code].device_at
    assert Photo.objects.unscoped().get().device_at
    page.reload()
    assert page.input_value(f"[name='note-{first.code}']") == "教室宽敞明亮"
    walker.press("完成并计分", "Finish and work out the score")
    walker.look("inspection-scored")


def _signatures(walker, world, one) -> None:
    page = walker.page
    walker.press("在评分表上签字", "Sign the sheet")
    walker.follow("请之家一方签字", "Let the home's side sign")
    page.fill("[name=name]", "示例校长")
    page.fill("[name=post]", "校长")
    page.check("[name=agrees]")
    walker.look("inspection-home-signs")
    walker.press("签字", "Sign")
    walker.sign_in(world.inspectors[1])
    walker.open(_at("one", one.token))
    walker.press("在评分表上签字", "Sign the sheet")
    walker.sign_in(world.county_officer)
    walker.open(_at("one", one.token))
    walker.follow("确认结论", "Confirm the verdict")
    walker.press("确认结论", "Confirm the verdict")
    walker.look("inspection-confirmed")
    done = Inspection.objects.unscoped().get(pk=one.pk)
    assert (done.state, done.passed) == ("confirmed", True)


def _draw(walker, world) -> None:
    page = walker.page
    walker.sign_in(world.city_officer)
    walker.open(_at("freeze"))
    _send(walker)
    assert "1/3" in page.inner_text("main")
    walker.look("draw-blocked")
    _the_others(world)
    _send(walker)
    draw = HomeDraw.objects.unscoped().get()
    walker.follow("录入种子", "Commit the seed")
    page.fill("[name=seed]", "2026-10-11|SEED|03 07 12 18 25 31")
    page.fill("[name=source]", "公开摇奖号码")
    HomeDraw.objects.unscoped().filter(pk=draw.pk)
    moment = localtime(draw.frozen_at) + timedelta(minutes=1)
    page.fill("[name=happened_at]", f"{localtime(draw.frozen_at) - timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.fill("[name=witnesses]", "示例纪检组")
    page.fill("[name=minutes]", "当众抄录")
    _send(walker)
    walker.look("draw-seed-too-early")
    assert page.input_value("[name=seed]") == "2026-10-11|SEED|03 07 12 18 25 31"
    _seed(world, draw, moment)
    walker.open(_at("draw", draw.token))
    walker.press("抽取之家", "Draw homes")
    walker.look("draw-drawn")
    walker.sign_out()
    walker.open(reverse("home_draws:draw", args=[draw.token]))
    page.locator("[data-verify-draw] button").click()
    page.locator("[data-verified=yes]").wait_for()
    walker.look("draw-verified")
    assert re.search(r"\b[0-9a-f]{64}\b", page.inner_text("main"))


def _the_others(world) -> None:
    for name in ("school_b", "nursery"):
        world.confirmed(home=world.homes[name])
    pair = [officer(world.tree["county_b"], Role.HOME_INSPECTOR) for _ in range(2)]
    world.confirmed(
        home=world.homes["school_c"], inspectors=pair, by=world.county_b_officer, confirm_by=world.county_b_officer
    )
    for _number in range(3):
        officer(world.tree["city"], Role.HOME_INSPECTOR)


def _seed(world, draw, moment) -> None:
    """A minute later, which a browser can't wait for."""
    from services.home_inspections.actions.draws import commit_seed

    commit_seed(
        draw,
        seed="2026-10-11|SEED|03 07 12 18 25 31",
        source="公开摇奖号码",
        happened_at=moment,
        witnesses="示例纪检组",
        minutes="当众抄录",
        by=world.city_officer,
        now=moment + timedelta(minutes=1),
    )


def _send(walker) -> None:
    walker.go(walker.page.locator("main form[method=post] button[type=submit]").last)
