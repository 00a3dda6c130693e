"""One case at the desk: what is shown, what may be done now, and what an old page may still do."""

import pytest
from django.urls import reverse

from services.casework import actions, queries
from services.casework.enums import ScanState, Stage
from services.casework.models import CannedReason, Case, Document
from services.casework.registry import Panel
from services.foundation.verdict import Finding, Outcome
from services.organizations.enums import Role
from tests.casework.notice_world import signed_in
from tests.casework.papers import INCOME, KINDS
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY, case_at
from tests.factories.workers import WorkerFactory
from tests.house.test_lists import _queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def desk(world):
    return signed_in(world.officers["union"])


def url(name: str, *args) -> str:
    return reverse(f"casework_desk:{name}", args=args)


def page(client, case) -> str:
    answer = client.get(url("case", case.token))
    assert answer.status_code == 200
    return answer.content.decode()


def fresh(case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def paper(case, *, digest="a" * 64, **changes) -> Document:
    given = {"kind": INCOME, "name": "示例.jpg", "extension": "jpg", "content_type": "image/jpeg", "size": 9}
    given |= {"scan": ScanState.CLEAN, "uploaded_at": MONDAY, "digest": digest} | changes
    return Document.objects.create(case=case, worker=case.worker, **given)


def test_the_page_says_who_what_until_when_and_what_happened(world, desk, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
    monkeypatch.setattr(
        allowance,
        "panels",
        lambda case, *, viewer, now: [Panel("casework/desk/_many_cells.html", {"row": case})],
        raising=False,
    )
    case = actions.claim(world.submitted(), by=world.officers["union"], now=MONDAY)
    paper(case)
    text = page(desk, case)
    for shown in (
        case.number,
        "示例补助",
        world.her.name,
        world.her.masked_phone,
        "0 of 20 working days used",
        "收入证明",
        "The papers have to be checked.",
        "Submitted",
        "Taken on",
        f"<td>{case.number}</td>",
    ):
        assert shown in text, shown
    assert world.her.phone not in text and world.her.id_number not in text


def test_the_same_file_in_another_womans_case_is_marked(world, desk):
    case, other = world.submitted(), WorkerFactory(organization=world.tree["unit_b"], user=WorkerUserFactory())
    paper(case)
    assert "very same file" not in page(desk, case)
    paper(world.submitted(other))
    assert "The very same file lies in 1 other case." in page(desk, case)


def test_a_paper_that_is_not_checked_yet_is_named_and_not_shown(world, desk):
    case = world.submitted()
    held = paper(case, scan=ScanState.QUARANTINED)
    text = page(desk, case)
    assert reverse("casework_papers:one", args=[held.token]) not in text
    assert str(ScanState.QUARANTINED.label) in text or "Held back" in text


def test_only_what_is_allowed_now_has_a_button_and_says_what_follows(world, desk):
    case = world.submitted()
    text = page(desk, case)
    for verb in ("pass_step", "refuse"):
        assert url("act", case.token, verb) in text
    assert url("ask", case.token) in text and url("act", case.token, "approve") not in text
    assert "The case goes to the next step" in text
    case = actions.pass_step(case, by=world.officers["union"], now=MONDAY)
    text = page(signed_in(world.officers["county"]), case)
    assert url("act", case.token, "approve") in text and url("act", case.token, "pass_step") not in text


@pytest.mark.parametrize("who", ["town", "auditor"])
def test_who_may_only_look_is_offered_no_verb(world, who):
    case = world.submitted()
    viewer = world.officers["town"] if who == "town" else world.officer("city", role=Role.AUDITOR)
    text = page(signed_in(viewer), case)
    assert "/act/" not in text and "Nothing for you to decide here now." in text
    assert (url("take_over", case.token) in text) is (who == "town")
    for verb in ("pass_step", "refuse"):
        assert signed_in(viewer).get(url("act", case.token, verb)).status_code == 403
        answer = signed_in(viewer).post(url("act", case.token, verb), {"reason": "不符", "seen": case.version})
        assert answer.status_code == 403 and fresh(case).stage == Stage.IN_REVIEW


def test_what_is_not_hers_to_see_is_not_there(world, desk):
    case, draft = world.submitted(), world.draft()
    stranger = signed_in(world.officer("county_b"))
    for name in ("case", "hand_over", "ask"):
        assert stranger.get(url(name, case.token)).status_code == 404
    assert desk.get(url("case", draft.token)).status_code == 404
    assert stranger.post(url("claim", case.token)).status_code == 404
    assert desk.get(url("act", case.token, "publish")).status_code == 404


def test_the_number_of_a_case_opens_nothing(world, desk):
    """It is for the telephone (T09): the key of an address is a token of 128 bits that says nothing."""
    case = world.submitted()
    hers = signed_in(world.her.user)
    for name in ("case", "withdraw", "documents"):
        assert hers.get(reverse(f"casework:{name}", args=[case.number])).status_code == 404
    for name in ("case", "hand_over", "recuse"):
        assert desk.get(url(name, case.number)).status_code == 404
    assert len(case.token) == 22 and case.number not in case.token


def test_a_case_is_claimed_put_back_taken_over_and_handed_over(world, desk):
    case, colleague = world.submitted(), world.officers["union_two"]
    assert desk.post(url("claim", case.token), follow=True).status_code == 200
    assert fresh(case).handler == world.officers["union"]
    other = signed_in(colleague)
    said = other.post(url("claim", case.token), follow=True).content.decode()
    assert "is working on this case" in said and fresh(case).handler == world.officers["union"]
    other.post(url("take_over", case.token))
    assert fresh(case).handler == colleague
    other.post(url("put_back", case.token))
    assert fresh(case).handler is None
    given = {"to": colleague.pk, "note": "已电话联系", "seen": case.version}
    assert desk.post(url("hand_over", case.token), given)["Location"] == url("case", case.token)
    assert fresh(case).handler == colleague
    assert "已电话联系" in page(desk, case)


def test_a_case_goes_only_to_a_colleague_who_may_have_it(world, desk):
    case = world.submitted()
    answer = desk.post(url("hand_over", case.token), {"to": world.officer("unit_b").pk, "note": "请接手"})
    assert answer.status_code == 200 and "请接手" in answer.content.decode()
    assert fresh(case).handler is None


def test_a_step_is_passed_and_the_case_approved_by_a_second_person(world, desk):
    case = world.submitted()
    answer = desk.post(url("act", case.token, "pass_step"), {"seen": case.version, "note": "材料齐全"})
    assert answer["Location"] == url("case", case.token)
    case = fresh(case)
    assert case.desk == world.tree["county_a"]
    county = signed_in(world.officers["county"])
    assert county.post(url("act", case.token, "approve"), {"seen": case.version}).status_code == 302
    assert fresh(case).stage == Stage.APPROVED


def test_a_decision_about_an_older_state_is_not_carried_out_and_her_words_stay(world, desk):
    case = world.submitted()
    seen = case.version
    case = actions.return_case(
        case, items=[actions.AskedItem("income", "收入证明")], by=world.officers["union_two"], now=MONDAY
    )
    case.requested.update(supplied_at=MONDAY)
    case = actions.resubmit(case, by=case.worker.user, now=MONDAY)
    answer = desk.post(url("act", case.token, "refuse"), {"seen": seen, "reason": "收入超过标准", "note": "已核实"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "Somebody else has worked on this case meanwhile" in text
    assert "收入超过标准" in text and "已核实" in text
    assert fresh(case).stage == Stage.IN_REVIEW


def test_when_a_colleague_has_taken_it_meanwhile_her_words_stay_too(world, desk):
    case = world.submitted()
    actions.claim(case, by=world.officers["union_two"], now=MONDAY)
    answer = desk.post(url("act", case.token, "refuse"), {"seen": case.version, "reason": "收入超过标准"})
    text = answer.content.decode()
    assert answer.status_code == 200 and "A colleague is working on this case" in text and "收入超过标准" in text
    assert fresh(case).stage == Stage.IN_REVIEW


def approved_by_county(case, *, by) -> Case:
    return actions.approve(case, by=by, now=MONDAY, seen=case.version)


def test_approving_from_a_second_tab_says_that_it_is_done_and_doubles_nothing(world, allowance):
    """A double click, a page left open, a form that the browser sends again."""
    case, county = world.verified(), world.officers["county"]
    client, given = signed_in(county), {"seen": case.version}
    assert client.post(url("act", case.token, "approve"), given)["Location"] == url("case", case.token)
    actions.start_payment(fresh(case), now=MONDAY)
    again = client.post(url("act", case.token, "approve"), given, follow=True)
    said = again.content.decode()
    assert again.redirect_chain == [(url("case", case.token), 302)] and again.status_code == 200
    assert "you did this already" in said and "Being paid" in said and "Nothing was done a second time" in said
    assert fresh(case).events.filter(verb="approve").count() == 1
    assert [verb for verb, _stage in allowance.heard].count("approve") == 1


def test_approving_after_a_colleague_says_who_did_it_and_when(world):
    case, first = world.verified(), world.officers["county"]
    approved_by_county(case, by=first)
    other, given = signed_in(world.officers["county_two"]), {"seen": case.version}
    again = other.post(url("act", case.token, "approve"), given, follow=True)
    said = again.content.decode()
    assert again.redirect_chain == [(url("case", case.token), 302)]
    assert f"Approved already: {first.full_name}" in said and "Nothing was done a second time" in said
    with_words = other.post(url("act", case.token, "approve"), given | {"note": "材料齐全"})
    assert with_words.status_code == 200 and "材料齐全" in with_words.content.decode()
    assert f"Approved already: {first.full_name}" in with_words.content.decode()
    assert fresh(case).events.filter(verb="approve").count() == 1


@pytest.mark.parametrize("verb", ["pass_step", "refuse", "return", "uphold", "reopen"])
def test_every_verb_that_is_sent_again_is_done_once_and_leads_back_to_the_case(world, knowing, verb):
    case = case_at(world, Stage.APPEALED) if verb in ("uphold", "reopen") else world.submitted()
    at = next(officer for officer in world.officers.values() if case.desk_path in queries.handler_paths(officer))
    client, given = signed_in(at), {"seen": case.version, "reason": "材料与规定不符"}
    address = url("act", case.token, verb)
    if verb == "return":
        address, given = url("ask", case.token), items("income", seen=case.version)
    assert client.post(address, given)["Location"] == url("case", case.token)
    once = fresh(case)
    again = client.post(address, given, follow=True)
    assert again.redirect_chain == [(url("case", case.token), 302)]
    assert "you did this already" in again.content.decode()
    assert (fresh(case).version, fresh(case).stage) == (once.version, once.stage)
    assert case.events.filter(verb=verb).count() == 1


def test_a_form_that_the_back_button_fetches_anew_leads_back_to_the_case(world, desk):
    case, county = world.verified(), world.officers["county"]
    approved_by_county(case, by=county)
    back = signed_in(county).get(url("act", case.token, "approve"), follow=True)
    assert back.redirect_chain == [(url("case", case.token), 302)]
    assert f"Approved already: {county.full_name}" in back.content.decode()
    never = signed_in(county).get(url("act", case.token, "uphold"), follow=True)
    assert never.redirect_chain == [(url("case", case.token), 302)]
    assert "isn&#x27;t possible" in never.content.decode()


def test_refusing_needs_words_that_she_reads(world, desk):
    case = world.submitted()
    text = desk.post(url("act", case.token, "refuse"), {"seen": case.version, "note": "见家访记录"}).content.decode()
    assert "Say why: these are the words that the applicant reads." in text and "见家访记录" in text
    assert fresh(case).stage == Stage.IN_REVIEW


def test_chosen_words_are_used_unless_others_are_written(world, desk):
    words = CannedReason.objects.create(
        verb="refuse", title="超标准", text="您家人均收入高于标准。", organization=world.tree["city"]
    )
    elsewhere = CannedReason.objects.create(verb="refuse", title="别处", text="别处", organization=world.tree["unit_b"])
    case = world.submitted()
    assert "超标准" in desk.get(url("act", case.token, "refuse")).content.decode()
    wrong = desk.post(url("act", case.token, "refuse"), {"canned": elsewhere.pk, "seen": case.version})
    assert wrong.status_code == 200
    desk.post(url("act", case.token, "refuse"), {"canned": words.pk, "seen": case.version})
    assert (fresh(case).stage, fresh(case).reason) == (Stage.REFUSED, "您家人均收入高于标准。")
    other = world.submitted()
    desk.post(
        url("act", other.token, "refuse"), {"canned": words.pk, "reason": "材料与事实不符", "seen": other.version}
    )
    assert fresh(other).reason == "材料与事实不符"


def test_an_appeal_is_upheld_or_reopened_by_somebody_else(world, desk):
    case = case_at(world, Stage.APPEALED)
    at = next(officer for officer in world.officers.values() if case.desk_path in queries.handler_paths(officer))
    assert desk.get(url("act", case.token, "uphold")).status_code == 403
    client = signed_in(at)
    given = {"seen": case.version, "reason": "维持原决定"}
    assert client.post(url("act", case.token, "uphold"), given).status_code == 302
    assert fresh(case).stage == Stage.REFUSED
    again = case_at(world, Stage.APPEALED)
    given = {"seen": again.version, "reason": "材料已补齐，重新审核"}
    assert client.post(url("act", again.token, "reopen"), given).status_code == 302
    assert fresh(again).stage == Stage.IN_REVIEW


def test_everything_that_stands_in_the_way_is_said_at_once(world, desk, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "explain", lambda finding: f"缺：{finding.code}", raising=False)
    case = world.submitted()
    allowance.hinders = [Finding("visit", Outcome.FAILED), Finding("overlap", Outcome.FAILED)]
    text = desk.post(url("act", case.token, "pass_step"), {"seen": case.version, "note": "材料齐全"}).content.decode()
    assert "缺：visit" in text and "缺：overlap" in text and "材料齐全" in text


def items(*wanted, kinds=KINDS, **more) -> dict:
    data = {"items-TOTAL_FORMS": len(kinds), "items-INITIAL_FORMS": len(kinds)}
    for number, kind in enumerate(kinds):
        data[f"items-{number}-item"] = kind.item
        data[f"items-{number}-words"] = f"请提供{kind.text}"
        if kind.item in wanted:
            data[f"items-{number}-wanted"] = "on"
    return data | more


@pytest.fixture
def knowing(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)


def test_all_that_is_missing_is_asked_for_in_one_message(world, desk, knowing):
    case = world.submitted()
    assert "收入证明" in desk.get(url("ask", case.token)).content.decode()
    answer = desk.post(url("ask", case.token), items("income", "identity", seen=case.version))
    assert answer["Location"] == url("case", case.token)
    case = fresh(case)
    assert (case.stage, case.rounds) == (Stage.RETURNED, 1)
    assert list(case.requested.values_list("item", "words")) == [
        ("income", "请提供收入证明"),
        ("identity", "请提供身份证"),
    ]
    assert "请提供收入证明" in page(desk, case)


def test_a_request_for_nothing_is_no_request(world, desk, knowing):
    case = world.submitted()
    text = desk.post(url("ask", case.token), items(seen=case.version, note="等她来电")).content.decode()
    assert "Name at least one thing that is missing." in text and "等她来电" in text
    assert fresh(case).stage == Stage.IN_REVIEW


def test_what_is_there_already_is_asked_for_again_with_a_reason_only(world, desk, knowing):
    case = world.submitted()
    paper(case)
    given = items("income", "identity", seen=case.version)
    text = desk.post(url("ask", case.token), given).content.decode()
    assert "Say why she should send it once more." in text and "请提供身份证" in text
    assert fresh(case).stage == Stage.IN_REVIEW
    desk.post(url("ask", case.token), given | {"items-0-again_because": "照片模糊"})
    assert fresh(case).requested.get(item="income").again_because == "照片模糊"


def test_an_unknown_kind_smuggled_into_the_form_is_left_out(world, desk, knowing):
    case = world.submitted()
    given = items("income", seen=case.version) | {"items-0-item": "bank_card"}
    assert desk.post(url("ask", case.token), given).status_code == 200
    assert fresh(case).stage == Stage.IN_REVIEW


def test_a_page_with_much_on_it_costs_as_much_as_one_with_little(world, desk):
    case = world.submitted()
    paper(case)
    page(desk, case)
    alone = _queries(desk, url("case", case.token))
    for number in range(15):
        paper(case, digest=f"{number:064d}")
        actions.claim(case, by=world.officers["union"], now=MONDAY)
        actions.put_back(case, by=world.officers["union"], now=MONDAY)
    assert _queries(desk, url("case", case.token)) == alone
