"""A decided claim is marked, and never changed, when another cover answers for its day than the one it was decided on
(D15): by a roster brought in late as by a correction; what leaves its day alone marks nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from services.mutual_aid.actions import batch_decisions, enrolling
from services.mutual_aid.actions.covers import Opening, add_shares, open_covers, rewrite
from services.mutual_aid.enums import CoverChange, Duplicates, EffectiveRule, Reason, RowState
from services.mutual_aid.models import EnrolmentRow
from services.mutual_aid.queries import present_version
from tests.casework.notice_world import signed_in
from tests.factories.claims import at_decision, claims_world, fresh, refused, sent
from tests.factories.enrolment import Unit
from tests.mutual_aid.whole import WHOLE

pytestmark = pytest.mark.django_db
DECIDED = ("amount", "computed", "terms_id", "cover_id", "ends_cover", "reason", "decided_on", "live")


@pytest.fixture
def world():
    return claims_world(WHOLE.with_(effective_rule=EffectiveRule.UNIFIED.value))


def ago(world, days: int):
    return localdate(world.now) - timedelta(days=days)


def not_covered(world):
    """Her cover ended 150 days ago, the diagnosis is of 20 days ago: refused."""
    her = world.woman(days_ago=500, last=ago(world, 150))
    claim = refused(world, at_decision(world, sent(world, her)), Reason.NOT_INSURED_AT_DATE)
    assert claim.decided_on and claim.case.stage == "refused"
    return her, claim


def kept(claim) -> tuple:
    return tuple(getattr(claim, name) for name in DECIDED)


def opened(world, her, *, first, last, **more):
    opening = Opening(
        scheme=world.terms.scheme, terms=world.terms, worker=her, organization=her.organization,
        number=f"HB-{her.pk}-{first}", first_day=first, last_day=last, shares=1, **more,
    )  # fmt: skip
    return open_covers([opening], by=None, now=world.now)[0]


def roster(world, her, *, paid, first):
    """The unit's batch through to its confirmation, with a first day of its own."""
    unit = Unit(city=world.tree["city"], version=world.terms)
    unit.organization = her.organization
    batch = unit.with_papers(unit.begun([her]), headcount=2, paid=paid)
    batch = enrolling.state_payment(batch, paid_on=paid, unified_from=first, by=unit.officer, now=unit.now)
    batch = batch_decisions.hand_in(batch, healthy=True, by=unit.officer, now=unit.now)
    for row in EnrolmentRow.objects.own(batch=batch, state=RowState.LOOK):
        batch_decisions.settle_line(row, joins=True, because="已核", by=unit.decider, now=unit.now)
    return batch_decisions.approve_batch(batch, by=unit.decider, now=unit.now)


def test_a_roster_brought_in_late_that_covers_the_day_marks_the_decided_claim(world):
    her, claim = not_covered(world)
    before = kept(claim)
    batch = roster(world, her, paid=ago(world, 50), first=ago(world, 40))
    assert batch.effective_from == ago(world, 40) <= world.diagnosed
    claim = fresh(claim)
    assert claim.flagged and kept(claim) == before
    listed = signed_in(world.officers["county"]).get(reverse("claims_desk:flagged")).content.decode()
    assert claim.case.number in listed


def test_a_roster_from_after_the_day_marks_nothing(world):
    her, claim = not_covered(world)
    batch = roster(world, her, paid=ago(world, 19), first=ago(world, 19))
    assert batch.effective_from == ago(world, 19) > world.diagnosed
    assert fresh(claim).flagged == ""


def test_another_cover_of_hers_that_is_drawn_back_over_the_day_marks_it(world):
    her, claim = not_covered(world)
    later = opened(world, her, first=ago(world, 10), last=ago(world, -300))
    assert fresh(claim).flagged == ""
    rewrite(
        later, change=CoverChange.CORRECTED, by=None, now=world.now, reason="入会日期有误", first_day=ago(world, 30)
    )
    assert fresh(claim).flagged


@pytest.mark.parametrize(("began", "marked"), [(100, True), (20, True), (19, False)])
def test_added_shares_mark_a_paid_claim_only_from_a_day_on_or_before_its_own(began, marked):
    world = claims_world(WHOLE.with_(duplicates=Duplicates.ADD_UP.value))
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    before = kept(claim)
    present = present_version(world.cover)
    opening = Opening(
        scheme=world.terms.scheme, terms=world.terms, worker=world.her, organization=world.her.organization,
        number="", first_day=ago(world, began), last_day=present.last_day, shares=1, batch=7,
    )  # fmt: skip
    add_shares(world.cover, opening, by=None, now=world.now)
    assert bool(fresh(claim).flagged) is marked and kept(fresh(claim)) == before


@pytest.mark.parametrize(("gap", "marked"), [(0, True), (WHOLE.renewal_grace_days, True), (200, False)])
def test_a_cover_brought_in_late_just_before_marks_a_claim_that_had_to_wait(world, gap, marked):
    her = world.woman(days_ago=40)
    claim = refused(world, at_decision(world, sent(world, her)), Reason.IN_EXEMPTION_PERIOD)
    last = ago(world, 41 + gap)
    opened(world, her, first=last - timedelta(days=300), last=last)
    assert bool(fresh(claim).flagged) is marked


def test_a_cover_brought_in_late_marks_nothing_where_nobody_had_to_wait(world):
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    opened(world, world.her, first=ago(world, 500), last=ago(world, 201))
    assert fresh(claim).flagged == ""


def test_an_end_after_the_day_and_the_renewal_of_the_next_period_mark_nothing(world):
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    rewrite(world.cover, change=CoverChange.LEFT, by=None, now=world.now, last_day=world.diagnosed)
    opened(world, world.her, first=world.diagnosed + timedelta(days=1), last=ago(world, -300))
    assert fresh(claim).flagged == ""
    rewrite(world.cover, change=CoverChange.CORRECTED, by=None, now=world.now, last_day=ago(world, 21))
    assert fresh(claim).flagged, "the day itself is no longer covered"
