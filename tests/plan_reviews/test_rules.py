"""Comparators, the way to a target, changes with their names, the three numbers, and the command that explains them."""

import csv
import json
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from services.plan_reviews import enums
from services.plan_reviews.rules import changes, comparing, counting, course
from services.plan_reviews.rules.comparing import Aim, Comparator, judge
from services.plan_reviews.rules.course import Span, look

F = Fraction
# comparator, aim, and for values below, at and beyond the number: is it met?
TABLE = [
    ("ge", Aim("ge", F(90)), {"89.99": False, "90": True, "90.01": True}),
    ("le", Aim("le", F(12)), {"11.99": True, "12": True, "12.01": False}),
    ("gt", Aim("gt", F(90)), {"89.99": False, "90": False, "90.01": True}),
    ("lt", Aim("lt", F(2)), {"1.99": True, "2": False, "2.01": False}),
    ("maintain_ge", Aim("maintain_ge", F(90)), {"89.99": False, "90": True, "95": True}),
    ("maintain_le", Aim("maintain_le", F(5)), {"4.99": True, "5": True, "5.01": False}),
    ("range", Aim("range", F(40), F(60)), {"39.99": False, "40": True, "60": True, "60.01": False}),
    ("trend_up", Aim("trend_up", base=F(50)), {"49.99": False, "50": False, "50.01": True}),
    ("trend_down", Aim("trend_down", base=F(50)), {"49.99": True, "50": False, "50.01": False}),
    ("gap_narrow", Aim("gap_narrow", base=F("2.76")), {"2.75": True, "2.76": False, "-2.8": False, "-1": True}),
    ("equal_zero", Aim("equal_zero"), {"0": True, "0.01": False}),
]


@pytest.mark.parametrize(("code", "aim", "said"), TABLE, ids=[row[0] for row in TABLE])
def test_each_comparator_at_its_edge(code, aim, said):
    assert {value: judge(F(value), aim) == comparing.MET for value in said} == said
    assert judge(None, aim) == comparing.NO_DATA


def test_the_table_leaves_no_comparator_out_and_codes_are_those_of_the_form():
    assert {row[0] for row in TABLE} | {"none"} == set(Comparator) == set(enums.Comparator.values)
    assert judge(F(5), Aim("none")) == comparing.NO_TARGET


@pytest.mark.parametrize(
    ("word", "includes"),
    [("以上", True), ("以下", True), ("以内", True), ("不满", False), ("超过", False), ("以外", False)],
)
def test_what_the_words_of_the_civil_code_include(word, includes):
    assert (judge(F(10), Aim(comparing.WORDS[word], F(10))) == comparing.MET) is includes


maybe = st.none() | st.fractions()


@given(st.sampled_from(list(Comparator)), maybe, maybe, maybe)
def test_no_indicator_is_green_without_a_value(comparator, target, high, base):
    aim = Aim(comparator, target, high, base)
    assert judge(None, aim) in (comparing.NO_DATA, comparing.NO_TARGET)
    assert look(None, aim, Span(2020, 2030), 2025).status in (comparing.NO_DATA, comparing.NO_TARGET)
    assert look(None, aim, Span(2020, 2030), 2030).course == ""


def test_the_expected_way_is_straight():
    aim = Aim("ge", F(90), base=F(50))
    span = Span(2020, 2030)
    assert [course.expected(aim, span, year) for year in (2020, 2025, 2030, 2035)] == [50, 70, 90, 90]
    assert course.expected(Aim("ge", F(90)), span, 2025) is None
    assert course.expected(Aim("equal_zero", base=F(10)), span, 2025) == 5


@pytest.mark.parametrize(
    ("value", "year", "status", "on"),
    [
        ("90", 2025, "met", "on_track"),
        ("70", 2025, "not_due", "on_track"),
        ("66", 2025, "not_due", "at_risk"),
        ("65.99", 2025, "not_due", "off_track"),
        ("49", 2025, "not_due", "off_track"),
        ("89", 2030, "not_met", ""),
        ("90", 2030, "met", ""),
    ],
)
def test_status_and_course_are_two_things(value, year, status, on):
    found = look(F(value), Aim("ge", F(90), base=F(50)), Span(2020, 2030), year)
    assert (found.status, found.course) == (status, on)


def test_less_is_better_runs_the_same_way_and_what_is_kept_is_due_every_year():
    down = Aim("le", F(12), base=F(22))
    assert [look(F(v), down, Span(2020, 2030), 2025).course for v in ("17", "18", "19.5", "23")] == [
        "on_track",
        "at_risk",
        "off_track",
        "off_track",
    ]
    assert look(F(89), Aim("maintain_ge", F(90)), Span(2020, 2030), 2025).status == comparing.NOT_MET
    assert look(F(60), Aim("ge", F(90)), Span(2020, 2030), 2025).course == ""


@pytest.mark.parametrize(
    ("unit", "now", "before", "points", "points_of", "relative"),
    [
        ("%", "75.3", "73.5", "1.8", "percentage_points", F(1800, 735)),
        ("‰", "4.5", "4.9", "-0.4", "per_mille_points", F(-4000, 490)),
        ("/10万", "14.3", "15.1", "-0.8", "units", F(-8000, 1510)),
        ("人", "5", "0", "5", "units", None),
    ],
)
def test_a_change_names_what_it_is(unit, now, before, points, points_of, relative):
    found = changes.change(F(now), F(before), unit=unit, direction="up")
    assert (found.points, found.points_of, found.relative) == (F(points), points_of, relative)


def test_trend_is_not_status_and_no_direction_gets_no_light():
    """Anaemia stood far below its target and still got worse (lesson i); students have no direction (lesson iv)."""
    assert changes.change(F("5.44"), F("5.42"), unit="%", direction="down").trend == changes.WORSE
    assert judge(F("5.44"), Aim("le", F(12))) == comparing.MET
    assert changes.change(F(51), F(50), unit="%", direction="none").trend == changes.MOVED
    assert changes.change(F(-1), F(2), unit="", direction="narrow").trend == changes.BETTER
    assert changes.change(None, F(2), unit="%", direction="up") is None


def test_ninety_four_less_four_less_two_are_eighty_eight():
    found = counting.count(["met"] * 88 + ["not_met"] * 4 + ["no_data"] * 2 + ["no_target"] * 3)
    assert (found.total, found.with_data, found.no_target) == (94, 92, 3)
    shares = [round(float(share), 1) for share in (found.of_all, found.of_known, found.unknown)]
    assert shares == [93.6, 95.7, 2.1]
    assert counting.count([]).of_all is None


@given(st.lists(st.sampled_from(["met", "not_met", "not_due", "no_data", "no_target"])))
def test_the_three_numbers_fit_together(statuses):
    found = counting.count(statuses)
    assert found.total + found.no_target == len(statuses)
    if found.total:
        assert found.of_all <= (found.of_known if found.of_known is not None else 0) or not found.met
        assert found.of_all + found.unknown <= 100


def written(path, rows) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["indicator", "comparator", "target", "status", "numerator", "denominator", "factor"])
        writer.writerows(rows)
    return str(path)


def explained(file: str) -> dict:
    out = StringIO()
    call_command("explain_evaluation", file, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_explains_the_published_example(tmp_path):
    rows = [[f"甲{n}", "GE", "90", "REPORTED", "95", "100", "100"] for n in range(88)]
    rows += [[f"乙{n}", "GE", "90", "REPORTED", "89", "100", "100"] for n in range(4)]
    rows.append(["丙1", "GE", "90", "MISSING_NOT_COLLECTED", "", "", "100"])
    rows.append(["丙2", "LE", "5", "REPORTED", "0", "0", "100"])
    found = explained(written(tmp_path / "e.csv", rows))
    assert {key: found[key] for key in ("met", "not_met", "no_data", "total")} == {
        "met": 88,
        "not_met": 4,
        "no_data": 2,
        "total": 94,
    }
    assert [found[key] for key in ("met_of_all", "met_of_those_with_data", "no_data_rate")] == [93.6, 95.7, 2.1]


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (["x", "ge", "90", "reported", "95", "", "100"], "no_data"),
        (["x", "ge", "90", "reported", "", "100", "100"], "no_data"),
        (["x", "equal_zero", "", "zero", "", "", ""], "met"),
        (["x", "equal_zero", "", "reported", "0", "", "1"], "met"),
        (["x", "equal_zero", "", "", "", "", ""], "no_data"),
        (["x", "range", "40..60", "reported", "60", "100", "100"], "met"),
        (["x", "range", "40-60", "reported", "61", "100", "100"], "not_met"),
        (["x", "trend_up", "50", "estimated", "51", "100", "100"], "met"),
        (["x", "trend_up", "", "reported", "51", "100", "100"], "no_data"),
        (["x", "gap_narrow", "2.76", "reported", "2.5", "", ""], "met"),
        (["x", "lt", "2", "reported", "2", "100", "100"], "not_met"),
        (["x", "none", "", "reported", "2", "100", "100"], "no_target"),
        (["x", "ge", "90", "suppressed", "95", "100", "100"], "no_data"),
    ],
)
def test_every_kind_of_line(tmp_path, row, status):
    assert explained(written(tmp_path / "e.csv", [row]))["indicators"][0]["status"] == status


@pytest.mark.parametrize(
    "row",
    [
        ["x", "about", "90", "reported", "1", "2", "100"],
        ["x", "ge", "ninety", "reported", "1", "2", "100"],
        ["x", "ge", "90", "lost", "1", "2", "100"],
        ["x", "ge", "90", "zero", "5", "2", "100"],
        ["x", "ge", "90", "reported", "1", "2", "0"],
    ],
)
def test_a_line_that_cant_be_read_is_named(tmp_path, row):
    with pytest.raises(CommandError, match="line 2"):
        explained(written(tmp_path / "e.csv", [row]))


def test_what_isnt_such_a_table_is_refused(tmp_path):
    (tmp_path / "e.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="lacks the columns"):
        call_command("explain_evaluation", str(tmp_path / "e.csv"))
