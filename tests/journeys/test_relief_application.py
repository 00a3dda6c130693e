"""A woman on her phone: what can I get, signing in to apply, her household, a photo, sending, how far it is."""

import pytest
from django.utils import timezone

from services.casework.models import KeptTyping
from services.organizations.enums import Kind, Role
from services.payments.actions import set_account
from services.relief.demo_standards import load
from services.relief.enums import Cause, ProgrammeKind
from services.relief.models import Application, Programme
from tests.casework import samples
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import small_tree
from tests.factories.relief import FundFactory, RouteFactory
from tests.factories.workers import WorkerFactory
from tests.journeys.test_worker_follows_her_application import add
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def her(settings):
    """A city whose emergency relief asks for the household as well."""
    city = (tree := small_tree())["city"]
    officer = post(city, Role.FEDERATION_OFFICER)
    for organization in (tree["county_a"], tree["unit_a"]):
        post(organization, Role.CASE_OFFICER)
    route = RouteFactory(organization=city, steps__level=Kind.COUNTY_UNION).code
    fund = FundFactory(organization=city)
    load(city, routes=dict.fromkeys(ProgrammeKind.values, route), fund=fund, by=officer, now=timezone.now())
    emergency = Programme.objects.get(kind=ProgrammeKind.EMERGENCY)
    emergency.conditions = [
        *emergency.conditions,
        {"code": "category_in", "categories": ["deep", "relative", "sudden"]},
    ]
    emergency.save()
    her = WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory())
    card = f"62179900{her.pk:08d}"
    set_account(her, holder="示例甲", bank="示例银行", bank_branch="", number=card, by=her.user, now=timezone.now())
    return her


@pytest.fixture
def photo(tmp_path):
    def write(name: str) -> str:
        (tmp_path / name).write_bytes(samples.photo(salt=name))
        return str(tmp_path / name)

    return write


def task(walker, zh: str, en: str) -> None:
    walker.go(walker.page.locator("a.row-link", has_text=walker.in_language(zh, en)).first)


def save(walker) -> None:
    walker.press("保存并继续", "Save and go on")


def test_from_the_question_to_the_number(walker, her, photo):
    page = walker.open("/help/apply/emergency/")
    walker.look("apply-visitor")
    walker.sign_in(her.user)
    page = walker.open("/help/apply/emergency/")
    walker.look("apply-begin")
    walker.press("同意并开始填写", "Agree and begin")
    walker.look("apply-begin-repair")
    page.locator("#id_agree").check()
    walker.press("同意并开始填写", "Agree and begin")
    walker.look("apply-tasks")
    task(walker, "您的基本情况", "About you")
    page.locator("#id_work").select_option("at_work")
    page.locator("#id_health").select_option("well")
    walker.look("apply-you")
    save(walker)
    _household(walker)
    _money(walker)
    _why_and_home(walker)
    _event(walker)
    task(walker, "申报材料", "Papers")
    add(walker, "diagnosis", photo("诊断.jpg"))
    add(walker, "bills", photo("票据.jpg"))
    _send(walker)
    application = Application.objects.unscoped().get()
    assert application.case.stage == "in_review" and application.declared_at
    assert not KeptTyping.objects.exists()


def _household(walker) -> None:
    page = walker.page
    task(walker, "家庭成员", "Your household")
    walker.look("apply-people-empty")
    walker.follow("添加一位家人", "Add a person")
    page.locator("#id_relation").select_option("child")
    page.locator("#id_name").fill("示例戊")
    page.locator("#id_birth_date").fill("1960-01-01")
    page.locator("#id_work").select_option("at_school")
    page.locator("#id_health").select_option("well")
    save(walker)
    walker.look("apply-person-repair")
    page.locator("#id_birth_date").fill("2012-09-01")
    page.locator("#id_school_stage").select_option("compulsory")
    save(walker)
    walker.look("apply-people")
    walker.follow("家人都在这里了，继续", "This is everybody: go on")


def _money(walker) -> None:
    page = walker.page
    task(walker, "家庭收支", "Money in and out")
    walker.look("apply-money-empty")
    page.get_by_role("link", name=walker.in_language("添加一项收入", "Add what comes in")).wait_for()
    walker.follow("添加一项收入", "Add what comes in")
    page.locator("#id_kind").select_option("wages")
    page.locator("#id_amount").fill("-5")
    save(walker)
    walker.look("apply-line-repair")
    page.locator("#id_amount").fill("2,100")
    page.locator(".keep-state", has_text=walker.in_language("已暂存", "Kept at")).wait_for()
    walker.look("apply-line")
    walker.open(page.url.removeprefix(walker.base_url))
    assert page.locator("#id_amount").input_value() == "2,100"
    walker.look("apply-line-kept")
    save(walker)
    walker.follow("添加一项刚性支出", "Add what must go out")
    page.locator("#id_kind").select_option("medical")
    page.locator("#id_amount").fill("30000")
    save(walker)
    walker.look("apply-money")
    walker.follow("都填好了，继续", "This is all: go on")


def _why_and_home(walker) -> None:
    page = walker.page
    task(walker, "致困原因", "Why money is short")
    page.locator(f"input[name=cause][value={Cause.SERIOUS_ILLNESS}]").check()
    walker.look("apply-causes")
    save(walker)
    task(walker, "住房与医保", "Home and insurance")
    page.locator("#id_address").fill("示例市甲县东河镇示例路1号")
    page.locator("input[name=marital][value=married]").check()
    page.locator("#id_housing").select_option("rented")
    page.locator("input[name=medical_insurance][value=employees]").check()
    walker.look("apply-home")
    save(walker)


def _event(walker) -> None:
    page = walker.page
    task(walker, "发生的事", "What happened")
    page.locator("input[name=event][value=serious_illness]").check()
    page.locator("#id_event_on").fill((timezone.localdate()).isoformat())
    page.locator("#id_cost").fill("35000")
    page.locator("#id_told").fill("示例：住院一个月。")
    walker.look("apply-event")
    save(walker)
    walker.look("apply-tasks-nearly")


def _send(walker) -> None:
    page = walker.page
    application = Application.objects.unscoped().get()
    walker.open(f"/help/application/{application.case.token}/")
    walker.look("apply-tasks-done")
    walker.follow("核对并提交", "Check your answers and send")
    walker.look("apply-check")
    walker.press("提交申请", "Send the application")
    walker.look("apply-check-repair")
    page.locator("#id_declares").check()
    page.locator("#id_lets_check").check()
    walker.press("提交申请", "Send the application")
    walker.look("apply-sent")
    walker.follow("查看办理进度", "See how far it is")
    walker.look("apply-case")
    walker.open("/my/")
    walker.look("apply-home-page")
