"""Where shares of a period add up (§1.4): a second roster adds to the cover she has, up to the most allowed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.mutual_aid import errors, queries
from services.mutual_aid.actions import batch_decisions
from services.mutual_aid.actions.correcting import correct_cover
from services.mutual_aid.actions.covers import end_by_claim
from services.mutual_aid.enums import BatchState, CoverState, Duplicates, RowState
from services.mutual_aid.models import Cover, CoverVersion, EnrolmentRow
from services.mutual_aid.queries.claiming import facts_of
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Added, Facts
from services.mutual_aid.rules.parts import Part, fitted, most_at_once
from services.mutual_aid.rules.standing import standing
from tests.factories.enrolment import Unit
from tests.factories.mutual_aid import claim_of
from tests.mutual_aid.whole import WHOLE

ADDING = WHOLE.with_(duplicates=Duplicates.ADD_UP.value)
BEGAN = date(2026, 1, 1)


def part(first, last, shares=1, **more):
    return Part(date.fromisoformat(first), date.fromisoformat(last), shares, **more)


def gives(diagnosed: date, *added: Added, shares=1, **more) -> Decimal:
    facts = Facts(
        effective=BEGAN, last=date(2026, 12, 31), diagnosed=diagnosed, grade="invasive_primary", shares=shares,
        disease="breast", hospital_level="level_3", added=added, **more,
    )  # fmt: skip
    assert Facts.from_json(facts.as_json()) == facts
    return benefit(ADDING, facts).amount


def test_each_part_waits_by_its_own_days():
    later = Added(date(2026, 6, 1), 2)
    assert gives(date(2026, 5, 31)) == 10000
    assert gives(date(2026, 7, 1), later) == 10000, "day 30 of the added shares: nothing for them yet"
    assert gives(date(2026, 7, 2), later) == 30000, "day 31"
    assert gives(date(2026, 6, 1), Added(date(2026, 6, 1), 2, renewal=True)) == 30000, (
        "an unbroken renewal doesn't wait"
    )


def test_no_more_than_the_most_allowed_counts():
    assert gives(date(2026, 9, 1), Added(date(2026, 6, 1), 1), shares=2) == 30000
    assert gives(date(2026, 9, 1), Added(date(2026, 6, 1), 2), shares=2) == 30000
    assert gives(date(2026, 9, 1), Added(date(2026, 6, 1), 1), Added(date(2026, 6, 2), 1), shares=3) == 30000


def test_parts_are_cut_to_the_days_of_the_cover_and_drawn_out_to_them():
    parts = (part("2026-01-01", "2026-12-31", 2), part("2026-06-01", "2027-05-31"))
    assert most_at_once(parts) == 3
    ended = fitted(parts, date(2026, 1, 1), date(2026, 8, 1))
    assert ended == (part("2026-01-01", "2026-08-01", 2), part("2026-06-01", "2026-08-01"))
    assert fitted(parts, date(2026, 1, 1), date(2026, 5, 31)) == (part("2026-01-01", "2026-05-31", 2),)
    assert fitted(parts, date(2025, 12, 1), date(2027, 6, 30)) == (
        part("2025-12-01", "2026-12-31", 2),
        part("2026-06-01", "2027-06-30"),
    )


def present(her) -> CoverVersion:
    return CoverVersion.objects.own(worker=her, known_until=None, state=CoverState.IN_FORCE).get()


@pytest.mark.django_db
@pytest.mark.parametrize(("second", "fits"), [(1, True), (2, True), (3, False)])
def test_a_second_roster_adds_its_shares_to_the_one_cover_up_to_the_most(second, fits):
    unit = Unit({"duplicates": Duplicates.ADD_UP.value})
    (her,) = unit.women(1)
    unit.covered([her], shares=1)
    unit.later(40)
    if not fits:
        with pytest.raises(errors.NotReadyToHandIn) as refused:
            unit.handed_in([her], shares=second)
        assert "lines_barred" in [one.code for one in refused.value.reasons]
        return
    first, batch = present(her), unit.covered([her], shares=second)
    assert Cover.objects.unscoped().count() == 1
    row, now = EnrolmentRow.objects.own(batch=batch).get(), present(her)
    assert (row.state, row.cover_id, row.adds_to_id) == (RowState.COVERED, None, now.cover_id)
    began = unit.today + timedelta(days=1)
    assert (now.shares, now.first_day, now.last_day) == (1 + second, first.first_day, batch.last_day)
    assert [(one.first, one.shares) for one in now.held_parts] == [(first.first_day, 1), (began, second)]
    stands = standing(queries.terms_of(unit.version), queries.plain_cover(now), began)
    (invasive,) = [one for one in stands.given if one.grade == "invasive_primary"]
    assert (invasive.amount, invasive.next_from) == (10000, began + timedelta(days=31))
    after = queries.cover_on(her, unit.version.scheme, first.last_day + timedelta(days=1))
    claim = claim_of(now.cover, particulars={"diagnosed": str(after.last_day), "grade": "invasive_primary"})
    facts = facts_of(claim, after, on=unit.today)
    assert (facts.effective, facts.shares, facts.added) == (began, second, ()), "the first roster's are over by then"


@pytest.mark.django_db
def test_a_batch_that_is_given_up_takes_its_own_shares_out_alone():
    unit = Unit({"duplicates": Duplicates.ADD_UP.value})
    (her,) = unit.women(1)
    unit.covered([her], shares=1)
    added = unit.covered([her], shares=2)
    assert present(her).shares == 3
    dropped = batch_decisions.drop_batch(added, reason="重复上报", by=unit.officer, now=unit.now)
    assert dropped.state == BatchState.DROPPED
    now = present(her)
    assert (now.shares, now.parts) == (1, [])
    changes = CoverVersion.objects.own(cover=now.cover).order_by("known_from").values_list("change", flat=True)
    assert list(changes) == ["enrolled", "shares_added", "shares_taken_out"]


@pytest.mark.django_db
def test_the_end_of_the_cover_and_a_correction_hold_for_all_its_parts():
    unit = Unit({"duplicates": Duplicates.ADD_UP.value})
    (her,) = unit.women(1)
    unit.covered([her], shares=1)
    unit.later(40).covered([her], shares=2)
    cover = present(her).cover
    on = unit.today + timedelta(days=60)
    end_by_claim(cover, on=on, by=unit.decider, now=unit.now)
    assert {one.last for one in present(her).held_parts} == {on}
    said = {"first_day": present(her).first_day, "last_day": on, "shares": 2, "renewal": False}
    correct_cover(cover, reason="名单有误", by=unit.decider, now=unit.now, **said)
    assert (present(her).shares, present(her).parts) == (2, [])


@pytest.mark.django_db
def test_where_the_first_counts_a_second_roster_is_barred_as_before():
    unit = Unit()
    (her,) = unit.women(1)
    unit.covered([her])
    with pytest.raises(errors.NotReadyToHandIn):
        unit.handed_in([her])
