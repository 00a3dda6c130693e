"""Whoever is related to an applicant keeps away from what she applies for (T12): declared, or known to the records."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from services.casework import actions, errors, policies
from services.casework.actions.documents import attach
from services.casework.actions.notices import publish_notice
from services.casework.enums import Handling, Stage, Tie, Verb
from services.casework.models import Case, CaseEvent, PublicNotice, Recusal
from services.casework.policies.documents import may_open_document
from services.casework.queries.documents import documents_of
from services.casework.todos import todos_for
from services.messaging.models import Message
from tests.casework.notice_world import signed_in
from tests.casework.papers import INCOME, KINDS
from tests.casework.test_desk_many import confirmed, lines, preview
from tests.casework.test_her_pages import photo
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY, case_at
from tests.factories.organizations import AssignmentFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


def fresh(case) -> Case:
    return Case.objects.unscoped().select_related("worker__user", "desk").get(pk=case.pk)


def declared(case, by, *, tie=Tie.RELATIVE, note="") -> Case:
    actions.recuse(case, tie=tie, by=by, now=MONDAY, note=note)
    return fresh(case)


def told(case) -> CaseEvent:
    return case.events.get(verb=Handling.RECUSED)


def of(world, unit: str):
    return WorkerFactory(organization=world.tree[unit], user=WorkerUserFactory())


class TestDeclared:
    def test_it_stands_in_the_timeline_of_staff_and_not_in_hers(self, world):
        sister = world.officers["union"]
        case = declared(world.submitted(), sister, note="申请人是我表妹")
        line = told(case)
        assert (line.by, line.by_staff, line.note, line.details["tie"]) == (sister, True, "申请人是我表妹", "relative")
        desk = signed_in(world.officers["union_two"]).get(reverse("casework_desk:case", args=[case.token]))
        for shown in ("Keeps away from this case", "Relatives, or formerly married", "申请人是我表妹"):
            assert shown in desk.content.decode()
        hers = signed_in(world.her.user).get(reverse("casework:case", args=[case.token])).content.decode()
        assert "申请人是我表妹" not in hers and "Keeps away" not in hers

    def test_what_she_has_in_hand_is_left_to_a_colleague_who_goes_on_with_it(self, world):
        sister, colleague = world.officers["union"], world.officers["union_two"]
        case = declared(actions.claim(world.submitted(), by=sister, now=MONDAY), sister)
        assert (case.handler, case.desk, case.stage) == (None, world.tree["unit_a"], Stage.IN_REVIEW)
        assert actions.pass_step(case, by=colleague, now=MONDAY).position == 2

    def test_all_her_other_steps_are_refused_with_the_reason(self, world):
        sister, desk = world.officers["union"], world.tree["county_a"]
        AssignmentFactory(user=sister, organization=desk, role="case_officer")
        case = declared(world.submitted(), sister)
        for verb in (Verb.PASS_STEP, Verb.RETURN, Verb.REFUSE):
            verdict = policies.may_move(sister, case, verb)
            assert (verdict.allowed, "relation to the applicant" in str(verdict.reason)) == (False, True)
        case = actions.pass_step(case, by=world.officers["union_two"], now=MONDAY)
        for refused in (
            lambda: actions.approve(case, by=sister, now=MONDAY),
            lambda: actions.refuse(case, by=sister, now=MONDAY, reason="不符"),
            lambda: actions.claim(case, by=sister, now=MONDAY),
            lambda: actions.take_over(case, by=sister, now=MONDAY),
            lambda: actions.hand_over(case, to=world.officers["county"], by=sister, now=MONDAY, note="请接手"),
        ):
            with pytest.raises(PermissionDenied, match="relation to the applicant"):
                refused()
        with pytest.raises(errors.CantReceive):
            actions.hand_over(case, to=sister, by=world.officers["county"], now=MONDAY, note="请接手")
        assert fresh(case).stage == Stage.IN_REVIEW and policies.verbs_for(sister, fresh(case)) == []

    def test_she_opens_none_of_the_papers_any_more(self, world, allowance, monkeypatch):
        monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
        case = world.draft()
        attach(case, kind=INCOME, upload=photo(), by=world.her.user, now=MONDAY)
        case = actions.submit(case, by=world.her.user, now=MONDAY)
        sister, paper = world.officers["union"], documents_of(case).get()
        assert may_open_document(sister, paper)
        case = declared(case, sister)
        verdict = may_open_document(sister, documents_of(case).get())
        assert (verdict.allowed, "relation" in str(verdict.reason)) == (False, True)
        assert may_open_document(world.officers["union_two"], documents_of(case).get())

    def test_where_nobody_else_holds_the_post_it_goes_one_up_and_keeps_its_day(self, world):
        world.officers["union_two"].assignments.all().delete()
        case = world.submitted()
        due, declaring = case.due_on, world.officers["union"]
        case = declared(case, declaring)
        assert (case.desk, case.due_on, case.position) == (world.tree["town_a"], due, 1)
        assert told(case).details["above"] is True
        assert actions.pass_step(case, by=world.officers["town"], now=MONDAY).desk == world.tree["county_a"]

    def test_a_deputy_of_the_day_gets_what_she_had_in_hand_and_is_told(self, world):
        sister, deputy, today = world.officers["union"], world.officers["union_two"], MONDAY.date()
        case = actions.claim(world.submitted(), by=sister, now=MONDAY)
        actions.appoint_deputy(absent=sister, deputy=deputy, valid_from=today, valid_until=today, by=sister)
        assert declared(case, sister).handler == deputy
        assert Message.objects.get(key="casework-handed-over").recipient == deputy

    def test_a_deputy_who_is_related_too_does_not_get_it(self, world):
        sister, deputy, today = world.officers["union"], world.officers["union_two"], MONDAY.date()
        case = actions.claim(world.submitted(), by=sister, now=MONDAY)
        actions.appoint_deputy(absent=sister, deputy=deputy, valid_from=today, valid_until=today, by=sister)
        declared(case, deputy, tie=Tie.CLOSE)
        assert (declared(case, sister).handler, fresh(case).desk) == (None, world.tree["town_a"])

    def test_it_holds_for_everything_that_this_woman_applies_for_now_and_later(self, world):
        sister = world.officers["union"]
        first = world.submitted()
        second = actions.claim(world.submitted(), by=sister, now=MONDAY)
        other = actions.claim(world.submitted(of(world, "unit_a")), by=sister, now=MONDAY)
        declared(first, sister)
        assert fresh(second).handler is None and told(second).details["from"] == sister.pk
        assert fresh(other).handler == sister and policies.may_handle(sister, fresh(other))
        later = world.submitted()
        assert not policies.may_handle(sister, later)
        world.officers["union_two"].assignments.all().delete()
        assert world.submitted().desk == world.tree["town_a"]

    def test_the_next_step_goes_past_a_desk_where_everybody_keeps_away(self, world):
        world.officers["county_two"].assignments.all().delete()
        case = declared(world.submitted(), world.officers["county"])
        assert case.desk == world.tree["unit_a"]
        case = actions.pass_step(case, by=world.officers["union"], now=MONDAY)
        assert (case.desk, case.position) == (world.tree["city"], 2)
        assert case.events.get(verb=Verb.PASS_STEP).details["above"] is True

    def test_an_appeal_is_not_laid_before_her_either(self, world):
        case = declared(world.verified(), world.officers["county_two"])
        case = actions.refuse(case, by=world.officers["county"], now=MONDAY, reason="高于标准")
        case = actions.appeal(case, by=world.her.user, now=MONDAY, reason="请再看")
        assert case.desk == world.tree["city"]

    def test_declaring_twice_is_declaring_once(self, world):
        sister = world.officers["union"]
        case = declared(world.submitted(), sister)
        declared(case, sister, tie=Tie.CLOSE)
        assert case.events.filter(verb=Handling.RECUSED).count() == 1
        assert list(Recusal.objects.values_list("user", "worker", "tie")) == [(sister.pk, world.her.pk, "relative")]

    def test_only_who_might_come_to_handle_it_declares(self, world):
        case, draft = world.submitted(), world.draft()
        for stranger in (world.officer("unit_b"), world.officer("city", role="auditor"), world.her.user):
            with pytest.raises(PermissionDenied):
                declared(case, stranger)
        with pytest.raises(PermissionDenied):
            declared(draft, world.officers["union"])
        assert not Recusal.objects.exists()


class TestAtTheDesk:
    def test_the_page_leads_to_it_asks_how_and_leaves_the_case_to_a_colleague(self, world):
        sister = world.officers["union"]
        case = actions.claim(world.submitted(), by=sister, now=MONDAY)
        desk, page = signed_in(sister), reverse("casework_desk:case", args=[case.token])
        address = reverse("casework_desk:recuse", args=[case.token])
        assert address in desk.get(page).content.decode()
        without = desk.post(address, {"note": "申请人是我表妹"})
        assert without.status_code == 200 and without.context["form"].errors["tie"]
        assert "申请人是我表妹" in without.content.decode()
        done = desk.post(address, {"tie": "relative", "note": "申请人是我表妹"}, follow=True)
        body = done.content.decode()
        assert done.redirect_chain == [(page, 302)] and fresh(case).handler is None
        assert "A relation to the applicant was declared" in body and address not in body
        for verb in ("pass_step", "refuse"):
            assert reverse("casework_desk:act", args=[case.token, verb]) not in body
        refused = desk.post(reverse("casework_desk:act", args=[case.token, "pass_step"]), {"seen": case.version})
        assert refused.status_code == 403 and "A relation to the applicant" in refused.content.decode()
        again = desk.post(address, {"tie": "relative"}, follow=True)
        assert again.status_code == 200 and Recusal.objects.count() == 1
        assert desk.get(address).status_code == 302

    def test_bulk_approval_leaves_it_out_and_says_so_beside_it(self, world):
        county = world.officers["county"]
        hers, other = world.verified(), world.verified(of(world, "unit_a"))
        shown = preview(client := signed_in(county), "approve", hers, other)
        assert [good for good, _words in lines(shown)] == [True, True]
        declared(hers, county)
        done = {line.row.pk: line for line in confirmed(client, "approve", shown).context["lines"]}
        assert done[other.pk].good and not done[hers.pk].good
        assert "A relation to the applicant was declared" in done[hers.pk].words
        assert (fresh(hers).stage, fresh(other).stage) == (Stage.IN_REVIEW, Stage.APPROVED)
        ((good, words),) = lines(preview(client, "approve", hers))
        assert not good and "A relation to the applicant was declared" in words

    def test_her_list_of_what_waits_holds_no_case_that_she_keeps_away_from(self, world):
        sister = world.officers["union"]
        case = world.submitted()
        assert any(case.number in todo.text for todo in todos_for(sister))
        declared(case, sister)
        assert not any(case.number in todo.text for todo in todos_for(sister))

    def test_nobody_hands_it_to_her(self, world):
        case = declared(world.submitted(), world.officers["union_two"])
        page = signed_in(world.officers["union"]).get(reverse("casework_desk:hand_over", args=[case.token]))
        assert f'value="{world.officers["union_two"].pk}"' not in page.content.decode()
        assert f'value="{world.officers["town"].pk}"' in page.content.decode()


def test_a_public_notice_is_made_without_the_case_that_its_officer_keeps_away_from(noticed, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", lambda cases: {}, raising=False)
    town = noticed.officers["town"]
    hers, other = noticed.verified(), noticed.verified(of(noticed, "unit_a"))
    declared(hers, town)
    with pytest.raises(PermissionDenied):
        publish_notice(
            organization=noticed.tree["town_a"], service="allowance", cases=[hers, other], by=town, now=MONDAY
        )
    desk = signed_in(town)
    address = reverse("casework_notices:publish", args=[noticed.tree["town_a"].code, "allowance"])
    page = desk.get(address).content.decode()
    assert page.count('name="case"') == 1 and "A relation to the applicant was declared" in page
    shown = desk.post(address, {"case": [hers.token, other.token]})
    assert len(shown.context["lines"]) == 1
    desk.post(address, {"sealed": shown.context["sealed"]})
    assert PublicNotice.objects.unscoped().get().lines.get().case == other
    assert fresh(hers).stage == Stage.IN_REVIEW


def test_an_objection_is_not_settled_by_whoever_is_related(noticed):
    case = case_at(noticed, Stage.OBJECTION)
    colleague = noticed.officers["town_two"]
    assert policies.may_settle(colleague, case)
    case = declared(case, colleague)
    assert not policies.may_settle(colleague, case)
    assert case.desk == noticed.tree["county_a"] and policies.may_settle(noticed.officers["county"], case)


class TestWithoutDeclaring:
    """Known by the mobile number of a staff account: that of the record, of her own sign-in, of her household."""

    @pytest.mark.parametrize("whose", ["record", "account"])
    def test_nobody_handles_her_own_application(self, world, whose):
        officer = world.officers["union"]
        officer.phone = world.her.phone if whose == "record" else world.her.user.phone
        officer.save()
        case = world.submitted()
        for may in (policies.may_handle, policies.may_take_over):
            assert "own application" in str(may(officer, case).reason)
        with pytest.raises(PermissionDenied, match="own application"):
            actions.pass_step(case, by=officer, now=MONDAY)

    def test_where_the_applicant_alone_holds_the_post_her_application_goes_one_up(self, world):
        officer = world.officers["union"]
        world.officers["union_two"].assignments.all().delete()
        officer.phone = world.her.phone
        officer.save()
        assert world.submitted().desk == world.tree["town_a"]

    def test_whoever_lives_in_her_household_handles_nothing_of_it(self, world, allowance, monkeypatch):
        officer, sister = world.officers["union"], of(world, "unit_b")
        officer.phone = sister.phone
        officer.save()
        monkeypatch.setattr(
            allowance, "household_of", lambda cases: {case.pk: {sister.id_index} for case in cases}, raising=False
        )
        case = world.submitted()
        assert "her own household" in str(policies.may_handle(officer, case).reason)
        with pytest.raises(PermissionDenied, match="household"):
            actions.refuse(case, by=officer, now=MONDAY + timedelta(days=1), reason="不符")
        assert policies.may_handle(world.officers["union_two"], case)
