"""Her side: am I covered on that day, the claim part by part, nothing typed lost, status, appeal in her own words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from services.casework import actions as casework
from services.casework.actions.documents import attach
from services.casework.models import KeptTyping
from services.foundation.said import day
from services.mutual_aid.actions import adjudicating
from services.mutual_aid.models import Claim
from services.privacy.actions import withdraw_consent
from services.privacy.models import Consent
from tests.casework import samples
from tests.factories.claims import (
    TOLD,
    at_decision,
    claims_world,
    decided,
    drafted,
    fresh,
    paper,
    refused,
    sent,
    stated,
)
from tests.mutual_aid.her_claim import fill, page, send
from tests.relief.her_world import confirmed, signed_in, text

pytestmark = pytest.mark.django_db

START = "/my/claims/"


@pytest.fixture
def world():
    return claims_world()


@pytest.fixture
def client(world):
    client = signed_in(world.her)
    client.cookies["language"] = "en"
    return client


def test_she_reads_which_cover_answers_for_a_day_and_what_it_gives(world, client):
    answer = client.post(START, {"diagnosed": world.diagnosed.isoformat()})
    found = answer.context["found"]
    assert [one.version.cover_id for one in found] == [world.cover.pk]
    assert "10,000.00 yuan" in text(answer)
    assert found[0].day == 180


def test_a_day_in_the_waiting_period_says_so_and_until_when(world, client):
    first = timezone.localdate(world.now) - timedelta(days=200)
    answer = client.post(START, {"diagnosed": (first + timedelta(days=30)).isoformat()})
    assert "Nothing: the waiting period" in text(answer)
    with translation.override("en"):
        assert f"until {day(first + timedelta(days=30))}" in text(answer)


def test_a_day_outside_her_covers_says_so_names_them_and_leads_on(world, client):
    answer = client.post(START, {"diagnosed": (world.diagnosed - timedelta(days=400)).isoformat()})
    said = text(answer)
    assert answer.context["found"] == []
    assert "No cover of yours answers for that day" in said
    assert reverse("relief:start") in said


@pytest.mark.parametrize("day", ["", "2026-13-45", "2999-01-01"])
def test_a_day_that_cant_be_is_said_beside_the_field(client, day):
    answer = client.post(START, {"diagnosed": day})
    assert answer.status_code == 422
    assert answer.context["form"].errors["diagnosed"]


def test_looking_up_a_day_keeps_nothing(world, client):
    client.post(START, {"diagnosed": world.diagnosed.isoformat()})
    assert not Claim.objects.unscoped().exists()
    assert world.diagnosed.isoformat() not in str(dict(client.session))


def test_what_she_lets_another_service_hand_over_is_typed_already(world, client):
    """Day and hospital, in bodies alone; she puts the day right before anything begins."""
    examined, report = world.diagnosed - timedelta(days=3), world.diagnosed
    along = {"from_day": examined.isoformat(), "from_place": "示例体检医院"}
    start = client.post(START, along)
    assert (start.status_code, start.context["form"]["diagnosed"].value()) == (200, examined)
    for page_ in (start, client.post(START, along | {"diagnosed": report.isoformat()})):
        assert 'name="from_place" value="示例体检医院"' in text(page_)
    assert "示例体检医院" not in str(dict(client.session))
    began = {"cover": world.cover.token, "diagnosed": report.isoformat()}
    client.post(reverse("claims:begin"), along | began)
    claim = Claim.objects.unscoped().get()
    assert (claim.particulars["diagnosed"], claim.particulars["hospital"]) == (report.isoformat(), "示例体检医院")
    assert 'value="示例体检医院"' in text(client.get(page(fresh(claim), "treatment")))
    client.post(reverse("claims:begin"), along | began | {"from_place": "别处"})
    assert Claim.objects.unscoped().get().particulars["hospital"] == "示例体检医院"
    for odd in ({"from_day": "x"}, {"from_day": "2999-01-01"}, {"from_place": "只有地点"}):
        assert client.post(START, odd).context["form"].errors["diagnosed"]


def test_she_claims_part_by_part_and_sends_it(world, client):
    begun = client.post(reverse("claims:begin"), {"cover": world.cover.token, "diagnosed": world.diagnosed.isoformat()})
    claim = fresh(Claim.objects.unscoped().get())
    assert begun["Location"] == page(claim, "tasks")
    day = world.diagnosed.isoformat()
    saved = fill(client, page(claim, "diagnosis"), diagnosed=day, disease="breast", grade="invasive_primary")
    assert saved.status_code == 302
    treatment = {"hospital": "示例医院", "hospital_level": "level_3", "hospitalised": "yes", "surgery": "no"}
    assert fill(client, page(claim, "treatment"), **treatment, hospital_days="").status_code == 422
    assert fill(client, page(claim, "treatment"), **treatment, hospital_days="9", told=TOLD).status_code == 302
    lacking = send(client, claim)
    assert [one.item for one in lacking.context["missing"]] == ["pathology"]
    paper(fresh(claim), "pathology", now=world.now)
    assert "10,000.00 yuan" in text(client.get(page(claim, "check")))
    assert send(client, claim)["Location"] == page(claim, "sent")
    claim = fresh(claim)
    assert (claim.case.stage, bool(claim.declared_at)) == ("in_review", True)
    assert claim.case.number in text(client.get(page(claim, "sent")))
    assert send(client, claim)["Location"] == page(claim, "sent")
    assert claim.case.events.filter(verb="submit").count() == 1


def test_a_woman_who_hasnt_agreed_is_shown_the_notice_first(world):
    her = world.woman()
    withdraw_consent(Consent.objects.get(giver=her.user), by=her.user, now=world.now)
    client = signed_in(her)
    day = world.diagnosed.isoformat()
    answer = client.post(START, {"diagnosed": day})
    cover = answer.context["found"][0].version.cover.token
    assert answer.context["notice"]
    refused_ = client.post(reverse("claims:begin"), {"cover": cover, "diagnosed": day})
    assert refused_.status_code == 422
    assert not Claim.objects.unscoped().exists()
    notice = answer.context["notice"].digest
    begun = client.post(reverse("claims:begin"), {"cover": cover, "diagnosed": day, "agree": "on", "notice": notice})
    assert begun.status_code == 302
    assert Claim.objects.unscoped().count() == 1


def test_what_is_typed_is_kept_before_it_is_saved_and_filled_in_again(world, client):
    claim = drafted(world)
    address = page(claim, "treatment")
    kept = client.post(address, {"hospital": "示例医", "base": ""}, headers={"X-Keep": "1"})
    assert kept.status_code == 200
    assert KeptTyping.objects.get().values["hospital"] == "示例医"
    assert 'value="示例医"' in text(client.get(address))


def test_what_is_typed_lies_sealed(world, client):
    claim = stated(world, drafted(world))
    client.post(page(claim, "treatment"), {"told": TOLD, "base": ""}, headers={"X-Keep": "1"})
    with connection.cursor() as cursor:
        cursor.execute('SELECT particulars FROM mutual_aid_claim UNION SELECT "values" FROM casework_kepttyping')
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert not any(word in stored for word in ("breast", "invasive", TOLD, world.diagnosed.isoformat()))


def test_two_windows_never_overwrite_each_other(world, client):
    claim = drafted(world)
    address = page(claim, "treatment")
    typed = {"hospital": "示例一院", "hospital_level": "level_3", "hospitalised": "no", "surgery": "no"}
    old = client.get(address).context["base"]
    fill(client, address, **typed)
    answer = client.post(address, {**typed, "hospital": "示例二院", "base": old})
    assert answer.status_code == 409
    assert fresh(claim).particulars["hospital"] == "示例一院"


def test_another_womans_claim_isnt_there(world):
    claim = drafted(world)
    client = signed_in(world.woman())
    for name in ("tasks", "diagnosis", "treatment", "account", "check", "sent", "appeal"):
        assert client.get(page(claim, name)).status_code == 404


def test_a_sent_claim_is_no_longer_typed_into(world, client):
    claim = sent(world)
    assert client.get(page(claim, "diagnosis"))["Location"] == reverse("casework:case", args=[claim.case.token])
    assert client.post(page(claim, "diagnosis"), {}, headers={"X-Keep": "1"}).status_code == 409


def test_the_cover_follows_the_day_of_the_diagnosis(world, client):
    claim = drafted(world)
    earlier = world.covers(world.her, days_ago=600, last=world.diagnosed - timedelta(days=300), number="BZ-earlier")
    day = (world.diagnosed - timedelta(days=350)).isoformat()
    fill(client, page(claim, "diagnosis"), diagnosed=day, disease="breast", grade="in_situ")
    assert fresh(claim).cover_id == earlier.pk


def test_a_refusal_is_told_in_her_words_and_appealed_in_hers(world, client):
    claim = refused(world, at_decision(world, sent(world)), "hospital_level", words="请到三级医院复核。")
    shown = text(client.get(reverse("casework:case", args=[claim.case.token])))
    assert "Have the diagnosis confirmed by one of that level" in shown
    assert "请到三级医院复核。" in shown
    assert "10,000.00 yuan" not in shown and "The cover ends with this claim" not in shown
    way = client.get(reverse("casework:appeal", args=[claim.case.token]))
    assert way["Location"] == page(claim, "appeal")
    assert client.post(page(claim, "appeal"), {"words": ""}).status_code == 422
    assert client.post(page(claim, "appeal"), {"words": "乳腺病理已由三级医院复核"}).status_code == 302
    claim = fresh(claim)
    assert (claim.case.stage, claim.appeal_words) == ("appealed", "乳腺病理已由三级医院复核")
    assert "乳腺" not in "".join(claim.case.events.values_list("reason", flat=True))


def test_after_the_decision_she_reads_the_sum_the_rules_and_that_her_cover_ended(world, client):
    claim = decided(world)
    shown = text(client.get(reverse("casework:case", args=[claim.case.token])))
    assert "10,000.00 yuan" in shown
    assert "Your cover ended with this claim" in shown
    assert "示例互助保障办法" in shown


def test_what_was_asked_for_is_supplied_and_judged_anew(world, client):
    claim = sent(world)
    asked = [casework.AskedItem("discharge", "请补充出院小结")]
    casework.return_case(claim.case, items=asked, by=world.officers["union"], now=world.now)
    shown = text(client.get(reverse("casework:case", args=[claim.case.token])))
    assert page(claim, "tasks") in shown
    day = world.diagnosed.isoformat()
    fill(client, page(claim, "diagnosis"), diagnosed=day, disease="breast", grade="in_situ")
    line = claim.case.requested.get()
    upload = SimpleUploadedFile("照片.jpg", samples.photo(salt="discharge"), "image/jpeg")
    attach(fresh(claim).case, kind="discharge", upload=upload, by=world.her.user, now=world.now, request=line)
    casework.resubmit(fresh(claim).case, by=world.her.user, now=world.now)
    assert (fresh(claim).case.stage, fresh(claim).computed) == ("in_review", 2000)


def test_taking_her_consent_back_ends_what_nobody_has_decided(world):
    claim = sent(world)
    withdraw_consent(
        Consent.objects.get(giver=world.her.user, purpose="mutual_aid"), by=world.her.user, now=timezone.now()
    )
    assert (fresh(claim).case.stage, fresh(claim).live) == ("withdrawn", False)


def test_looks_at_her_diagnosis_stand_on_her_page_of_data(world, client):
    claim = at_decision(world, sent(world))
    adjudicating.look(claim, by=world.officers["county"], reason="依条款审核申领")
    assert "依条款审核申领" in text(client.get(reverse("privacy:my_data")))


def test_her_pages_cost_a_constant_number_of_queries(world, client, django_assert_max_num_queries):
    claim = stated(world, drafted(world))
    for name, most in (("tasks", 40), ("check", 55), ("diagnosis", 30)):
        with django_assert_max_num_queries(most):
            client.get(page(claim, name))


def test_what_she_sent_is_printed_in_clear_only_after_a_code_to_her_phone(world, client):
    claim = sent(world)
    address = page(claim, "what_i_sent")
    assert address in text(client.get(reverse("casework:case", args=[claim.case.token])))
    assert TOLD not in text(client.get(address, follow=True))
    assert TOLD in text(confirmed(client).get(address))


def test_her_papers_say_which_are_needed_first_and_ask_for_none_that_the_unit_writes(world):
    claim = drafted(world)
    answer = signed_in(world.her).get(reverse("casework:documents", args=[claim.case.token]))
    kinds = [(row["kind"].item, row["kind"].needed) for row in answer.context["rows"]]
    assert kinds == [("pathology", True), ("discharge", False), ("other", False)]
    page = answer.content.decode()
    assert page.count("必须提供") == 1 and page.index("必须提供") < page.index("有则提供")
    assert "unit_statement" not in page
