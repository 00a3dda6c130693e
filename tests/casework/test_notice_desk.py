"""The desk of notices and objections."""

import pytest
from django.urls import reverse

from services.casework.enums import Stage
from services.casework.models import Case, Objection, PublicNotice
from tests.casework.notice_world import FORM, at, fields, first_line, objected, published, signed_in, waiting
from tests.factories.casework import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)


def url(name: str, *args) -> str:
    return reverse(f"casework_notices:{name}", args=args)


def test_an_officer_chooses_sees_exactly_what_will_be_public_and_publishes_it(noticed, client):
    cases = waiting(noticed)
    with at(MONDAY):
        desk = signed_in(noticed.officers["town"])
        address = url("publish", noticed.tree["town_a"].code, "allowance")
        assert address in desk.get(url("waiting")).content.decode()
        assert desk.get(address).content.decode().count("checked") == 3
        preview = desk.post(address, {"case": [case.token for case in cases]})
        assert not PublicNotice.objects.unscoped().exists()
        done = desk.post(address, {"sealed": preview.context["sealed"]})
        notice = PublicNotice.objects.unscoped().get()
        assert done["Location"] == url("notice", notice.token)
        page = client.get(reverse("notices:notice", args=[notice.token]))
        was = [(row["position"], row["name"], row["unit"], row["fields"]) for row in preview.context["lines"]]
        now = [(row["position"], row["name"], row["unit"], row["fields"]) for row in page.context["lines"]]
        assert was == now
        again = desk.post(address, {"sealed": preview.context["sealed"]})
        assert again.status_code == 302 and PublicNotice.objects.unscoped().count() == 1


def test_when_a_case_has_gone_meanwhile_nothing_is_published_and_the_rest_is_shown_anew(noticed):
    from services.casework import actions

    cases = waiting(noticed)
    with at(MONDAY):
        desk = signed_in(noticed.officers["town"])
        address = url("publish", noticed.tree["town_a"].code, "allowance")
        sealed = desk.post(address, {"case": [case.token for case in cases]}).context["sealed"]
        actions.withdraw(cases[0], by=cases[0].worker.user, now=MONDAY)
        page = desk.post(address, {"sealed": sealed})
        assert page.status_code == 200 and len(page.context["lines"]) == 2
        assert not PublicNotice.objects.unscoped().exists()
        assert desk.post(address, {"sealed": "forged"}).status_code == 302
        assert desk.post(address, {}).status_code == 302


def test_a_notice_is_taken_down_from_the_desk(noticed):
    notice = published(noticed)
    with at(MONDAY):
        desk = signed_in(noticed.officers["town_two"])
        assert notice.number in desk.get(url("list")).content.decode()
        assert url("take_down", notice.token) in desk.get(url("notice", notice.token)).content.decode()
        said = {"because": "项目写错", "told": "公示有误，将重新公示。"}
        assert desk.post(url("take_down", notice.token), said).status_code == 302
        assert "项目写错" in desk.get(url("notice", notice.token)).content.decode()


def test_an_objection_is_read_asked_extended_and_settled(noticed):
    objection = objected(first_line(published(noticed)))
    address = url("objection", objection.pk)
    with at(MONDAY):
        desk = signed_in(noticed.officers["town_two"])
        assert objection.reference in desk.get(url("objections")).content.decode()
        assert FORM["text"] not in desk.get(address).content.decode()
        look = {"act": "look", "look_reason": "核实情况"}
        assert FORM["text"] in desk.post(address, look).content.decode()
        assert desk.post(address, {"act": "ask", "question": "请说明房屋情况"}).status_code == 302
        assert desk.post(address, {"act": "extend", "days": "3", "because": "等待核对"}).status_code == 302
        empty = desk.post(address, {"act": "settle", "told": "经核实无误。"})
        assert empty.status_code == 200 and "经核实无误。" in empty.content.decode()
        said = {"act": "settle", "outcome": "not_upheld", "told": "经核实无误。", "go_on": "on"}
        assert desk.post(address, said).status_code == 302
        assert desk.post(address, {"act": "nothing"}).status_code == 404
        page = desk.get(address).content.decode()
    assert FORM["text"] not in page and "等待核对" in page
    objection = Objection.objects.unscoped().get(pk=objection.pk)
    assert Case.objects.unscoped().get(notice_lines=objection.line_id).stage == Stage.NOTICE


@pytest.mark.parametrize("officer", ["town", "county", "city"])
def test_whoever_may_not_settle_reads_neither_the_objection_nor_the_applicant(noticed, officer):
    line = first_line(published(noticed))
    objection = objected(line)
    case = Case.objects.unscoped().select_related("worker").get(pk=line.case_id)
    hidden = (FORM["text"], "示例丁", "19900007777", case.number, case.worker.name, case.token, case.worker.token)
    with at(MONDAY):
        desk = signed_in(noticed.officers[officer])
        pages = [desk.get(url(name)).content.decode() for name in ("objections", "objections_results", "list")]
        pages.append(desk.get(url("objection", objection.pk)).content.decode())
        refused = desk.post(url("objection", objection.pk), {"act": "look", "look_reason": "核实情况"})
        exported = desk.get(url("objections"), {"export": "xlsx"})
    assert objection.reference in pages[0] and refused.status_code == 403
    assert [value for value in hidden for page in pages if value in page] == []
    assert not exported.headers.get("Content-Disposition")


def test_another_branch_of_the_tree_finds_nothing(noticed):
    objection = objected(first_line(published(noticed)))
    stranger = noticed.officer("county_b")
    with at(MONDAY):
        desk = signed_in(stranger)
        assert objection.reference not in desk.get(url("objections")).content.decode()
        assert desk.get(url("objection", objection.pk)).status_code == 404
