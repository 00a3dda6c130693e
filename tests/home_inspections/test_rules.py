"""Scoring, drawing and estimating, against independent computations."""

import hashlib
import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import StringIO
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.home_inspections.rules import blind, chain, comparing, draw, grading, interval, merging, scoring, standard
from services.home_inspections.rules.scoring import Criterion, Given, Item

SEED = "2026-10-11|SEED|03 07 12 18 25 31"
IDS = [f"LSZJ-62-{number:03d}" for number in range(1, 11)]
BOTH = frozenset({"school", "preschool"})


def test_the_vectors_of_the_plan():
    """D2.6, exactly."""
    drawn = draw.draw({"620000": IDS}, seed=SEED, ratio=Decimal("0.5"))
    order = [code for _ticket, code in draw.in_order(SEED, IDS)]
    assert [code[-3:] for code in order] == ["002", "006", "004", "009", "008", "010", "001", "007", "003", "005"]
    tickets = [ticket for ticket, _code in draw.in_order(SEED, IDS)]
    assert tickets[0].startswith("01a8e515fd076801") and tickets[-1].startswith("debe94aac9318db6")
    assert {code[-3:] for code in drawn.selected} == {"002", "006", "004", "009", "008"}
    assert drawn.frame_sha256 == "d6e680b920811782775d3c740d030be1e3f3117432fc0302d35624351ea4a163"


def test_the_command_gives_what_anybody_can_check(tmp_path):
    frame = tmp_path / "frame.csv"
    frame.write_text("stratum,id\n" + "".join(f"甲县,{code}\n" for code in reversed(IDS)), encoding="utf-8")
    out = StringIO()
    call_command("verify_draw", seed=SEED, frame=str(frame), ratio="0.5", json=True, stdout=out)
    said = json.loads(out.getvalue())
    assert set(said) == {"selected", "reserve", "frame_sha256"}
    assert said["selected"] == [f"LSZJ-62-{number}" for number in ("002", "006", "004", "009", "008")]
    assert said["reserve"] == {"甲县": [f"LSZJ-62-{number}" for number in ("010", "001", "007", "003", "005")]}
    for wrong in ("stratum,id\nA,1\nA,1\n", "name\nx\n", "stratum,id\nA,\n", ""):
        frame.write_text(wrong)
        with pytest.raises(CommandError):
            call_command("verify_draw", seed=SEED, frame=str(frame), ratio="0.5", stdout=StringIO())
    for ratio in ("0", "1.5", "nan", "half"):
        with pytest.raises(CommandError):
            call_command("verify_draw", seed=SEED, frame=str(frame), ratio=ratio, stdout=StringIO())


def thirty_lines(csv_text: str, seed: str, numerator: int, denominator: int) -> tuple[list, dict]:
    """Another program, which shares no line with ours."""
    strata = {}
    for line in csv_text.split("\n")[1:]:
        if line:
            name, code = line.split(",")
            strata[name] = [*strata.get(name, []), code]
    drawn, rest = [], {}
    for name in sorted(strata):
        left = list(strata[name])
        wanted = (len(left) * numerator + denominator - 1) // denominator
        chosen = []
        while left:
            best = min(left, key=lambda code: int(hashlib.sha256((seed + "," + code).encode("utf-8")).hexdigest(), 16))
            left.remove(best)
            chosen.append(best)
        drawn += chosen[:wanted]
        rest[name] = chosen[wanted:]
    return drawn, rest


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from("甲乙丙丁"), st.sets(st.integers(0, 999), min_size=1, max_size=12), min_size=1),
    st.text(min_size=1, max_size=20),
    st.integers(50, 100),
)
def test_anybody_draws_the_same(strata, seed, per_cent):
    frame = {name: [f"{name}-{number:03d}" for number in numbers] for name, numbers in strata.items()}
    ours = draw.draw(frame, seed=seed, ratio=Decimal(per_cent) / 100)
    selected, reserve = thirty_lines(draw.frame_csv(frame), seed, per_cent, 100)
    assert (ours.selected, ours.reserve) == (selected, reserve)
    for name, ids in frame.items():
        drawn = len(ids) - len(ours.reserve[name])
        assert drawn * 100 >= per_cent * len(ids) and drawn <= len(ids)


@given(st.sets(st.integers(0, 999), min_size=2, max_size=30), st.text(min_size=1, max_size=10))
def test_one_home_less_moves_nobody_else(numbers, seed):
    ids = sorted(f"LSZJ-{number:03d}" for number in numbers)
    whole = [code for _ticket, code in draw.in_order(seed, ids)]
    assert [code for code in whole if code != ids[0]] == [code for _ticket, code in draw.in_order(seed, ids[1:])]


def test_the_shares_of_the_example():
    sizes = (13, 13, 12, 12, 13, 13, 12, 12)
    assert [draw.share(size, Decimal("0.5")) for size in sizes] == [7, 7, 6, 6, 7, 7, 6, 6]


def test_a_stratum_can_be_taken_whole_and_inspectors_are_drawn_without_conflicts():
    drawn = draw.draw({"A": ["1", "2", "3"], "P": ["4", "5"]}, seed="seed-1", ratio=Decimal("0.5"), take_all=["P"])
    assert len(drawn.selected) == 4 and drawn.reserve["P"] == []
    found = draw.inspectors_for("home", seed="seed-1", directory=["a", "b", "c", "d"], excluded={"b"})
    assert len(found) == 2 and "b" not in found


points = st.integers(1, 30)


@st.composite
def sheets(draw_):
    """A rubric of random weights with random answers, some of them not applicable."""
    items, given_ = [], {}
    for number in range(draw_(st.integers(1, 9))):
        weights = draw_(st.lists(points, min_size=1, max_size=6))
        criteria = []
        for place, weight in enumerate(weights):
            code = f"{number}.{place}"
            profiles = BOTH if place == 0 else draw_(st.sampled_from([BOTH, frozenset({"school"})]))
            criteria.append(Criterion(code, weight, profiles))
            absent = place > 0 and draw_(st.booleans()) and draw_(st.booleans())
            given_[code] = Given(None, True) if absent else Given(draw_(st.integers(0, weight)))
        items.append(Item(str(number), Decimal(sum(weights)) / 2, tuple(criteria)))
    return items, given_, draw_(st.sampled_from(["school", "preschool"]))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_the_total_is_that_of_an_independent_computation(sheet):
    items, answers, profile = sheet
    total = Fraction(0)
    for item in items:
        counted = [
            (answers[one.code].halves, one.weight)
            for one in item.criteria
            if profile in one.profiles and not answers[one.code].not_applicable
        ]
        exact = (
            Fraction(item.points) * sum(half for half, _weight in counted) / sum(weight for _half, weight in counted)
        )
        total += Fraction(
            (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        )
    result = scoring.score(items, answers, profile=profile)
    assert Fraction(result.total) == total
    assert 0 <= result.total <= sum(item.points for item in items)
    assert all(one.score <= one.points for one in result.items)
    assert sum(one.score for one in result.items) == result.total
    lines = [line for one in result.items for line in one.lines]
    assert tuple(line.code for line in lines if line.failed) == result.failed


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_what_doesnt_apply_is_never_nought_points(sheet):
    """Full points in everything asked is the full score, whatever doesn't apply."""
    items, answers, profile = sheet
    full = {
        one.code: Given(None, True) if answers[one.code].not_applicable else Given(one.weight)
        for item in items
        for one in item.criteria
    }
    result = scoring.score(items, full, profile=profile)
    assert result.total == sum(item.points for item in items)
    assert not result.failed


def test_points_beyond_a_weight_are_an_error():
    item = Item("R", Decimal(5), (Criterion("1", 10, BOTH),))
    with pytest.raises(ValueError):
        scoring.score([item], {"1": Given(11)}, profile="school")
    with pytest.raises(ValueError):
        scoring.halves(Decimal("0.3"))


def test_the_plans_rubric_sums_to_a_hundred_and_has_no_weights():
    assert [item.points for item in standard.ITEMS] == [10, 10, 10, 15, 15, 10, 10, 10, 10]
    codes = [one.code for item in standard.ITEMS for one in item.criteria]
    assert (codes[0], codes[-1], len(codes), len(set(codes))) == ("1.1", "9.4", 29, 29)
    county = [one.code for item in standard.ITEMS for one in item.criteria if one.county]
    assert county == ["1.1", "1.2", "1.3", "2.1", "3.1", "3.2", "5.5"]
    school = [one.code for item in standard.ITEMS for one in item.criteria if one.profiles == ("school",)]
    assert school == ["5.1", "5.2", "5.3", "5.4", "9.2"]


def test_a_sample_says_less_than_it_seems():
    """D3: the chance that half of a hundred homes holds none of the bad ones."""
    chances = [float(interval.missed(population=100, seen=50, bad=bad)) for bad in (1, 2, 3, 5, 10)]
    assert [round(chance * 100, 2) for chance in chances] == [50.0, 24.75, 12.12, 2.81, 0.06]
    assert interval.interval(population=100, seen=50, passed=50).low < 100
    assert interval.interval(population=100, seen=100, passed=93) == interval.Interval(93, 93, 100)
    assert interval.interval(population=100, seen=0, passed=0) is None


@given(st.integers(2, 9), st.data())
def test_the_interval_holds_the_truth_in_at_least_95_of_100_samples(population, data):
    seen = data.draw(st.integers(1, population))
    good = data.draw(st.integers(0, population))
    held = total = 0
    for sample in combinations(range(population), seen):
        found = interval.interval(population=population, seen=seen, passed=sum(one < good for one in sample))
        held += found.low <= good <= found.high
        total += 1
    assert held / total >= 0.95


def test_a_rate_by_strata_counts_each_by_its_size():
    strata = [interval.Stratum(10, 5, 5), interval.Stratum(30, 5, 0)]
    assert interval.weighted_rate(strata) == Fraction(1, 4)
    assert interval.weighted_rate([interval.Stratum(10, 0, 0)]) is None


def test_a_silent_edit_breaks_the_chain():
    links, previous = [], chain.BEGINNING
    for number in (1, 2, 3):
        said = {"number": number, "kind": "k", "at": "2026-10-11T00:00:00+00:00", "payload": {"n": number}}
        digest = chain.digest_of(**said, previous=previous)
        links.append(chain.Link(**said, previous=previous, digest=digest))
        previous = digest
    assert chain.first_break(links) is None
    edited = chain.Link(2, "k", links[1].at, {"n": 9}, links[1].previous, links[1].digest)
    assert chain.first_break([links[0], edited, links[2]]) == 2
    assert chain.first_break(links[1:]) == 1


def test_merging_keeps_points_and_not_applicable_together():
    base = dict(merging.EMPTY)
    mine, theirs = base | {"half_points": 4}, base | {"not_applicable": True, "reason": "无"}
    assert not merging.merge(mine, base, theirs).clean
    assert merging.merge(base | {"note": "a"}, base, theirs).values == theirs | {"note": "a"}
    assert merging.merge(theirs, base, theirs).clean


def test_a_difference_is_flagged_beyond_the_limit_or_when_the_verdict_flips():
    def flagged(county, city, *passed):
        return comparing.compare(
            Decimal(county), Decimal(city), county_passed=passed[0], city_passed=passed[1], limit=Decimal(5)
        ).flagged

    assert not flagged(90, 85, True, True)
    assert flagged(90, "84.5", True, True)
    assert flagged(80, 79, True, False)
    assert comparing.ranks({1: 9, 2: 9, 3: 8}, least=3) == {1: 1, 2: 1, 3: 3}
    assert comparing.ranks({1: 9}, least=3) == {}
    marks = grading.Marks(Decimal(90), Decimal(80), Decimal(60))
    assert [grading.grade(Decimal(one), marks) for one in (90, "89.99", 60, 59)] == [
        "excellent",
        "good",
        "met",
        "not_met",
    ]


@given(st.lists(st.integers(0, 30), min_size=2, max_size=4), st.integers(0, 30))
def test_two_who_score_blind_differ_beyond_the_limit_or_meet_in_the_middle(halves, limit):
    sheets = [{"4.1": Given(one)} for one in halves]
    apart = max(halves) - min(halves) > limit
    assert (blind.differ(sheets, ["4.1"], limit=limit) == ["4.1"]) == apart
    mean = blind.agreed([Given(one) for one in halves]).halves
    assert min(halves) <= mean <= max(halves)
    assert abs(2 * len(halves) * mean - 2 * sum(halves)) <= len(halves)


def test_what_one_calls_not_applicable_or_leaves_open_is_for_a_third():
    one, outside, empty = Given(4), Given(None, True), Given(None)
    for pair in ((one, outside), (one, empty), (empty, empty)):
        assert blind.differ([{"7.3": pair[0]}, {"7.3": pair[1]}], ["7.3"], limit=30) == ["7.3"]
    assert blind.differ([{"7.3": outside}, {"7.3": outside}], ["7.3"], limit=0) == []
    assert blind.agreed([outside, outside]) == outside
