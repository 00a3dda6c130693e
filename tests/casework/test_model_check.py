"""Anybody tries anything in any order: a case never comes to where it may not be.

CASE_HISTORIES sets how many histories of up to 30 tries are walked from each stage.
"""

import os
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.casework import actions, policies, queries, workflow
from services.casework.actions import AskedItem
from services.casework.enums import DECIDING, WAITING_ON_STAFF, ObjectionOutcome, Stage, Verb
from services.casework.models import Case, NoticeLine, Objection, PublicNotice
from services.foundation.errors import Refused
from services.organizations.enums import Role
from tests.factories.casework import WITH_NOTICE, case_at, casework_world
from tests.factories.organizations import AssignmentFactory

pytestmark = pytest.mark.django_db
HISTORIES = int(os.environ.get("CASE_HISTORIES", "4"))
WHO = ("her", "union", "union_two", "town", "town_two", "county", "county_two", "city", "everywhere", "system")


class Life(RuleBasedStateMachine):
    """``everywhere`` holds a post at every desk: what keeps her from deciding alone is the second person."""

    begins_at = Stage.DRAFT
    done: set[tuple[str, str]] = set()

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.world = casework_world(steps=WITH_NOTICE)
        self.world.officers["everywhere"] = self.world.officer("unit_a")
        for place in ("town_a", "county_a", "city"):
            AssignmentFactory(
                user=self.world.officers["everywhere"], organization=self.world.tree[place], role=Role.CASE_OFFICER
            )
        self.case = case_at(self.world, self.begins_at)
        self.now = max(self.case.events.values_list("at", flat=True))

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def who(self, name: str):
        return {"her": self.world.her.user, "system": None}.get(name) or self.world.officers.get(name)

    def fresh(self) -> Case:
        return Case.objects.unscoped().get(pk=self.case.pk)

    def attempt(self, act) -> None:
        """Refused or done; whatever else is raised fails the test."""
        before = self.fresh()
        try:
            with transaction.atomic():
                act()
        except (Refused, PermissionDenied):
            after = self.fresh()
            assert (after.stage, after.position, after.version) == (before.stage, before.position, before.version)

    @rule(verb=st.sampled_from(Verb.values), who=st.sampled_from(WHO), stale=st.sampled_from([None, 0, 0, 1]))
    def tries(self, verb, who, stale):
        seen = None if stale is None else self.fresh().version - stale
        by = self.who(who)
        if verb == Verb.RETURN:
            asked = [AskedItem("income", "请补充", again_because="看不清")]
            self.attempt(lambda: actions.return_case(self.case, items=asked, by=by, now=self.now, seen=seen))
        elif verb == Verb.RESUBMIT:
            self.attempt(lambda: actions.resubmit(self.case, by=by, now=self.now, seen=seen))
        else:
            self.attempt(lambda: actions.move(self.case, verb, by=by, now=self.now, seen=seen, reason="理由"))

    @rule(choice=st.integers(0, 100))
    def somebody_does_what_she_may(self, choice):
        """A verb and a person who may, with what the verb waits for done first, so that histories get far."""
        case = self.fresh()
        edges = workflow.edges_from(case.stage, kind=step.kind if (step := queries.step_of(case)) else "")
        edge = edges[choice % len(edges)] if edges else None
        able = [name for name in WHO if edge and policies.may_move(self.who(name), case, edge.verb)]
        if not able:
            return
        if edge.verb == Verb.RESUBMIT:
            self.supplies("her")
        if edge.verb in (Verb.END_NOTICE, Verb.SETTLE_OBJECTION, Verb.REFUSE):
            self.objections_are_answered()
        if edge.verb == Verb.END_NOTICE:
            self.time_passes(20)
        self.tries(verb=edge.verb, who=able[choice // len(edges) % len(able)], stale=0)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @rule(who=st.sampled_from(WHO[1:-1]), what=st.sampled_from([actions.claim, actions.take_over, actions.put_back]))
    def takes_in_hand(self, who, what):
        """Of those with a colleague of the same post, some keep away instead of putting back: somebody is left."""
        by, kept_away = self.who(who), what is actions.put_back and who.endswith("_two")
        if kept_away:
            self.attempt(lambda: actions.recuse(self.case, tie="relative", by=by, now=self.now))
        else:
            self.attempt(lambda: what(self.case, by=by, now=self.now))

    @rule(who=st.sampled_from(["her", "union", "town"]))
    def supplies(self, who):
        for line in self.case.requested.filter(supplied_at=None):
            self.attempt(lambda line=line: actions.mark_supplied(line, by=self.who(who), now=self.now))

    @rule()
    def somebody_objects(self):
        case = self.fresh()
        if case.stage not in (Stage.NOTICE, Stage.OBJECTION):
            return
        notice, _made = PublicNotice.objects.unscoped().get_or_create(
            number=f"N{case.pk}",
            defaults={
                "service": case.service,
                "organization": self.world.tree["town_a"],
                "title": "公示",
                "begins_on": min(self.now.date(), case.due_on),
                "ends_on": case.due_on,
                "working_days": 5,
                "contact": "示例",
                "published_by": self.world.officers["town"],
                "published_at": self.now,
            },
        )
        line, _made = NoticeLine.objects.get_or_create(
            notice=notice,
            case=case,
            defaults={"number": f"L{case.pk}", "position": 1, "masked_name": "示*", "unit": "示例"},
        )
        Objection.objects.create(
            reference=f"O{case.pk}-{Objection.objects.unscoped().count()}",
            code_index="0" * 64,
            line=line,
            text="示例",
            received_at=self.now,
            due_on=case.due_on,
        )
        self.attempt(lambda: actions.object_to(self.case, now=self.now))

    @rule()
    def objections_are_answered(self):
        Objection.objects.unscoped().filter(line__case=self.case).update(
            state="settled", outcome=ObjectionOutcome.NOT_UPHELD, settled_at=self.now
        )

    @invariant()
    def every_move_is_in_the_table(self):
        moves = list(self.case.events.exclude(target="").exclude(verb="open").order_by("at", "pk"))
        stage = Stage.DRAFT
        for event in moves:
            assert event.source == stage
            assert workflow.edge_of(event.verb, event.source).target == event.target
            self.done.add((event.verb, event.source))
            stage = event.target
        assert self.fresh().stage == stage
        assert self.fresh().version == 1 + len(moves)

    @invariant()
    def nothing_is_paid_before_it_is_approved_nor_approved_before_its_notice_ended(self):
        verbs = list(self.case.events.exclude(target="").order_by("at", "pk").values_list("verb", flat=True))
        for place, verb in enumerate(verbs):
            if verb == Verb.START_PAYMENT:
                assert verbs[place - 1] == Verb.APPROVE
            if verb == Verb.APPROVE:
                assert Verb.END_NOTICE in verbs[:place]
        ended = self.case.events.filter(verb=Verb.END_NOTICE)
        for event in ended:
            began = self.case.events.filter(verb=Verb.PUBLISH, at__lte=event.at).order_by("-at", "-pk").first()
            assert (event.at - began.at).days >= 7

    @invariant()
    def nobody_decides_past_an_open_objection(self):
        if Objection.objects.unscoped().filter(line__case=self.case, state="open").exists():
            assert self.fresh().stage in (Stage.NOTICE, Stage.OBJECTION)

    @invariant()
    def nobody_decides_what_she_prepared(self):
        prepared, decided = set(), {}
        for event in self.case.events.filter(by_staff=True).order_by("at", "pk"):
            if (event.verb, event.source) == (Verb.REOPEN, Stage.CLOSED):
                prepared, decided = set(), {}
            if event.verb in (Verb.APPROVE, Verb.UPHOLD):
                assert event.by_id not in prepared
                assert Verb.REFUSE not in decided.get(event.by_id, set())
            if event.verb in (Verb.PASS_STEP, Verb.PUBLISH):
                prepared.add(event.by_id)
            if event.verb in DECIDING:
                decided.setdefault(event.by_id, set()).add(event.verb)

    @invariant()
    def whoever_keeps_away_takes_no_step_any_more(self):
        for line in self.case.events.filter(verb="recused"):
            assert not self.case.events.filter(by=line.by, pk__gt=line.pk).exists()
            assert self.fresh().handler_id != line.by_id

    @invariant()
    def what_waits_has_a_desk_and_a_day(self):
        case = self.fresh()
        if case.stage in WAITING_ON_STAFF:
            assert case.due_on
            assert case.desk.path == case.desk_path
            assert case.path.startswith(case.desk_path)
        if case.decision_took is not None:
            assert case.events.filter(verb__in=(Verb.APPROVE, Verb.REFUSE)).exists()


def test_no_order_of_tries_brings_a_case_to_where_it_may_not_be():
    told = settings(
        max_examples=HISTORIES,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    for stage in Stage.values:
        Life.begins_at = stage
        run_state_machine_as_test(Life, settings=told)
    # The histories went far: nearly every row of the table was walked.
    walked = {(edge.verb, edge.source) for edge in workflow.EDGES}
    assert len(walked - Life.done) <= 4, walked - Life.done
