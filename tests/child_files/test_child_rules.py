"""Plain rules of children's files: ages, masks, guardianship, clocks, and numbers that give nobody away."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.child_files import workflow
from services.child_files.enums import FileState, RequestState
from services.child_files.rules import ages, clocks, consenting, guardianship, masks, school_terms, small

BORN = st.dates(date(2009, 1, 1), date(2025, 12, 31))


@given(BORN, st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_a_birthday_moves_a_child_up_on_that_very_day(born, on):
    order = ["under_6", "6_8", "9_11", "12_13", "14_15", "16_up"]
    before, now = ages.age_band(born, on - timedelta(days=1)), ages.age_band(born, on)
    assert order.index(now) - order.index(before) in (0, 1)
    assert ages.gets_own_notice(born, on) == (now in ("14_15", "16_up"))


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("示例省示例市示例县示例村1号", "示例省示例市示例县****"),
        ("示例市示例区示例路9号", "示例市示例区****"),
        ("村东头第三家", "****"),
        ("示例县", "****"),
        ("", "****"),
        ("x" * 200, "****"),
    ],
)
def test_e3_an_address_is_masked_to_its_county_and_fails_closed(address, masked):
    assert masks.mask_address(address) == masked


@given(st.text(max_size=40))
def test_e3_no_mask_shows_the_value_itself(text):
    for mask in (masks.mask_address, masks.mask_phone, masks.mask_child):
        assert mask(text) != text or set(text) <= {"*"}


@pytest.mark.parametrize("number", ["13800138000 ", "+8619900001234", "199000012345", "0990-000000", "1990000123"])
def test_e3_numbers_of_another_shape_are_hidden_whole(number):
    assert masks.mask_phone(number) == "****"


@pytest.mark.parametrize(
    ("basis", "relation", "evidence", "why"),
    [
        ("parent", "mother", False, ""),
        ("parent", "father", False, ""),
        ("parent", "grandparent", True, "not_a_parent"),
        ("designated", "grandparent", True, ""),
        ("designated", "grandparent", False, "no_evidence"),
        ("", "grandparent", True, "carer_only"),
    ],
)
def test_who_may_consent(basis, relation, evidence, why):
    day = date(2026, 5, 1)
    found = guardianship.may_consent(
        basis=basis, relation=relation, evidence=evidence, valid_from=day, valid_to=None, on=day
    )
    assert (found.passed, found.figures["why"]) == (not why, why)


def test_one_ground_excludes_and_an_unasked_one_is_no_answer():
    nothing = dict.fromkeys(guardianship.EXCLUSIONS, False)
    assert guardianship.excluded_by(nothing) == ()
    assert guardianship.excluded_by(nothing | {"addiction": True}) == ("addiction",)
    assert guardianship.all_checked(nothing)
    assert not guardianship.all_checked(nothing | {"violence": None})


def test_a_consent_covers_what_its_notice_named_and_no_more():
    assert consenting.covers(["photo"], [], kind="photo")
    assert not consenting.covers(["photo"], [], kind="health")
    assert not consenting.covers(["photo"], ["education"], recipient="public")
    assert consenting.asks_again(["photo"], [], ["photo"], ["public"])
    assert not consenting.asks_again(["photo", "health"], ["public"], ["photo"], [])


def test_clocks():
    seen = datetime(2026, 5, 1, 23, 59)
    assert clocks.report_by(seen).date() == seen.date()
    assert clocks.glass_until(seen, 99) - seen == timedelta(hours=3)
    assert clocks.years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert guardianship.contact_due(None, date(2026, 5, 1)) == date(2026, 5, 8)


@pytest.mark.parametrize(
    ("day", "term"),
    [(date(2026, 9, 1), (2026, "autumn")), (date(2027, 1, 31), (2026, "autumn")), (date(2027, 2, 1), (2027, "spring"))],
)
def test_terms(day, term):
    assert school_terms.term_of(day) == term
    assert school_terms.term_began(day) <= day


PARTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=2, max_size=8)


@settings(max_examples=300)
@given(PARTS)
def test_no_hidden_total_follows_from_the_sum(parts):
    shown = small.shown_totals(parts)
    hidden = {name for name, value in shown.items() if value is None}
    assert {name for name, value in parts.items() if 0 < value < small.LEAST} <= hidden
    if hidden and len(parts) > 1:
        assert len(hidden) > 1
        assert len(hidden) == len(parts) or sum(parts[name] for name in hidden) >= small.LEAST


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2))
def test_no_shown_split_has_a_small_cell_and_none_is_hidden_alone(parts):
    shown = small.shown_splits(parts)
    for cells in shown.values():
        assert cells is None or all(cell == 0 or cell >= small.LEAST for cell in cells)
    hidden = [name for name, cells in shown.items() if cells is None and any(parts[name])]
    assert len(hidden) != 1 or sum(1 for cells in parts.values() if any(cells)) == 1


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2))
def test_no_shown_share_tells_on_few(parts):
    shares = small.shown_shares({name: (part, part + rest) for name, (part, rest) in parts.items()})
    for share in shares.values():
        if share:
            assert share.part == 0 or share.part >= small.LEAST
            assert share.whole - share.part == 0 or share.whole - share.part >= small.LEAST


def test_concerns_below_five_are_not_counted():
    assert [small.concern_count(number) for number in (0, 4, 5)] == [None, None, 5]


def test_every_state_of_the_tables_is_one_of_ours_and_is_reached():
    for table, states, first in ((workflow.FILE, FileState, "draft"), (workflow.REQUEST, RequestState, "received")):
        assert {edge.origin for edge in table} | {edge.target for edge in table} == set(states.values)
        assert set(states.values) - {edge.target for edge in table} == {first}
