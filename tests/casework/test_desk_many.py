"""Several cases at once (T06): each is judged by itself before anything happens and again when it does."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from services.casework import actions
from services.casework.enums import Stage
from services.casework.models import Case
from services.foundation.verdict import Finding, Outcome
from tests.casework.notice_world import signed_in
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def desk(world):
    return signed_in(world.officers["union"])


def address(what: str) -> str:
    return reverse(f"casework_desk:many_{what}")


def fresh(case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def of(world, unit: str):
    return WorkerFactory(organization=world.tree[unit], user=WorkerUserFactory())


def preview(client, what, *cases, **more):
    return client.post(address(what), {"case": [case.token for case in cases], "which": "ticked"} | more)


def confirmed(client, what, shown, **more):
    return client.post(address(what), {"sealed": shown.context["sealed"]} | more)


def lines(answer) -> list[tuple[bool, str]]:
    return [(line.good, line.words) for line in answer.context["lines"]]


def test_nothing_happens_before_it_is_confirmed(world, desk):
    case = world.submitted()
    shown = preview(desk, "pass", case)
    assert lines(shown) == [(True, "Will go to the next step.")]
    assert fresh(case).position == 1
    done = confirmed(desk, "pass", shown)
    assert lines(done) == [(True, "Gone to the next step.")]
    assert fresh(case).desk == world.tree["county_a"]


def test_each_case_is_answered_by_itself(world, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "explain", lambda finding: "家访未做", raising=False)
    hindered = {}
    monkeypatch.setattr(allowance, "obstacles", lambda case, verb, **_: hindered.get(case.pk, []), raising=False)
    ready, blocked, early = world.verified(), world.verified(), world.submitted()
    hindered[blocked.pk] = [Finding("visit", Outcome.FAILED)]
    county = signed_in(world.officers["county"])
    shown = preview(county, "approve", ready, blocked, early)
    said = dict(zip([line.row.pk for line in shown.context["lines"]], lines(shown), strict=True))
    assert said[ready.pk][0] and not said[blocked.pk][0] and not said[early.pk][0]
    assert "家访未做" in said[blocked.pk][1]
    confirmed(county, "approve", shown)
    assert [fresh(case).stage for case in (ready, blocked, early)] == [
        Stage.APPROVED,
        Stage.IN_REVIEW,
        Stage.IN_REVIEW,
    ]


def test_what_was_changed_since_the_preview_is_left_alone_and_the_others_go_on(world):
    county, colleague = signed_in(world.officers["county"]), world.officers["county_two"]
    first, second = world.verified(), world.verified()
    shown = preview(county, "approve", first, second)
    actions.claim(first, by=colleague, now=MONDAY)
    done = confirmed(county, "approve", shown)
    said = {line.row.pk: line for line in done.context["lines"]}
    assert not said[first.pk].good and "Somebody else has worked on this case meanwhile" in said[first.pk].words
    assert (fresh(first).stage, fresh(second).stage) == (Stage.IN_REVIEW, Stage.APPROVED)


def test_an_obstacle_that_came_up_meanwhile_is_said_beside_its_case(world, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "explain", lambda finding: "另有待遇", raising=False)
    county, case = signed_in(world.officers["county"]), world.verified()
    shown = preview(county, "approve", case)
    allowance.hinders = [Finding("overlap", Outcome.FAILED)]
    ((good, words),) = lines(confirmed(county, "approve", shown))
    assert not good and "另有待遇" in words and fresh(case).stage == Stage.IN_REVIEW


def test_cases_out_of_reach_are_neither_shown_nor_touched(world, desk):
    hers, foreign = world.submitted(), world.submitted(of(world, "unit_c"))
    shown = preview(desk, "claim", hers, foreign)
    assert [line.row for line in shown.context["lines"]] == [hers]
    assert foreign.number not in shown.content.decode()
    only = preview(desk, "claim", foreign)
    assert only.status_code == 302
    forged = desk.post(address("claim"), {"sealed": shown.context["sealed"] + "x"})
    assert forged.status_code == 302 and fresh(hers).handler is None
    colleague = signed_in(world.officers["union_two"])
    assert colleague.post(address("claim"), {"sealed": shown.context["sealed"]}).status_code == 302


def test_a_case_that_left_her_reach_after_the_preview_stays_as_it_is(world, desk):
    case = world.submitted()
    shown = preview(desk, "claim", case)
    Case.objects.unscoped().filter(pk=case.pk).update(path=world.tree["unit_c"].path)
    ((good, words),) = lines(confirmed(desk, "claim", shown))
    assert not good and "isn't within your reach" in words and fresh(case).handler is None


def test_nobody_approves_what_she_checked(world):
    """The same person at both desks: the second person is asked for each case."""
    both = world.officers["union"]
    from tests.factories.organizations import AssignmentFactory

    AssignmentFactory(user=both, organization=world.tree["county_a"], role="case_officer")
    mine = actions.pass_step(world.submitted(), by=both, now=MONDAY)
    theirs = actions.pass_step(world.submitted(), by=world.officers["union_two"], now=MONDAY)
    shown = preview(signed_in(type(both).objects.get(pk=both.pk)), "approve", mine, theirs)
    said = {line.row.pk: line for line in shown.context["lines"]}
    assert said[theirs.pk].good and not said[mine.pk].good and "second person" in said[mine.pk].words


def test_sending_it_twice_changes_nothing_more(world, desk):
    case = world.submitted()
    shown = preview(desk, "claim", case)
    confirmed(desk, "claim", shown)
    ((good, _words),) = lines(confirmed(desk, "claim", shown))
    assert not good and fresh(case).events.filter(verb="claim").count() == 1


def test_approving_many_twice_says_of_each_by_whom_it_was_approved(world, allowance):
    county, first = world.officers["county"], world.verified()
    client = signed_in(county)
    shown = preview(client, "approve", first)
    confirmed(client, "approve", shown)
    ((good, words),) = lines(confirmed(client, "approve", shown))
    assert not good and f"Approved already: {county.full_name}" in words
    assert fresh(first).events.filter(verb="approve").count() == 1
    assert [verb for verb, _stage in allowance.heard].count("approve") == 1


def test_all_that_match_the_list_are_taken_at_once(world, desk):
    world.submitted(), world.submitted(of(world, "unit_a"))
    shown = desk.post(address("claim"), {"which": "all", "within": f"union={world.tree['unit_a'].code}"})
    assert shown.context["count"] == 2
    assert confirmed(desk, "claim", shown).context["count"] == 2
    assert desk.post(address("claim"), {"which": "all", "within": "stage=x"}).status_code == 302


def test_claiming_leaves_what_a_colleague_has_in_hand(world, desk):
    theirs = actions.claim(world.submitted(), by=world.officers["union_two"], now=MONDAY)
    shown = preview(desk, "claim", theirs)
    assert not shown.context["count"] and world.officers["union_two"].full_name in lines(shown)[0][1]


def test_cases_are_handed_to_one_colleague_who_is_told(world, desk):
    first, second, colleague = world.submitted(), world.submitted(), world.officers["union_two"]
    shown = preview(desk, "hand_over", first, second)
    assert str(colleague.pk) in re.findall(r'<option value="(\d+)"', shown.content.decode())
    without = confirmed(desk, "hand_over", shown, note="请接手")
    assert without.status_code == 200 and "请接手" in without.content.decode() and fresh(first).handler is None
    done = confirmed(desk, "hand_over", without, to=colleague.pk, note="请接手")
    assert done.context["count"] == 2
    assert {fresh(first).handler, fresh(second).handler} == {colleague}


def test_a_colleague_who_can_have_only_some_of_them_gets_those(world):
    """The county's officer may hand over cases of two unions; a colleague at one of them takes hers alone."""
    county, at_a = world.officers["county"], world.officers["union"]
    first, second = world.submitted(), world.submitted(of(world, "unit_b"))
    client = signed_in(county)
    shown = preview(client, "hand_over", first, second)
    done = confirmed(client, "hand_over", shown, to=at_a.pk)
    said = {line.row.pk: line for line in done.context["lines"]}
    assert said[first.pk].good and fresh(first).handler == at_a
    assert not said[second.pk].good and at_a.full_name in said[second.pk].words and fresh(second).handler is None


def test_a_stranger_is_no_colleague(world, desk):
    case = world.submitted()
    shown = preview(desk, "hand_over", case)
    answer = confirmed(desk, "hand_over", shown, to=world.officer("county_b").pk)
    assert answer.context["form"].errors["to"] and fresh(case).handler is None


@pytest.mark.parametrize("what", ["claim", "hand_over", "pass"])
def test_a_preview_costs_the_same_for_two_cases_and_for_twenty(world, desk, what):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(cases) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert preview(desk, what, *cases).context["count"] == len(cases)
        return len(queries)

    cases = [world.submitted(of(world, "unit_a")) for _ in range(20)]
    asked(cases[:2])
    assert asked(cases) == asked(cases[:2])


def test_what_is_approved_stands_with_programme_and_sum_and_a_sealed_sum_is_left_out(world, allowance, monkeypatch):
    first = actions.pass_step(world.submitted(), by=world.officers["union"], now=MONDAY)
    second = actions.pass_step(world.submitted(of(world, "unit_a")), by=world.officers["union"], now=MONDAY)
    county = world.officers["county"]

    def sums(cases, *, viewer):
        assert viewer == county
        return {first.pk: Decimal("1234.50")}

    monkeypatch.setattr(allowance, "sums", sums, raising=False)
    shown = preview(signed_in(county), "approve", first, second).content.decode()
    assert "Sum in yuan" in shown and shown.count("<td>示例补助</td>") == 2
    assert "1,234.50" in shown and "—</td>" in shown


def test_nothing_ticked_leads_back_to_the_same_list(world, desk):
    answer = desk.post(address("pass"), {"within": "whose=mine"})
    assert answer["Location"] == reverse("casework_desk:list") + "?whose=mine"
    assert desk.get(address("pass")).status_code == 405
