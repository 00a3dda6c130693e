"""Objections that protect both sides."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from services.casework import actions, errors
from services.casework.actions import objections
from services.casework.actions.move_many import move_many, move_those_that_can
from services.casework.actions.notices import end_due_notices, take_down
from services.casework.enums import ObjectionOutcome, ObjectionStep, Stage, Verb
from services.casework.models import Case, Objection
from services.messaging.models import Message
from services.privacy.models import AccessRecord
from tests.casework.notice_world import (
    FORM,
    LAST_SECOND,
    MIDNIGHT,
    at,
    days,
    fields,
    first_line,
    objected,
    published,
    signed_in,
)
from tests.casework.samples import XSS
from tests.factories.casework import MONDAY

pytestmark = pytest.mark.django_db
TOLD = "经核实，不影响您的申请。"


@pytest.fixture(autouse=True)
def shown(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)


@pytest.fixture
def line(noticed):
    return first_line(published(noticed))


def case_of(line) -> Case:
    return Case.objects.unscoped().get(pk=line.case_id)


def fresh(objection) -> Objection:
    return Objection.objects.unscoped().get(pk=objection.pk)


def settle(objection, noticed, *, by="town_two", now=MONDAY, outcome=ObjectionOutcome.NOT_UPHELD, **more):
    return objections.settle(objection, outcome=outcome, told=TOLD, by=noticed.officers[by], now=now, **more)


def sent(client, line, **said):
    """The form as a browser fills it in and sends it."""
    address = reverse("notices:object", args=[line.notice.token, line.position])
    hidden = re.search(r'name="form" value="([^"]+)"', client.get(address).content.decode())[1]
    return client.post(address, {**FORM, "form": hidden, **said})


def told(page) -> tuple[str, str]:
    return tuple(re.findall(r'<strong class="entry-number">([^<]+)</strong>', page.content.decode()))


def asked(client, reference: str, code: str):
    return client.post(reverse("notices:status"), {"reference": reference, "code": code})


@pytest.mark.parametrize("contact", ["", "示例丁 19900007777"])
def test_anybody_objects_with_or_without_a_name_and_asks_by_reference_and_code(noticed, line, client, contact):
    with at(MONDAY):
        page = sent(client, line, contact=contact)
        reference, code = told(page)
        assert (page.status_code, case_of(line).stage) == (200, Stage.OBJECTION)
        objection = Objection.objects.unscoped().get(reference=reference)
        assert (objection.contact, objection.text, objection.due_on) == (contact, FORM["text"], date(2026, 3, 16))
        assert asked(client, reference, code).context["objection"] == objection
        settle(objection, noticed, outcome=ObjectionOutcome.PARTLY)
        answer = asked(client, reference.lower(), f" {code[:5]} {code[5:]} ").content.decode()
    assert str(ObjectionOutcome.PARTLY.label) in answer
    for hidden in (TOLD, FORM["text"], line.case.number, line.masked_name, line.number, line.case.worker.name):
        assert hidden not in answer


def test_what_is_stored_of_an_objection_is_sealed(line):
    from django.db import connection

    objected(line)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, contact, code_index, reference FROM casework_objection")
        row = str(cursor.fetchall())
    assert FORM["text"] not in row and "19900007777" not in row


def test_a_form_sent_twice_is_one_objection_with_the_same_reference(line, client):
    address = reverse("notices:object", args=[line.notice.token, line.position])
    with at(MONDAY):
        hidden = re.search(r'name="form" value="([^"]+)"', client.get(address).content.decode())[1]
        first, second = (client.post(address, {**FORM, "form": hidden}) for _ in range(2))
    assert told(first) == told(second)
    assert Objection.objects.unscoped().count() == 1


def test_a_wrong_code_and_a_wrong_reference_are_answered_alike(line, client):
    received = objections.receive(line, **FORM, form="one", now=MONDAY)
    wrong = str((int(received.code) + 1) % 10**10).zfill(10)
    pages = [asked(client, received.objection.reference, wrong), asked(client, "YY-26-0000000000-6", received.code)]
    assert {page.context["objection"] for page in pages} == {None}
    assert len({str(page.context["form"].non_field_errors()) for page in pages}) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [({"about": ""}, "about"), ({"about": "x"}, "about"), ({"text": "  "}, "text"), ({"text": "字" * 2001}, "text")],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(line, client, said, field):
    with at(MONDAY):
        page = sent(client, line, **said)
    assert page.status_code == 200 and list(page.context["form"].errors) == [field]
    assert FORM["contact"] in page.content.decode()
    assert not Objection.objects.unscoped().exists()


def test_a_form_that_is_none_of_ours_is_shown_again_with_what_was_typed(line, client):
    with at(MONDAY):
        page = sent(client, line, form="forged")
        assert FORM["text"] in page.content.decode() and not Objection.objects.unscoped().exists()
        hidden = re.search(r'name="form" value="([^"]+)"', page.content.decode())[1]
        again = client.post(page.request["PATH_INFO"], {**FORM, "form": hidden})
    assert len(told(again)) == 2


def test_the_window_closes_on_the_server_at_midnight_in_shanghai(line, client):
    with at(LAST_SECOND):
        address = reverse("notices:object", args=[line.notice.token, line.position])
        hidden = re.search(r'name="form" value="([^"]+)"', client.get(address).content.decode())[1]
    with at(MIDNIGHT):
        late = client.post(address, {**FORM, "form": hidden})
    assert late.status_code == 410 and FORM["text"] in late.content.decode()
    with pytest.raises(errors.WindowClosed):
        objected(line, now=MIDNIGHT)
    assert not Objection.objects.unscoped().exists()
    with at(LAST_SECOND):
        assert client.post(address, {**FORM, "form": hidden}).status_code == 200


def test_too_many_from_one_address_wait_and_others_may_go_on(line, client, settings):
    settings.OBJECTIONS_PER_ADDRESS_HOUR = 2
    with at(MONDAY):
        pages = [sent(client, line) for _ in range(3)]
        assert [page.status_code for page in pages] == [200, 200, 429]
        assert FORM["text"] in pages[-1].content.decode()
        client.defaults["REMOTE_ADDR"] = "192.0.2.77"
        assert sent(client, line).status_code == 200
    with at(MONDAY + days(1)):
        client.defaults["REMOTE_ADDR"] = "127.0.0.1"
        assert sent(client, line).status_code == 200


def test_neighbours_of_one_ipv6_network_count_as_one(line, client, settings):
    settings.OBJECTIONS_PER_ADDRESS_HOUR = 1
    with at(MONDAY):
        statuses = []
        for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"):
            client.defaults["REMOTE_ADDR"] = address
            statuses.append(sent(client, line).status_code)
    assert statuses == [200, 429, 200]


def test_too_many_to_one_notice_wait(line, client, settings):
    settings.OBJECTIONS_PER_NOTICE_HOUR = 1
    with at(MONDAY):
        statuses = []
        for last in (1, 2):
            client.defaults["REMOTE_ADDR"] = f"192.0.2.{last}"
            statuses.append(sent(client, line).status_code)
    assert statuses == [200, 429]


def test_codes_cannot_be_tried_out(client, settings):
    settings.OBJECTION_QUESTIONS_PER_HOUR = 2
    assert [asked(client, "YY-26-0000000000-6", "0000000000").status_code for _ in range(3)] == [200, 200, 429]


def test_the_form_has_neither_a_trap_nor_a_puzzle(line, client):
    with at(MONDAY):
        page = client.get(reverse("notices:object", args=[line.notice.token, line.position])).content.decode()
    form = page[page.index('class="form"') :]
    assert set(re.findall(r'name="(\w+)"', form)) == {"csrfmiddlewaretoken", "form", "about", "text", "contact"}
    assert "captcha" not in page.lower() and "display:none" not in page


def test_she_learns_that_there_is_one_and_what_it_is_about_and_answers(noticed, line):
    objection = objected(line)
    her = case_of(line).worker.user
    assert Message.objects.filter(recipient=her, key="casework-objection", channel="in_site").count() == 1
    client = signed_in(her)
    with at(MONDAY):
        page = client.get(reverse("notices:own_line", args=[line.case.token])).content.decode()
        assert str(objection.get_about_display()) in page
        address = reverse("notices:answer", args=[line.case.token, objection.pk])
        assert client.post(address, {"text": "门面房已于去年卖出。"}).status_code == 302
        asked_page = client.get(address).content.decode()
    assert fresh(objection).answer == "门面房已于去年卖出。"
    for hidden in (FORM["text"], "19900007777", "示例丁", objection.reference):
        assert hidden not in page + asked_page


def test_nobody_answers_in_her_place(noticed, line):
    objection = objected(line)
    for stranger in (noticed.her.user, noticed.officers["town"]):
        with pytest.raises(PermissionDenied):
            objections.answer(objection, text="x", by=stranger, now=MONDAY)
    with at(MONDAY):
        other = signed_in(noticed.her.user)
        assert other.get(reverse("notices:answer", args=[line.case.token, objection.pk])).status_code == 404


@pytest.mark.parametrize("officer", ["union", "town", "county", "city"])
def test_whoever_passed_or_published_it_or_stands_elsewhere_may_not_settle(noticed, line, officer):
    objection = objected(line)
    with pytest.raises(PermissionDenied):
        settle(objection, noticed, by=officer)
    assert fresh(objection).is_open and case_of(line).stage == Stage.OBJECTION


def test_a_union_officer_who_passed_the_case_may_not_settle_from_a_new_post(noticed, line):
    from tests.factories.organizations import AssignmentFactory

    objection = objected(line)
    AssignmentFactory(user=noticed.officers["union"], organization=noticed.tree["town_a"], role="case_officer")
    with pytest.raises(PermissionDenied):
        settle(objection, noticed, by="union")


def test_settled_the_case_goes_back_on_the_notice_and_then_on(noticed, line):
    objection = objected(line)
    settle(objection, noticed)
    case = case_of(line)
    assert (case.stage, case.due_on) == (Stage.NOTICE, line.notice.ends_on)
    assert end_due_notices(now=MIDNIGHT) == 3
    assert settle(objection, noticed).outcome == ObjectionOutcome.NOT_UPHELD  # the same again
    with pytest.raises(errors.SettledAlready):
        settle(objection, noticed, outcome=ObjectionOutcome.UPHELD)


def test_settled_after_the_last_day_the_case_goes_on_by_itself(noticed, line):
    objection = objected(line)
    assert end_due_notices(now=MIDNIGHT) == 2
    settle(objection, noticed, now=MIDNIGHT)
    assert (case_of(line).stage, case_of(line).position) == (Stage.IN_REVIEW, 3)


def test_settled_after_the_notice_was_taken_down_the_case_waits_for_another(noticed, line):
    objection = objected(line)
    take_down(line.notice, because="有误", told="将重新公示。", by=noticed.officers["town"], now=MONDAY)
    assert case_of(line).stage == Stage.OBJECTION
    settle(objection, noticed)
    assert (case_of(line).stage, case_of(line).position) == (Stage.IN_REVIEW, 2)


def test_an_objection_that_is_right_may_end_in_a_refusal_that_she_may_appeal(noticed, line):
    settle(objected(line), noticed, outcome=ObjectionOutcome.UPHELD, refuse=True)
    case = case_of(line)
    assert (case.stage, case.reason) == (Stage.REFUSED, TOLD)
    assert actions.appeal(case, by=case.worker.user, now=MONDAY, reason="请再看").stage == Stage.APPEALED


def test_the_case_waits_until_the_last_of_several_is_settled(noticed, line):
    first, second = objected(line), objected(line, form="form-2")
    her = case_of(line).worker.user
    assert Message.objects.filter(recipient=her, key="casework-objection", channel="in_site").count() == 2
    with pytest.raises(errors.OthersOpen):
        settle(first, noticed, refuse=True)
    settle(first, noticed)
    assert case_of(line).stage == Stage.OBJECTION
    settle(second, noticed)
    assert case_of(line).stage == Stage.NOTICE


def test_no_refusal_goes_past_an_open_objection(noticed, line):
    """Neither the plain verb nor the one for many: the objector would never learn an outcome."""
    objection, second = objected(line), noticed.officers["town_two"]
    with pytest.raises(errors.OpenObjection):
        actions.refuse(case_of(line), by=second, now=MONDAY, reason="收入超过标准")
    with pytest.raises(errors.OpenObjection):
        move_many([case_of(line)], Verb.REFUSE, by=second, now=MONDAY, reason="收入超过标准")
    moved, left = move_those_that_can([case_of(line)], Verb.SETTLE_OBJECTION, by=second, now=MONDAY)
    assert (moved, [type(refusal) for _case, refusal in left]) == ([], [errors.ReasonMissing])
    assert case_of(line).stage == Stage.OBJECTION and fresh(objection).is_open
    settle(objection, noticed, outcome=ObjectionOutcome.UPHELD, refuse=True)
    assert (case_of(line).stage, fresh(objection).outcome) == (Stage.REFUSED, ObjectionOutcome.UPHELD)


def test_the_desk_leads_from_an_objected_case_to_the_objection_and_nowhere_past_it(noticed, line, settings):
    settings.LANGUAGE_CODE = "en"
    objection, token = objected(line), line.case.token
    with at(MONDAY):
        desk = signed_in(noticed.officers["town_two"])
        page = desk.get(reverse("casework_desk:case", args=[token])).content.decode()
        assert reverse("casework_notices:objection", args=[objection.pk]) in page
        plain = reverse("casework_desk:act", args=[token, "refuse"])
        assert plain not in page
        answer = desk.post(plain, {"seen": case_of(line).version, "reason": "收入超过标准"}).content.decode()
    assert "An objection is still open" in answer and "收入超过标准" in answer
    assert case_of(line).stage == Stage.OBJECTION and fresh(objection).is_open


def test_deadlines_and_extensions_stay_on_record(noticed, line):
    objection = objected(line)
    officer = noticed.officers["town_two"]
    with pytest.raises(errors.ReasonMissing):
        objections.extend(objection, days=5, because=" ", by=officer, now=MONDAY)
    objections.extend(objection, days=5, because="等待民政核对", by=officer, now=MONDAY)
    objections.extend(objection, days=1, because="节假日", by=officer, now=MONDAY)
    with pytest.raises(errors.NoMoreTime):
        objections.extend(objection, days=1, because="再等等", by=officer, now=MONDAY)
    settle(objection, noticed)
    logged = [(e.step, e.due_on, e.because, e.by) for e in objection.events.all()]
    assert logged == [
        (ObjectionStep.RECEIVED, date(2026, 3, 16), "", None),
        (ObjectionStep.EXTENDED, date(2026, 3, 23), "等待民政核对", officer),
        (ObjectionStep.EXTENDED, date(2026, 3, 24), "节假日", officer),
        (ObjectionStep.SETTLED, date(2026, 3, 24), "", officer),
    ]


def test_what_is_left_open_when_she_withdraws_has_no_bearing(noticed, line):
    objection = objected(line)
    Case.objects.unscoped().filter(pk=line.case_id).update(stage=Stage.WITHDRAWN)
    assert (objections.close_without_case(now=MONDAY), objections.close_without_case(now=MONDAY)) == (1, 0)
    assert fresh(objection).outcome == ObjectionOutcome.NO_BEARING


def test_it_is_read_only_by_whoever_settles_it_for_a_reason_that_is_written_down(noticed, line):
    objection = objected(line)
    for stranger in ("union", "town", "county", "city"):
        with pytest.raises(PermissionDenied):
            objections.look_at(objection, by=noticed.officers[stranger], reason="核实情况")
    opened = objections.look_at(objection, by=noticed.officers["town_two"], reason="核实情况")
    assert (opened.text, opened.contact) == (FORM["text"], FORM["contact"])
    look = AccessRecord.objects.get()
    assert (look.subject_type, look.subject_id) == ("casework.objection", objection.pk)


@pytest.mark.parametrize("text", XSS)
def test_what_strangers_write_is_never_markup(noticed, line, client, text):
    with at(MONDAY):
        shown_again = sent(client, line, about="", text=text, contact=text).content.decode()
        objection = objected(line, text=text, contact=text)
        objections.answer(objection, text=text, by=line.case.worker.user, now=MONDAY)
        objections.ask_applicant(objection, question=text, by=noticed.officers["town_two"], now=MONDAY)
        desk = signed_in(noticed.officers["town_two"])
        page = desk.post(
            reverse("casework_notices:objection", args=[objection.pk]), {"act": "look", "look_reason": "核实情况"}
        ).content.decode()
        hers = signed_in(line.case.worker.user)
        own = hers.get(reverse("notices:own_line", args=[line.case.token])).content.decode()
        answer = hers.get(reverse("notices:answer", args=[line.case.token, objection.pk])).content.decode()
    from django.utils.html import escape

    for body in (shown_again, page, own, answer):
        assert escape(text) in body
        if escape(text) != text:
            assert text not in body


def test_markup_in_the_names_of_people_and_workplaces_stays_text(noticed, client):
    from tests.casework.notice_world import waiting

    noticed.tree["unit_a"].name = "<b>厂</b>工会"
    noticed.tree["unit_a"].save()
    notice = published(noticed, waiting(noticed, "<i>一", "<i>二", "<i>三"))
    with at(MONDAY):
        page = client.get(reverse("notices:notice", args=[notice.token])).content.decode()
    assert "<b>厂</b>" not in page and "&lt;b&gt;厂&lt;/b&gt;" in page and "<i>" not in page


def test_the_notice_is_held_before_the_case(noticed, line, monkeypatch):
    """So that the case can't go back on a notice that is being taken down."""
    objection, held = objected(line), []
    for name in ("lock_notice", "lock_case"):
        real = getattr(objections, name)
        monkeypatch.setattr(objections, name, lambda one, real=real, name=name: (held.append(name), real(one))[1])
    settle(objection, noticed)
    assert held == ["lock_notice", "lock_case"]


def test_words_to_an_objection_that_she_may_not_settle_are_shown_again(noticed, line):
    address = reverse("casework_notices:objection", args=[objected(line).pk])
    typed = {"act": "ask", "question": "示例：门面房是谁的？"}
    with at(MONDAY):
        answer = signed_in(noticed.officers["town"]).post(address, typed)
    assert answer.status_code == 403
    assert typed["question"] in answer.content.decode()
