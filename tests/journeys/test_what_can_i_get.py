"""A woman on her phone asks what she can get; an officer tries a programme and writes its next version."""

import pytest
from django.utils import timezone

from services.organizations.enums import Kind, Role
from services.relief.demo_standards import load
from services.relief.enums import ProgrammeKind
from tests.factories.organizations import UnionFactory
from tests.factories.relief import FundFactory, RouteFactory
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer():
    city = UnionFactory(kind=Kind.CITY_UNION, name="示例市总工会")
    officer = post(city, Role.FEDERATION_OFFICER)
    route = RouteFactory(organization=city).code
    fund = FundFactory(organization=city)
    load(city, routes=dict.fromkeys(ProgrammeKind.values, route), fund=fund, by=officer, now=timezone.now())
    return officer


def test_six_plain_questions_tell_her_what_fits_and_why(walker, officer):
    page = walker.open("/help/")
    walker.look("help-start")
    walker.follow("开始", "Begin")
    walker.press("继续", "Continue")
    page.get_by_role("alert").wait_for()
    walker.look("help-repair")
    page.get_by_label(walker.in_language("是", "Yes"), exact=True).check()
    walker.press("继续", "Continue")
    page.locator("#id_persons").fill("3")
    page.locator("input[value=alone]").check()
    page.locator("input[value=college]").check()
    walker.look("help-home")
    walker.press("继续", "Continue")
    page.locator("#id_monthly").fill("4,000")
    page.locator("#id_rigid").fill("24000")
    walker.look("help-money")
    walker.press("继续", "Continue")
    page.locator("input[value=serious_illness]").check()
    page.locator("#id_cost").fill("35000")
    walker.look("help-event")
    walker.press("查看结果", "Show the answer")
    page.get_by_text("5,000.00").first.wait_for()
    walker.look("help-answer")
    assert "?" not in page.url


def test_an_officer_tries_a_programme_and_writes_its_next_version(walker, officer):
    walker.sign_in(officer)
    page = walker.open("/admin/relief/programmes/")
    walker.look("relief-programmes")
    walker.go(page.get_by_role("link", name="金秋助学").first)
    page.locator("#id_persons").fill("3")
    page.locator("#id_income").fill("60000")
    page.locator("#id_rigid").fill("40000")
    page.locator("#id_stage").select_option("college")
    walker.press("试算", "Try it")
    page.get_by_text("555.55").first.wait_for()
    walker.look("relief-programme")
    walker.open("/admin/relief/programmes/study-aid/edit/")
    walker.look("relief-programme-edit")
    page.locator("#id_stage_college_on_file").fill("5500")
    walker.press("保存草稿", "Save the draft")
    walker.follow("检查并启用", "Check and put in force")
    walker.look("relief-activate")
    walker.press("启用", "Put in force")
    page.get_by_text("5500").first.wait_for()
    walker.open("/admin/relief/lines/")
    walker.look("relief-lines")
    walker.open("/admin/relief/tests/")
    walker.look("relief-tests")
