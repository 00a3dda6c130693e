"""A unit joins: from an empty batch to covers with certificates."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from services.mutual_aid import errors
from services.mutual_aid.actions import batch_decisions, enrolling
from services.mutual_aid.enums import BatchKind, BatchState, MidTerm, RowState
from services.mutual_aid.models import Cover, CoverVersion, EnrolmentBatch, EnrolmentRow
from tests.factories.enrolment import Unit

pytestmark = pytest.mark.django_db


def states(batch: EnrolmentBatch) -> list[str]:
    return list(EnrolmentRow.objects.own(batch=batch).order_by("position").values_list("state", flat=True))


def fresh(batch: EnrolmentBatch) -> EnrolmentBatch:
    return EnrolmentBatch.objects.unscoped().get(pk=batch.pk)


def test_a_unit_joins_and_each_woman_is_covered_from_the_day_after_fee_and_papers():
    unit = Unit()
    women = unit.women(4)
    batch = unit.covered(women, shares=2)
    assert (batch.state, batch.persons, batch.shares) == (BatchState.CONFIRMED, 4, 8)
    assert (batch.fee_total, batch.fee_upper, batch.fee_unit, batch.fee_herself) == (288, 120, 80, 88)
    assert states(batch) == [RowState.COVERED] * 4
    tomorrow = unit.today + timedelta(days=1)
    versions = CoverVersion.objects.unscoped().filter(worker__in=women)
    assert set(versions.values_list("first_day", "shares", "renewal")) == {(tomorrow, 2, False)}
    assert sorted(Cover.objects.unscoped().values_list("number", flat=True)) == [
        f"{batch.number}-{place:04d}" for place in range(1, 5)
    ]


def test_whoever_prepared_a_batch_does_not_decide_on_it():
    unit = Unit()
    batch = unit.handed_in(unit.women(3))
    with pytest.raises(PermissionDenied):
        batch_decisions.approve_batch(batch, by=unit.officer, now=unit.now)
    assert Cover.objects.unscoped().count() == 0
    assert fresh(batch).state == BatchState.SUBMITTED


@pytest.mark.parametrize(("joined", "headcount", "fits"), [(79, 100, False), (80, 100, True)])
def test_seventy_nine_of_a_hundred_are_too_few_and_eighty_are_enough(joined, headcount, fits):
    unit = Unit()
    batch = unit.with_papers(unit.begun(unit.women(joined)), headcount=headcount)
    if fits:
        assert batch_decisions.hand_in(batch, healthy=True, by=unit.officer, now=unit.now).state == "submitted"
        return
    with pytest.raises(errors.NotReadyToHandIn) as refused:
        batch_decisions.hand_in(batch, healthy=True, by=unit.officer, now=unit.now)
    (lack,) = refused.value.reasons
    assert (lack.code, lack.figures["share"], lack.figures["short"]) == ("group_share", "79.0", 1)


@pytest.mark.parametrize(("joined", "fits"), [(98, False), (99, True)])
def test_in_a_unit_of_ninety_nine_everybody_joins(joined, fits):
    unit = Unit({"full_join_below": 100, "threshold_base": "staff"})
    batch = unit.begun(unit.women(joined))
    unit.with_papers(batch)
    enrolling.state_headcount(batch, women=99, staff=99, on=unit.today, by=unit.officer, now=unit.now)
    codes = [one.code for one in batch_decisions.lacking(fresh(batch))]
    assert codes == ([] if fits else ["group_share"])


def test_everything_that_is_missing_is_said_at_once():
    unit = Unit()
    batch = unit.begun()
    with pytest.raises(errors.NotReadyToHandIn) as refused:
        batch_decisions.hand_in(batch, healthy=False, by=unit.officer, now=unit.now)
    assert [one.code for one in refused.value.reasons] == [
        *("nobody", "no_headcount", "no_evidence", "not_paid", "no_voucher", "health_not_stated", "group_share")
    ]
    assert fresh(batch).state == BatchState.DRAFT


def test_the_unit_may_state_its_headcount_instead_of_a_report():
    unit = Unit()
    batch = unit.begun(unit.women(2))
    enrolling.state_headcount(batch, women=2, staff=None, on=unit.today, stated=True, by=unit.officer, now=unit.now)
    assert "no_evidence" not in [one.code for one in batch_decisions.lacking(fresh(batch))]


def test_a_returned_batch_carries_all_reasons_and_can_be_handed_in_again():
    unit = Unit()
    batch = unit.handed_in(unit.women(3))
    batch_decisions.return_batch(batch, reason="凭证看不清；人数表不是本月的。", by=unit.decider, now=unit.now)
    assert fresh(batch).reason == "凭证看不清；人数表不是本月的。"
    again = batch_decisions.hand_in(fresh(batch), healthy=True, by=unit.officer, now=unit.now)
    assert (again.state, again.reason) == (BatchState.SUBMITTED, "")


def test_a_page_that_is_out_of_date_decides_nothing():
    unit = Unit()
    batch = unit.handed_in(unit.women(3))
    with pytest.raises(errors.BatchMoved):
        batch_decisions.approve_batch(batch, by=unit.decider, now=unit.now, seen=fresh(batch).version - 1)


def test_one_batch_of_a_kind_is_prepared_at_a_time():
    unit = Unit()
    batch = unit.begun()
    with pytest.raises(errors.BatchOpen) as refused:
        unit.begun()
    assert batch.number in refused.value.message(staff=True)


def test_a_woman_who_is_covered_already_keeps_the_batch_back_until_she_is_taken_out():
    unit = Unit()
    women = unit.women(2)
    unit.covered(women)
    batch = unit.later(3).begun(women[:1])
    row = EnrolmentRow.objects.own(batch=batch).get()
    assert (row.state, [one["code"] for one in row.findings]) == (RowState.BARRED, ["already_covered"])
    assert fresh(batch).fee_total == 0
    assert enrolling.take_out(batch, rows=[row], by=unit.officer, now=unit.now) == 1


def test_a_woman_handed_in_by_another_unit_is_looked_at_above():
    unit = Unit()
    other = Unit(city=unit.city, version=unit.version)
    (woman,) = unit.women(1)
    unit.handed_in([woman, *unit.women(2)])
    woman.organization = other.organization
    woman.save()
    batch = other.begun([woman])
    assert states(batch) == [RowState.LOOK]


def test_before_the_first_day_a_batch_can_be_given_up_and_afterwards_no_longer():
    unit = Unit()
    batch = unit.covered(unit.women(2))
    dropped = batch_decisions.drop_batch(batch, reason="单位改制", by=unit.officer, now=unit.now)
    assert dropped.state == BatchState.DROPPED
    assert set(CoverVersion.objects.unscoped().filter(known_until=None).values_list("state", flat=True)) == {"void"}
    second = unit.covered(unit.women(2))
    unit.later(1)
    with pytest.raises(errors.NoWayBack):
        batch_decisions.drop_batch(second, reason="单位改制", by=unit.officer, now=unit.now)


def test_a_renewal_begins_with_the_women_of_the_period_before_and_goes_on_unbroken():
    unit = Unit()
    women = unit.women(3)
    first = unit.covered(women, shares=2)
    left = women[0]
    left.state = "left"
    left.save()
    unit.later(350)
    batch_decisions.advance_batches(today=unit.today)
    batch = unit.with_papers(unit.begun(kind=BatchKind.RENEWAL))
    assert (batch.renews_id, batch.persons, batch.shares) == (first.pk, 2, 4)
    batch_decisions.hand_in(batch, healthy=True, by=unit.officer, now=unit.now)
    done = batch_decisions.approve_batch(batch, by=unit.decider, now=unit.now)
    assert done.effective_from == fresh(first).last_day + timedelta(days=1)
    covers = Cover.objects.unscoped().filter(renews__isnull=False)
    assert covers.count() == 2
    assert set(CoverVersion.objects.unscoped().filter(cover__in=covers).values_list("renewal", flat=True)) == {True}


@pytest.mark.parametrize(("days", "unbroken"), [(30, True), (31, False)])
def test_a_renewal_is_unbroken_up_to_the_last_day_of_grace(days, unbroken):
    unit = Unit()
    first = unit.covered(unit.women(2))
    unit.later((fresh(first).last_day - unit.today).days + days)
    batch_decisions.advance_batches(today=unit.today)
    batch = unit.handed_in((), kind=BatchKind.RENEWAL)
    done = batch_decisions.approve_batch(batch, by=unit.decider, now=unit.now)
    rows = EnrolmentRow.objects.own(batch=done)
    assert set(rows.values_list("renewal", flat=True)) == {unbroken}
    expected = fresh(first).last_day if unbroken else unit.today
    assert done.effective_from == expected + timedelta(days=1)


def test_in_mid_term_only_new_hires_are_added_and_their_cover_ends_with_the_unit():
    unit = Unit()
    first = unit.covered(unit.women(4))
    unit.later(60)
    batch_decisions.advance_batches(today=unit.today)
    (new,) = unit.women(1, hired_on=unit.today)
    (old,) = unit.women(1)
    batch = unit.begun([new, old], kind=BatchKind.ADDITION)
    assert states(batch) == [RowState.READY, RowState.BARRED]
    enrolling.take_out(batch, rows=EnrolmentRow.objects.own(worker=old), by=unit.officer, now=unit.now)
    assert "no_evidence" in [one.code for one in batch_decisions.lacking(fresh(batch))]
    unit.with_papers(batch)
    batch_decisions.hand_in(batch, healthy=True, by=unit.officer, now=unit.now)
    batch_decisions.approve_batch(batch, by=unit.decider, now=unit.now)
    version = CoverVersion.objects.unscoped().get(worker=new)
    assert (version.last_day, version.change) == (fresh(first).last_day, "added")


def test_where_the_terms_add_nobody_no_addition_is_begun():
    unit = Unit({"mid_term": MidTerm.NOBODY.value})
    unit.covered(unit.women(2))
    with pytest.raises(errors.NobodyMayBeAdded):
        unit.begun(kind=BatchKind.ADDITION)


def test_where_the_terms_leave_it_the_unit_says_who_pays():
    unit = Unit({"fee_split": "by_unit", "fee_upper": None, "fee_unit": None, "fee_herself": None})
    batch = unit.begun(unit.women(3))
    with pytest.raises(errors.SplitDiffers):
        split = (Decimal(1), Decimal(2), Decimal(3))
        enrolling.state_payment(batch, paid_on=unit.today, split=split, by=unit.officer, now=unit.now)
    split = (Decimal("12.35"), Decimal("10.10"), Decimal("13.55"))
    done = enrolling.state_payment(batch, paid_on=unit.today, split=split, by=unit.officer, now=unit.now)
    assert (done.fee_upper, done.fee_unit, done.fee_herself) == (Decimal("37.05"), Decimal("30.30"), Decimal("40.65"))
    assert fresh(batch).fee_total == Decimal("108.00")
