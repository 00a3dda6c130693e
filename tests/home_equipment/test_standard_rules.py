"""What a home has against what is asked: the table of the plan line by line, and quantities by property."""

from hypothesis import given
from hypothesis import strategies as st

from services.foundation.verdict import Outcome
from services.home_equipment.rules import standard as rules
from services.home_equipment.rules.deliveries import MORE_THAN_SENT, REASON_MISSING, Line, differs, faults
from services.home_equipment.rules.shortfalls import codes_of, is_of_equipment
from services.home_equipment.rules.standard import Asked, Held
from services.home_equipment.rules.standard_lists import LISTS

# Code: (quantity or None for 适量, unit, supplier); a dash of the table is missing here.
SCHOOL = {
    "E01": (2, "machine", "province"),
    "E02": (1, "machine", "province"),
    "E03": (1, "machine", "province"),
    "E04": (1, "machine", "province"),
    "E05": (1, "phone", "province"),
    "E06": (300, "title", "province"),
    "E07": (None, "piece", "province"),
    "E08": (2, "piece", "county"),
    "E09": (10, "top", "county"),
    "E10": (20, "seat", "county"),
    "E14": (1, "piece", "province"),
}
PRESCHOOL = {
    "E04": (1, "machine", "province"),
    "E06": (None, "title", "province"),
    "E09": (None, "top", "province"),
    "E10": (None, "seat", "province"),
    "E11": (None, "set", "province"),
    "E12": (None, "piece", "province"),
    "E13": (None, "set", "province"),
    "E14": (1, "piece", "province"),
}


def test_the_two_lists_are_the_table_of_the_plan():
    for profile, table in (("school", SCHOOL), ("preschool", PRESCHOOL)):
        lines = LISTS[profile]
        assert [line.code for line in lines] == [f"E{n:02d}" for n in range(1, 15)]
        assert {one.code: (one.minimum, one.unit, one.supplier) for one in lines if one.applicable} == table
        assert all(line.phrase for line in lines if line.applicable)


def test_the_eight_named_kinds_stand_in_the_school_list():
    line = next(line for line in LISTS["school"] if line.code == "E07")
    assert line.kinds == ("篮球", "足球", "排球", "乒乓球", "羽毛球", "跳绳", "跳棋", "象棋")
    assert line.minimum is None and line.each_kind == 1 and "适量" in line.phrase


def _asked(code: str, profile: str = "school") -> Asked:
    line = next(line for line in LISTS[profile] if line.code == code)
    return Asked(
        line.code, line.name, line.minimum, line.tolerance, line.each_kind, line.kinds, line.applicable, line.phrase
    )


def test_t8_about_three_hundred_titles_are_there_from_two_hundred_and_seventy_on():
    assert rules.judge(_asked("E06"), Held(270)).outcome is Outcome.PASSED
    short = rules.judge(_asked("E06"), Held(269))
    assert short.outcome is Outcome.FAILED and short.figures["gap"] == 1 and short.figures["required"] == 300


def test_t9_some_of_each_kind_is_one_of_each_until_the_city_says_otherwise():
    kinds = dict.fromkeys(_asked("E07").kinds, 1)
    assert rules.judge(_asked("E07"), Held(8, kinds)).passed
    ten_balls = rules.judge(_asked("E07"), Held(10, {"篮球": 10}))
    assert ten_balls.outcome is Outcome.FAILED and ten_balls.figures["gap"] == 7
    assert "足球" in ten_balls.figures["missing_kinds"]


def test_what_does_not_apply_is_neither_passed_nor_nought():
    assert rules.judge(_asked("E01", "preschool"), Held(0)) is None
    said = rules.judge_all([_asked(f"E{n:02d}", "preschool") for n in range(1, 15)], {})
    assert {one.code for one in said} == {f"equipment_{code}" for code in PRESCHOOL}


def test_what_is_away_for_repair_is_named_and_does_not_count():
    found = rules.judge(_asked("E01"), Held(1, in_repair=1))
    assert found.outcome is Outcome.FAILED and found.figures["in_repair"] == 1


def test_without_a_list_the_whole_is_unknown_and_not_failed():
    assert rules.whole([]).outcome is Outcome.UNKNOWN


_asks = st.builds(
    Asked,
    code=st.just("E01"),
    name=st.just("示例"),
    minimum=st.none() | st.integers(1, 500),
    tolerance=st.integers(0, 50),
    each_kind=st.integers(1, 20),
    kinds=st.lists(st.sampled_from("甲乙丙丁"), unique=True, max_size=4).map(tuple),
)
_helds = st.builds(
    lambda kinds: Held(sum(kinds.values()), kinds), st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(0, 400))
)


@given(_asks, _helds)
def test_a_line_is_fulfilled_exactly_when_nothing_is_missing(asked, held):
    found = rules.judge(asked, held)
    assert found.passed == (found.figures["gap"] == 0)
    assert 0 < found.figures["least"] <= found.figures["required"]


@given(_asks, _helds, st.sampled_from("甲乙丙丁"), st.integers(1, 50))
def test_more_never_makes_the_gap_wider(asked, held, kind, more):
    kinds = {**held.by_kind, kind: held.by_kind.get(kind, 0) + more}
    assert rules.gap(asked, Held(held.pieces + more, kinds)) <= rules.gap(asked, held)


@given(_asks, _helds)
def test_bringing_the_gap_closes_it(asked, held):
    kinds = dict(held.by_kind)
    for kind in asked.kinds:
        kinds[kind] = max(kinds.get(kind, 0), asked.each_kind)
    pieces = max(held.pieces + rules.gap(asked, held), sum(kinds.values()))
    assert rules.gap(asked, Held(pieces, kinds)) == 0


_lines = st.lists(
    st.builds(
        Line,
        key=st.integers(),
        sent=st.integers(1, 50),
        received=st.integers(-3, 60),
        reason=st.sampled_from(["", " ", "破损"]),
    ),
    max_size=8,
)


@given(_lines)
def test_v8_more_than_was_sent_is_always_refused_and_less_only_without_a_reason(lines):
    found = faults(lines)
    wrong = [one for one in lines if one.received < 0 or one.received > one.sent]
    silent = [one for one in lines if 0 <= one.received < one.sent and not one.reason.strip()]
    assert len(found) == len(wrong) + len(silent)
    assert all(one.received > one.sent for one in found if one.code == MORE_THAN_SENT)
    assert all(one.received < one.sent for one in found if one.code == REASON_MISSING)
    assert differs(lines) == any(one.received != one.sent for one in lines)


def test_which_criteria_are_about_equipment():
    assert codes_of("5.1") == ("E08",) and codes_of("R5.2") == ("E09",) and codes_of("9.4") == ("E14",)
    assert is_of_equipment("9.2") and codes_of("9.2") == ()
    assert not is_of_equipment("4.1") and not is_of_equipment("7.2")
