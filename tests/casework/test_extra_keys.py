"""What a form doesn't ask for has no effect, whoever sends it along (T17)."""

import hashlib

import pytest
from django.urls import reverse

from services.casework.enums import Stage
from services.casework.models import Case, PublicNotice, UploadInProgress
from services.casework.queries.documents import documents_of
from tests.casework import samples
from tests.casework.notice_world import fields, first_line, objected, published, signed_in, waiting
from tests.casework.papers import INCOME, KINDS
from tests.casework.test_her_pages import photo, post_files
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY, case_at
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
    return today_is


@pytest.fixture
def smuggled(world) -> dict:
    """Names of columns and of arguments, with what somebody would like them to be."""
    officer = world.officers["county"]
    return {
        "stage": "approved",
        "status": "approved",
        "position": "2",
        "version": "99",
        "due_on": "2030-01-01",
        "desk": world.tree["city"].pk,
        "desk_path": "0001",
        "path": "0001",
        "organization": world.tree["city"].pk,
        "handler": officer.pk,
        "worker": "1",
        "filed_by": "representative",
        "representative": officer.pk,
        "by": officer.pk,
        "by_staff": "true",
        "now": "2020-01-01",
        "at": "2020-01-01",
        "created_at": "2020-01-01",
        "submitted_at": "2020-01-01",
        "decided_at": "2020-01-01",
        "decision_took": "0",
        "rounds": "0",
        "amount": "999999",
        "computed": "999999",
        "approved_by": officer.pk,
        "is_staff": "true",
        "is_superuser": "1",
        "details": '{"above": true}',
        "token": "A" * 22,
        "number": "AL-1",
        "scan": "clean",
        "uploaded_by": officer.pk,
    }


KEPT = ("token", "number", "worker_id", "organization_id", "path", "filed_by", "representative_id", "created_at")


def fresh(case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def kept(case) -> tuple:
    return tuple(getattr(fresh(case), name) for name in KEPT)


def test_withdrawing_and_appealing_change_nothing_but_what_they_are(world, smuggled):
    her, client = world.her.user, signed_in(world.her.user)
    for page, at, after in (
        ("withdraw", Stage.IN_REVIEW, Stage.WITHDRAWN),
        ("appeal", Stage.REFUSED, Stage.APPEALED),
    ):
        case = case_at(world, at)
        before = kept(case)
        answer = client.post(reverse(f"casework:{page}", args=[case.token]), smuggled | {"reason": "请再看一次。"})
        now = fresh(case)
        assert (answer.status_code, now.stage, kept(case)) == (302, after, before)
        event = now.events.latest("pk")
        assert (event.by, event.by_staff, event.at, event.details.get("above", False)) == (her, False, MONDAY, False)


def test_a_step_at_the_desk_is_the_step_of_whoever_is_signed_in(world, smuggled):
    union = world.officers["union"]
    case = world.submitted()
    before = kept(case)
    signed_in(union).post(
        reverse("casework_desk:act", args=[case.token, "pass_step"]), smuggled | {"seen": case.version}
    )
    now = fresh(case)
    assert (now.stage, now.position, now.desk, now.version) == (Stage.IN_REVIEW, 2, world.tree["county_a"], 3)
    assert (kept(case), now.handler, now.decision_took, now.rounds) == (before, None, None, 0)
    event = now.events.latest("pk")
    assert (event.by, event.at, event.details) == (union, MONDAY, {})


def test_asking_returns_it_and_approves_nothing(world, smuggled):
    case = world.submitted()
    data = {"items-TOTAL_FORMS": len(KINDS), "items-INITIAL_FORMS": len(KINDS), "items-0-item": KINDS[0].item}
    data |= {
        "items-0-wanted": "on",
        "items-0-words": "请补充",
        "items-0-supplied_at": "2020-01-01",
        "items-0-round": "9",
    }
    for number, kind in enumerate(KINDS[1:], 1):
        data |= {f"items-{number}-item": kind.item}
    signed_in(world.officers["union"]).post(
        reverse("casework_desk:ask", args=[case.token]), smuggled | data | {"seen": case.version}
    )
    assert fresh(case).stage == Stage.RETURNED
    line = fresh(case).requested.get()
    assert (line.round, line.supplied_at, line.words) == (1, None, "请补充")


def test_a_recusal_is_that_of_whoever_is_signed_in(world, smuggled):
    case, union = world.submitted(), world.officers["union"]
    sent = smuggled | {"tie": "close", "user": world.officers["county"].pk, "worker": "1"}
    signed_in(union).post(reverse("casework_desk:recuse", args=[case.token]), sent)
    recusal = world.her.recusals.get()
    assert (recusal.user, recusal.declared_at, recusal.case) == (union, MONDAY, case)


def test_a_paper_is_hers_and_unchecked_whatever_is_said_of_it(world, smuggled, settings):
    settings.CASE_DOCUMENTS_UNSCANNED = False
    case = world.draft()
    client = signed_in(world.her.user)
    post_files(client, case, photo(), **{name: value for name, value in smuggled.items() if name != "number"})
    paper = documents_of(case).get()
    assert (paper.uploaded_by, paper.worker, paper.scan != "clean") == (world.her.user, world.her, True)


def test_an_announced_upload_begins_at_nothing(world, smuggled):
    case, data = world.draft(), samples.pdf(2)
    said = {"kind": INCOME, "name": "明细.pdf", "size": len(data), "digest": hashlib.sha256(data).hexdigest()}
    said |= {"received": len(data), "parts": '["x"]', "document": "1", "user": world.officers["union"].pk}
    signed_in(world.her.user).post(reverse("casework:uploads", args=[case.token]), smuggled | said)
    upload = UploadInProgress.objects.get()
    assert (upload.user, upload.received, upload.parts, upload.document) == (world.her.user, 0, [], None)


def test_many_at_once_are_dealt_with_by_whoever_is_signed_in(world, smuggled):
    case, union = world.submitted(), world.officers["union"]
    other = world.submitted(WorkerFactory(organization=world.tree["unit_c"], user=WorkerUserFactory()))
    client, address = signed_in(union), reverse("casework_desk:many_pass")
    shown = client.post(address, smuggled | {"case": [case.token, other.token], "which": "ticked"})
    sent = smuggled | {"sealed": shown.context["sealed"], "rows": f"{case.pk},{other.pk}", "case": other.token}
    client.post(address, sent)
    assert (fresh(case).position, fresh(other).position) == (2, 1)
    assert fresh(case).events.latest("pk").by == union


def test_a_notice_is_made_of_cases_and_of_nothing_typed(noticed, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)
    cases = waiting(noticed)
    desk = signed_in(noticed.officers["town"])
    address = reverse("casework_notices:publish", args=[noticed.tree["town_a"].code, "allowance"])
    typed = {"title": "自拟标题", "ends_on": "2030-01-01", "working_days": "1", "masked_name": "示例甲", "shown": "x"}
    shown = desk.post(address, typed | {"case": [case.token for case in cases]})
    desk.post(address, typed | {"sealed": shown.context["sealed"]})
    notice = PublicNotice.objects.unscoped().get()
    assert (notice.working_days, notice.published_by) == (5, noticed.officers["town"])
    assert "自拟" not in notice.title and notice.ends_on.isoformat() == "2026-03-09"
    assert not notice.lines.filter(masked_name="示例甲").exists()


def test_settling_says_what_was_chosen_and_nothing_else(noticed, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)
    objection = objected(first_line(published(noticed)))
    officer = noticed.officers["town_two"]
    sent = {"act": "settle", "outcome": "not_upheld", "told": "不影响。", "go_on": "on"}
    sent |= {"refuse": "true", "settled_by": noticed.officers["town"].pk, "state": "open", "about": "other"}
    address = reverse("casework_notices:objection", args=[objection.pk])
    assert signed_in(officer).post(address, sent).status_code == 302
    objection.refresh_from_db()
    assert (objection.settled_by, objection.state, objection.about) == (officer, "settled", "income")
    assert Case.objects.unscoped().get(notice_lines=objection.line_id).stage == Stage.NOTICE
