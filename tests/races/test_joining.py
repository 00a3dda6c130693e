"""Two batches with one woman are confirmed at once; two officers begin a batch at once: one of each remains."""

import pytest
from django.utils import timezone

from services.mutual_aid.actions import batch_decisions, enrolling
from services.mutual_aid.enums import BatchState, Duplicates, RowState
from services.mutual_aid.models import Cover, CoverVersion, EnrolmentBatch
from tests.factories.enrolment import Unit
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def two_batches_with_one_woman():
    """She was handed in by one unit, moved, and was handed in by another after somebody above had settled it."""
    unit = Unit()
    other = Unit(city=unit.city, version=unit.version)
    (woman,) = unit.women(1)
    first = unit.handed_in([woman, *unit.women(3)])
    woman.organization = other.organization
    woman.save()
    second = other.handed_in([woman, *other.women(3)])
    row = second.rows.get(worker=woman)
    batch_decisions.settle_line(row, joins=True, because="示例", by=unit.decider, now=unit.now)
    return unit, woman, (first, second)


@pytest.mark.parametrize("again", range(3))
def test_two_batches_with_one_woman_confirmed_at_once_cover_her_once(again):
    unit, woman, batches = two_batches_with_one_woman()
    now = timezone.now()
    results = at_once([lambda b=b: batch_decisions.approve_batch(b, by=unit.decider, now=now).state for b in batches])
    assert sorted(str(one) for one in results) == ["confirmed", "lines_changed"]
    assert CoverVersion.objects.unscoped().filter(worker=woman).count() == 1
    assert Cover.objects.unscoped().count() == 4


def test_one_batch_confirmed_twice_at_once_is_confirmed_once():
    unit = Unit()
    batch = unit.handed_in(unit.women(5))
    now = timezone.now()
    results = at_once([lambda: batch_decisions.approve_batch(batch, by=unit.decider, now=now).state] * 3)
    assert sorted(str(one) for one in results) == ["batch_closed", "batch_closed", "confirmed"]
    assert Cover.objects.unscoped().count() == 5


def test_two_officers_who_begin_a_batch_at_once_begin_one():
    unit = Unit()
    officer, now = unit.officer, timezone.now()
    results = at_once(
        [
            lambda: enrolling.begin_batch(unit.version, organization=unit.organization, by=officer, now=now).state
            for _ in range(3)
        ]
    )
    assert sorted(str(one) for one in results) == ["batch_open", "batch_open", "draft"]
    assert EnrolmentBatch.objects.unscoped().get().state == BatchState.DRAFT


def test_handing_in_races_with_taking_a_line_out_and_the_sums_hold():
    unit = Unit()
    batch = unit.with_papers(unit.begun(unit.women(5)), headcount=5)
    row, officer, now = batch.rows.first(), unit.officer, timezone.now()
    at_once(
        [
            lambda: batch_decisions.hand_in(batch, healthy=True, by=officer, now=now).state,
            lambda: enrolling.take_out(batch, rows=[row], by=officer, now=now),
        ]
    )
    after = EnrolmentBatch.objects.unscoped().get()
    assert after.persons == after.rows.count()
    assert after.fee_total == 36 * after.persons


@pytest.mark.parametrize("again", range(3))
def test_where_shares_add_up_two_batches_confirmed_at_once_never_pass_the_most(again):
    unit = Unit({"duplicates": Duplicates.ADD_UP.value})
    (her,) = unit.women(1)
    unit.covered([her], shares=1)
    other = Unit(city=unit.city, version=unit.version)
    first = unit.handed_in([her], shares=2)
    her.organization = other.organization
    her.save()
    second = other.handed_in([her], shares=1)
    row = second.rows.get(worker=her)
    if row.state == RowState.LOOK:
        batch_decisions.settle_line(row, joins=True, because="示例", by=unit.decider, now=unit.now)
    now = timezone.now()
    at_once([lambda b=b: batch_decisions.approve_batch(b, by=unit.decider, now=now).state for b in (first, second)])
    version = CoverVersion.objects.unscoped().get(worker=her, known_until=None)
    assert Cover.objects.unscoped().count() == 1
    assert version.shares <= 3 and version.shares == sum(part.shares for part in version.held_parts)
