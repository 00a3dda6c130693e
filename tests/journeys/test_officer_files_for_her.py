"""An officer files in the name of a woman without a telephone who lives alone: her signature, her file, her papers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.relief.models import Application
from tests.casework import samples
from tests.factories.households import relief_world
from tests.factories.workers import WorkerFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    made = relief_world()
    made.alone = WorkerFactory(organization=made.tree["unit_a"], user=None)
    return made


def test_for_a_woman_who_lives_alone(walker, world, tmp_path):
    _she_signs(walker, world)
    _who_lives_there(walker)
    _what_comes_in(walker)
    _why_and_where(walker)
    _papers_and_handing_in(walker, tmp_path)
    application = Application.objects.unscoped().select_related("case", "household").get()
    assert (application.case.stage, application.case.filed_by) == ("in_review", "representative")
    assert application.household.particulars["alone"] == "yes" and application.declared_at


def _save(walker) -> None:
    walker.press("保存", "Save")


def _she_signs(walker, world) -> None:
    page, today = walker.page, timezone.localdate()
    walker.sign_in(world.officers["union"])
    walker.open(reverse("relief_desk:find"))
    page.locator("#id_number").fill(world.alone.id_number)
    walker.press("搜索", "Search")
    page.locator("#id_programme").select_option("filing")
    page.locator("input[name=way][value=paper]").check()
    page.locator("#id_signed_on").fill(today.isoformat())
    page.locator("#id_valid_until").fill((today + timedelta(days=30)).isoformat())
    page.locator("#id_notice").check()
    walker.look("for-her-begin")
    walker.press("开始申请", "Begin the application")
    walker.look("for-her-empty")


def _who_lives_there(walker) -> None:
    page = walker.page
    walker.follow("家庭成员", "Members of the household")
    _save(walker)
    page.locator("#id_alone").wait_for()
    walker.look("for-her-nobody-said")
    page.locator("#id_alone").check()
    _save(walker)


def _what_comes_in(walker) -> None:
    page = walker.page
    walker.follow("收入和支出", "Income and spending")
    page.locator("#id_income-0-kind").select_option("wages")
    page.locator("#id_income-0-yearly").fill("9,000")
    walker.look("for-her-money")
    _save(walker)


def _why_and_where(walker) -> None:
    page = walker.page
    walker.follow("致困原因", "Causes")
    page.locator("#id_cause").select_option("laid_off")
    _save(walker)
    walker.follow("住址、住房、医保", "Address, housing, insurance")
    page.locator("#id_address").fill("示例市甲县东河镇示例路9号")
    for name, code in (
        ("marital", "single"),
        ("housing", "rented"),
        ("medical_insurance", "employees"),
        ("work", "laid_off"),
        ("health", "well"),
    ):
        page.locator(f"#id_{name}").select_option(code)
    _save(walker)


def _papers_and_handing_in(walker, folder) -> None:
    page = walker.page
    (folder / "申请书.jpg").write_bytes(samples.photo(salt="signed"))
    page.locator("#id_kind").select_option("application")
    page.locator("#id_files").set_input_files(str(folder / "申请书.jpg"))
    walker.press("添加", "Add it")
    walker.look("for-her-complete")
    walker.press("提交", "Hand it in")
    walker.look("for-her-not-declared")
    page.locator("#id_declares").check()
    page.locator("#id_lets_check").check()
    walker.press("提交", "Hand it in")
    walker.look("for-her-handed-in")
