"""Mutual aid in a browser: a worker claims on her phone, supplies and is paid; a refusal is won back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.casework import actions as casework
from services.casework.models import KeptTyping
from services.mutual_aid.models import Claim
from services.payments.models import Payable
from services.payments.registry import watchers
from tests.casework import samples
from tests.factories.claims import approved, at_decision, claims_world, fresh, looked, refused, sent
from tests.journeys.test_officer_works_on_cases import enter
from tests.journeys.test_relief_application import save, task
from tests.journeys.test_worker_follows_her_application import add

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world():
    return claims_world()


@pytest.fixture
def photo(tmp_path):
    def write(name: str) -> str:
        (tmp_path / name).write_bytes(samples.photo(salt=name))
        return str(tmp_path / name)

    return write


def _case(walker, claim) -> None:
    walker.open(f"/my/cases/{claim.case.token}/")


def test_a_worker_claims_on_her_phone_supplies_what_is_missing_and_is_paid(walker, world, photo):
    walker.sign_in(world.her.user)
    _looks_it_up(walker, world)
    _states(walker)
    task(walker, "申报材料", "Papers")
    walker.look("claim-papers")
    add(walker, "pathology", photo("病理.jpg"))
    claim = _sends(walker)
    asked = [casework.AskedItem("discharge", "请补充出院小结")]
    casework.return_case(fresh(claim).case, items=asked, by=world.officers["union"], now=timezone.now())
    _case(walker, claim)
    walker.look("claim-returned")
    walker.follow("去补充", "Supply it")
    add(walker, "discharge", photo("出院.jpg"))
    walker.press("提交补充的材料", "Send what was missing")
    approved(world, at_decision(world, fresh(claim)))
    _case(walker, claim)
    walker.look("claim-granted")
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    _case(walker, claim)
    walker.look("claim-paid")
    assert fresh(claim).case.stage == "closed"


def _looks_it_up(walker, world) -> None:
    page = walker.open("/my/claims/")
    walker.look("claim-start")
    walker.press("查询", "Look it up")
    walker.look("claim-start-repair")
    page.locator("#id_diagnosed").fill(world.diagnosed.isoformat())
    walker.press("查询", "Look it up")
    walker.look("claim-covered")
    walker.press("开始申领", "Begin the claim")
    walker.look("claim-tasks")


def _states(walker) -> None:
    page = walker.page
    task(walker, "确诊情况", "The diagnosis")
    page.locator("input[name=disease][value=breast]").check()
    save(walker)
    walker.look("claim-diagnosis-repair")
    page.locator("input[name=grade][value=invasive_primary]").check()
    save(walker)
    task(walker, "就诊与治疗", "Hospital and treatment")
    page.locator("#id_hospital").fill("示例肿瘤医院")
    page.locator(".keep-state", has_text=walker.in_language("已暂存", "Kept at")).wait_for()
    walker.open(page.url.removeprefix(walker.base_url))
    assert page.locator("#id_hospital").input_value() == "示例肿瘤医院"
    page.locator("#id_hospital_level").select_option("level_3")
    page.locator("input[name=hospitalised][value=yes]").check()
    page.locator("#id_hospital_days").fill("9")
    page.locator("input[name=surgery][value=yes]").check()
    walker.look("claim-treatment")
    save(walker)


def _sends(walker) -> Claim:
    claim = Claim.objects.unscoped().select_related("case").get()
    walker.open(f"/my/claims/{claim.case.token}/account/")
    walker.look("claim-account-known")
    walker.open(f"/my/claims/{claim.case.token}/")
    walker.look("claim-tasks-done")
    walker.follow("核对并提交", "Check your answers and send")
    walker.press("提交申领", "Send the claim")
    walker.look("claim-check-repair")
    walker.page.locator("#id_declares").check()
    walker.press("提交申领", "Send the claim")
    walker.look("claim-sent")
    claim.refresh_from_db()
    assert claim.case.stage == "in_review"
    assert not KeptTyping.objects.exists()
    return claim


def test_a_refused_claim_is_appealed_and_won(walker, world):
    claim = refused(world, at_decision(world, sent(world)), "pre_existing", words="入会体检有结节记录。")
    walker.sign_in(world.her.user)
    _case(walker, claim)
    walker.look("claim-refused")
    walker.follow("申请复核", "Ask for another look")
    walker.press("申请复核", "Ask for another look")
    walker.look("claim-appeal-repair")
    walker.page.locator("#id_words").fill("体检结节为良性，附三级医院复核。")
    walker.press("申请复核", "Ask for another look")
    walker.look("claim-appealed")
    walker.sign_out()
    _reopened_at_the_desk(walker, world, claim)
    claim = fresh(claim)
    casework.approve(claim.case, by=looked(world, claim, "county_two"), now=timezone.now())
    walker.sign_out()
    walker.sign_in(world.her.user)
    _case(walker, claim)
    walker.look("claim-won")
    assert fresh(claim).benefit.amount == 10000


def _reopened_at_the_desk(walker, world, claim) -> None:
    """A second officer opens the diagnosis on record, reads her reason, and lets it be reviewed again."""
    enter(walker, world.officers["county_two"])
    page = walker.open(reverse("casework_desk:case", args=[claim.case.token]))
    walker.look("claim-desk-closed")
    page.locator("#id_canned").select_option("appeal")
    walker.press("打开", "Open it")
    walker.look("claim-desk-open")
    page.get_by_text("体检结节为良性").wait_for()
    walker.go(page.locator("a[href$='/papers/']").first)
    walker.look("claim-desk-papers")
    walker.open(reverse("casework_desk:act", args=[claim.case.token, "reopen"]))
    page.locator("#id_reason").fill("同意复审，材料已补齐。")
    walker.go(page.locator("button[type=submit].button").first)
    claim = fresh(claim)
    assert (claim.case.stage, claim.case.position) == ("in_review", 2)


def test_an_officer_of_the_unit_states_without_seeing_the_diagnosis(walker, world):
    claim = sent(world)
    enter(walker, world.officers["union"])
    page = walker.open(reverse("casework_desk:case", args=[claim.case.token]))
    assert "示例肿瘤医院" not in page.content()
    walker.look("claim-desk-unit")
    walker.follow("出具单位证明", "Write the statement")
    page.locator("#id_statement").fill("该职工在岗，已请病假。")
    walker.look("claim-desk-statement")
    walker.go(page.locator(".desk-form button[type=submit]"))
    walker.look("claim-desk-stated")
    assert fresh(claim).statement


def test_the_lists_of_claims_and_the_look_back(walker, world):
    for her in (world.her, *(world.woman() for _ in range(5))):
        approved(world, at_decision(world, sent(world, her)))
    for payable in Payable.objects.unscoped():
        watchers["mutual_aid"].paid(payable, now=timezone.now())
    for _ in range(5):
        world.woman()
    enter(walker, world.officers["city"])
    page = walker.open("/admin/mutual-aid-claims/benefits/")
    walker.look("claims-benefits")
    walker.open("/admin/mutual-aid-claims/visits/")
    walker.look("claims-visits")
    walker.go(page.locator("table.listing tbody a").first)
    walker.look("claims-visit")
    page.locator("input[name=state][value=confirmed]").check()
    walker.go(page.locator(".desk-form button[type=submit]"))
    walker.open("/admin/mutual-aid-claims/look-back/")
    walker.look("claims-look-back")
    walker.go(page.locator(".desk-form button[type=submit]"))
    walker.look("claims-looked-back")
