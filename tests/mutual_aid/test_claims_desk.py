"""The desk of claims: what a unit sees, what whoever decides sees and when, refusing, sums, claiming in her name."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.casework import actions as casework
from services.casework.models import Document, Recusal
from services.messaging.models import Message
from services.mutual_aid.actions import adjudicating
from services.mutual_aid.claim_exporters import BENEFITS, NOMINATIONS
from services.mutual_aid.errors.claims import PaidDifferently
from services.mutual_aid.models import Benefit, Claim
from services.organizations.enums import Role
from services.payments.models import Payable
from services.payments.registry import watchers
from services.privacy.models import AccessRecord
from tests.casework import samples
from tests.factories.casework import AuthorisationFactory
from tests.factories.claims import (
    HOSPITAL,
    TOLD,
    approved,
    at_decision,
    claims_world,
    decided,
    drafted,
    fresh,
    looked,
    refused,
    sent,
    stated,
)
from tests.factories.households import officer_at
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db

# What tells of the diagnosis of ``tests.factories.claims``.
TELLING = ("乳腺癌", "Invasive", "浸润", HOSPITAL, TOLD, "breast", "invasive_primary")


@pytest.fixture
def world():
    return claims_world()


@pytest.fixture
def desk(client):
    """A client signed in as an officer."""

    def as_(officer):
        client.force_login(officer, backend="services.accounts.backends.StaffPassword")
        client.cookies["language"] = "en"
        return client

    return as_


def _case(claim) -> str:
    return reverse("casework_desk:case", args=[claim.case.token])


def _to(name: str, claim, *rest) -> str:
    return reverse(f"claims_desk:{name}", args=[claim.case.token, *rest])


def _told(response) -> list[str]:
    said = response.content.decode()
    return [word for word in TELLING if word in said]


def test_the_unit_states_and_sees_no_diagnosis_and_opens_no_paper(world, desk):
    claim = sent(world)
    client = desk(world.officers["union"])
    page = client.get(_case(claim))
    assert page.status_code == 200
    assert _told(page) == []
    assert "Your statement needs none of it" in page.content.decode()
    document = Document.objects.get(case=claim.case)
    Document.objects.filter(pk=document.pk).update(scan="clean")
    assert client.get(reverse("casework_papers:one", args=[document.token])).status_code == 403
    assert client.post(_to("look", claim), {"canned": "decide"}).status_code == 403
    assert client.get(_to("papers", claim)).status_code == 403
    answer = client.post(_to("statement", claim), {"statement": "该职工在岗，已请病假。"})
    assert answer["Location"] == _case(claim)
    assert fresh(claim).stated_by == world.officers["union"]


def test_the_unit_is_offered_no_decision(world, desk):
    claim = sent(world)
    page = desk(world.officers["union"]).get(_case(claim))
    assert {one.verb for one in page.context["buttons"]} == {"pass_step", "return"}


def test_whoever_decides_reads_the_diagnosis_only_after_a_look_on_record(world, desk):
    claim = at_decision(world, sent(world))
    officer = world.officers["county"]
    client = desk(officer)
    assert _told(client.get(_case(claim))) == []
    assert client.post(_to("look", claim), {"canned": "", "words": ""}).status_code == 302
    assert not AccessRecord.objects.filter(viewer=officer).exists()
    client.post(_to("look", claim), {"canned": "decide"})
    shown = client.get(_case(claim)).content.decode()
    assert "乳腺癌" in shown
    assert HOSPITAL in shown
    assert "示例互助保障办法" in shown
    assert AccessRecord.objects.get(viewer=officer).organization_path == claim.case.path


def test_a_page_that_shows_the_diagnosis_leads_back_to_the_look(world, desk):
    claim = at_decision(world, sent(world))
    client = desk(world.officers["county"])
    for name, rest in (("papers", ()), ("sum", ()), ("second_sum", ()), ("refuse", ("refuse",))):
        answer = client.get(_to(name, claim, *rest))
        assert answer["Location"] == f"{_case(claim)}#aid-look", name


def test_refusing_asks_for_a_code_and_proposes_the_rules_own(world, desk):
    claim = at_decision(world, sent(world, hospital_level="level_1"))
    client = desk(looked(world, claim))
    page = client.get(_to("refuse", claim, "refuse"))
    assert page.context["form"].initial["reason"] == "hospital_level"
    seen = claim.case.version
    assert client.post(_to("refuse", claim, "refuse"), {"seen": seen, "reason": ""}).status_code == 200
    answer = client.post(_to("refuse", claim, "refuse"), {"seen": seen, "reason": "hospital_level", "words": ""})
    assert answer["Location"] == _case(claim)
    assert (fresh(claim).case.stage, fresh(claim).reason) == ("refused", "hospital_level")


def test_upholding_names_no_reason_on_the_timeline_either(world, desk):
    claim = refused(world, at_decision(world, sent(world)), "pre_existing")
    adjudicating.appeal_with(claim, words="请再看。", by=world.her.user, now=world.now)
    claim = fresh(claim)
    client = desk(looked(world, claim, "county_two"))
    data = {"seen": claim.case.version, "reason": "cis_excluded", "words": "病理为原位癌"}
    client.post(_to("refuse", claim, "uphold"), data)
    claim = fresh(claim)
    assert (claim.case.stage, claim.reason) == ("refused", "cis_excluded")
    assert "癌" not in "".join(claim.case.events.values_list("reason", flat=True))


def test_papers_and_sums_are_judged_at_the_desk(world, desk):
    claim = at_decision(world, sent(world))
    client = desk(looked(world, claim))
    day = world.diagnosed.isoformat()
    data = {"diagnosed": day, "disease": "breast", "grade": "in_situ", "hospital_level": "level_3"}
    data |= {"hospitalised": "yes", "hospital_days": "12", "surgery": "yes"}
    assert client.post(_to("papers", claim), data).status_code == 302
    assert set(fresh(claim).findings_of_staff) == {"grade"}
    assert fresh(claim).computed == 2000
    data |= {"diagnosed": (timezone.localdate() + timedelta(days=2)).isoformat()}
    assert client.post(_to("papers", claim), data).context["form"].errors["diagnosed"]
    wrong = client.post(_to("sum", claim), {"amount": "-1", "ends_cover": "yes", "because": "按协议"})
    assert wrong.context["form"].errors["amount"]
    client.post(_to("sum", claim), {"amount": "1500", "ends_cover": "yes", "because": "按协议减少"})
    client = desk(looked(world, claim, "county_two"))
    client.post(_to("second_sum", claim), {"amount": "1500"})
    assert (fresh(claim).amount, fresh(claim).seconded_by) == (Decimal(1500), world.officers["county_two"])


def test_a_claim_out_of_her_reach_isnt_there(world, desk):
    claim = sent(world)
    other = world.tree["county_b"]
    client = desk(officer_at(other))
    assert client.get(_to("statement", claim)).status_code == 404


def test_nothing_telling_stands_in_any_list_workbook_message_or_log(world, desk, caplog):
    """The privacy canary: one claim from beginning to payment, and a refused one; then everything is searched."""
    claim = decided(world)
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    refused(world, at_decision(world, sent(world, world.woman())), "cis_excluded", words="病理为原位癌")
    client = desk(world.officers["city"])
    lists = ["casework_desk:list", "claims_desk:benefits", "claims_desk:nominations", "claims_desk:look_back"]
    for name in lists:
        assert _told(client.get(f"{reverse(name)}?whose=all")) == [], name
    told = [
        *Message.objects.values_list("subject", flat=True),
        *Message.objects.values_list("body", flat=True),
        *(str(one) for one in ModelLogEntry.objects.values_list("data", flat=True)),
        *ModelLogEntry.objects.values_list("label", flat=True),
        *claim.case.events.values_list("reason", flat=True),
        *(str(one) for one in claim.case.events.values_list("details", flat=True)),
        *Payable.objects.unscoped().values_list("title", flat=True),
        *AccessRecord.objects.values_list("reason", flat=True),
        *(str(one.message()) for one in mail.outbox),
        caplog.text,
    ]
    telling = (*TELLING, "原位", "特殊疾病", "cis_excluded", world.diagnosed.isoformat())
    assert [word for word in telling if any(word in said for said in told)] == []


def test_nothing_telling_leaves_as_a_workbook(world):
    decided(world)
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    for export in (BENEFITS, NOMINATIONS):
        found = export.find(world.officers["city"], QueryDict(), False)
        rows = list(export.lines(found.rows, False))
        assert len(rows) == 1
        assert not any(word in str(rows) for word in TELLING)


def test_an_officer_claims_in_a_womans_name_with_her_consent_on_record(world, desk):
    her = WorkerFactory(organization=world.tree["unit_a"])
    cover = world.covers(her)
    client = desk(world.officers["union"])
    found = client.post(reverse("claims_desk:find"), {"number": her.id_number})
    assert found["Location"] == reverse("claims_desk:begin", args=[her.token])
    today = timezone.localdate()
    data = {
        "cover": cover.token,
        "diagnosed": world.diagnosed.isoformat(),
        "way": "paper",
        "signed_on": today.isoformat(),
        "valid_until": (today + timedelta(days=30)).isoformat(),
        "notice": "on",
    }
    begun = client.post(found["Location"], data)
    claim = fresh(Claim.objects.unscoped().get(case__worker=her))
    assert begun["Location"] == _to("for_her", claim)
    day = world.diagnosed.isoformat()
    client.post(
        _to("for_her_diagnosis", claim),
        {"diagnosed": day, "disease": "breast", "grade": "in_situ", "seen": claim.version},
    )
    treatment = {"hospital": HOSPITAL, "hospital_level": "level_3", "hospitalised": "no", "surgery": "yes"}
    treatment["seen"] = claim.version + 1
    client.post(_to("for_her_treatment", claim), treatment)
    account = {"holder": her.name, "bank": "示例银行", "bank_branch": "", "number": "6200990000000000015"}
    client.post(_to("for_her_account", claim), account)
    upload = SimpleUploadedFile("照片.jpg", samples.photo(salt="pathology"), "image/jpeg")
    client.post(_to("for_her", claim), {"do": "paper", "kind": "pathology", "files": upload})
    page = client.get(_to("for_her", claim))
    assert [one.item for one in page.context["missing"] if one.item != "account"] == []
    assert client.get(reverse("claims_desk:find")).context["begun"]


def test_a_colleague_who_wasnt_authorised_doesnt_fill_it_in(world, desk):
    claim = stated(world, drafted(world))
    assert desk(world.officers["county"]).get(_to("for_her", claim)).status_code in (403, 404)


@pytest.mark.parametrize("name", ["benefits", "nominations"])
def test_the_lists_cost_the_same_at_one_row_and_at_thirty(world, desk, name):
    client = desk(world.officers["city"])
    address = reverse(f"claims_desk:{name}")

    def counted() -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(address).status_code == 200
        return len(found)

    decided(world)
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    one = counted()
    for _ in range(9):
        decided(world, world.woman())
    for payable in Payable.objects.unscoped().exclude(state="paid"):
        watchers["mutual_aid"].paid(payable, now=timezone.now())
    assert counted() == one


def test_the_case_page_costs_a_constant_number_of_queries(world, desk, django_assert_max_num_queries):
    claim = at_decision(world, sent(world))
    client = desk(looked(world, claim))
    client.get(_case(claim))
    with django_assert_max_num_queries(75):
        client.get(_case(claim))


def test_auditors_and_finance_open_no_diagnosis(world, desk):
    claim = at_decision(world, sent(world))
    for role in (Role.AUDITOR, Role.FINANCE_OFFICER):
        client = desk(officer_at(world.tree["city"], role=role))
        assert client.post(_to("look", claim), {"canned": "decide"}).status_code in (403, 404)


def test_what_is_sent_after_the_sitting_waits_until_she_has_looked_anew(world, desk):
    claim = at_decision(world, sent(world))
    client = desk(world.officers["county"])
    address, typed = (
        _to("refuse", claim, "refuse"),
        {"seen": claim.case.version, "reason": "fraud", "words": "示例的话"},
    )
    assert client.post(address, typed)["Location"] == f"{_case(claim)}#aid-look"
    assert fresh(claim).case.stage == "in_review"
    looked(world, claim)
    form = client.get(address).context["form"]
    assert (form["reason"].value(), form["words"].value()) == ("fraud", "示例的话")


def test_words_that_may_not_be_sent_any_more_are_shown_again(world, desk):
    claim = at_decision(world, sent(world))
    client = desk(looked(world, claim))
    typed = {"seen": claim.case.version, "reason": "fraud", "words": "示例的话"}
    refused(world, claim, who="county_two")
    answer = client.post(_to("refuse", claim, "refuse"), typed)
    assert answer.status_code == 403
    assert "示例的话" in answer.content.decode()


def test_whoever_fills_in_upon_an_older_version_sees_what_is_stored_now(world, desk):
    claim, officer = stated(world, drafted(world)), world.officers["union"]
    given = AuthorisationFactory(
        worker=world.her, representative=officer, service="mutual_aid", subject_code=claim.scheme.code
    )
    rows = type(claim.case).objects.unscoped().filter(pk=claim.case_id)
    rows.update(filed_by="representative", representative=officer, authorisation=given)
    client, address = desk(officer), _to("for_her_treatment", claim)
    typed = {"hospital": "示例二院", "hospital_level": "level_3", "hospitalised": "no", "surgery": "yes"}
    answer = client.post(address, typed | {"seen": claim.version - 1})
    assert answer.status_code == 200 and HOSPITAL in str(answer.context["stored"])
    assert answer.context["form"]["hospital"].value() == "示例二院"
    assert client.post(address, typed | {"seen": answer.context["form"]["seen"].value()}).status_code == 302


@pytest.mark.parametrize("asked", ["paid=0", "paid=10000", "year=0", "year=99999999999999999999", "month=0001-01"])
def test_no_year_breaks_the_lists(world, desk, asked):
    client = desk(world.officers["city"])
    for name in ("benefits", "nominations"):
        assert client.get(f"{reverse(f'claims_desk:{name}')}?{asked}").status_code == 200


def _reopened(world) -> Claim:
    claim = decided(world)
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    casework.reopen(fresh(claim).case, by=world.officers["county_two"], now=world.now, reason="再核")
    return fresh(claim)


def test_what_was_paid_is_closed_again_and_no_other_sum_is_decided(world):
    claim = _reopened(world)
    casework.pass_step(claim.case, by=world.officers["union"], now=world.now)
    Benefit.objects.unscoped().update(amount=1)
    with pytest.raises(PaidDifferently):
        approved(world, fresh(claim))
    Benefit.objects.unscoped().update(amount=fresh(claim).amount)
    assert approved(world, fresh(claim)).case.stage == "closed"


def test_a_refund_while_the_case_is_looked_at_again_leaves_it_in_review(world):
    claim = _reopened(world)
    watchers["mutual_aid"].cancelled(Payable.objects.unscoped().get(), now=timezone.now())
    assert (fresh(claim).case.stage, Benefit.objects.unscoped().get().state) == ("in_review", "cancelled")


def test_who_declared_to_be_related_lets_no_money_go(world):
    claim = decided(world)
    finance, payables = world.officers["finance"], Payable.objects.unscoped().all()
    assert not watchers["mutual_aid"].related(payables, user=finance)
    Recusal.objects.create(case=claim.case, worker=world.her, user=finance, tie="close", declared_at=timezone.now())
    assert watchers["mutual_aid"].related(payables, user=finance)


def test_the_page_of_looking_back_is_headed_by_its_own_name(world, desk):
    page = desk(world.officers["city"]).get(reverse("claims_desk:look_back"))
    assert [str(one["label"]) for one in page.context["breadcrumbs_items"]][-1] == "Look back"
