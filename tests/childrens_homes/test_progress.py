"""Milestones, letters and censuses: who is late, where the chain has a gap, who was counted."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.childrens_homes import errors
from services.childrens_homes.actions import letters, milestones, programmes, summaries
from services.childrens_homes.actions.census import record_census
from services.childrens_homes.enums import Chain, LetterState, SummaryState
from services.childrens_homes.figures import REPORTS
from services.childrens_homes.models import Milestone, MilestoneDone
from services.childrens_homes.queries.progress import letter_tree, timeline
from services.childrens_homes.queries.siting import definitions_of
from services.childrens_homes.registry import enrolments
from services.childrens_homes.rules.milestones import LATE
from services.childrens_homes.wording import summary
from tests.childrens_homes.office import Office

pytestmark = pytest.mark.django_db
LINE = {"boys": 6, "girls": 4, "under_6": 2, "from_6": 5, "from_12": 3, "both_away": 7, "one_away": 3}


@pytest.fixture
def office():
    return Office()


def _stone(office, code: str) -> Milestone:
    return Milestone.objects.unscoped().select_related("programme__city").get(programme=office.programme, code=code)


def _census(office, place: str = "county_a", **more):
    town = {"county_a": "town_a", "county_b": "town_b"}[place]
    given = {"definition": definitions_of(office.tree["city"])[0], "as_of": office.today}
    given |= {"lines": {office.tree[town]: LINE}} | more
    return record_census(office.programme, office.tree[place], by=office.city, today=office.today, **given)


def test_a_county_is_late_until_it_records_its_part_with_evidence(office):
    later = date(office.programme.year, 12, 31) + timedelta(days=9)
    late = {
        step.milestone.code: [p.organization.code for p in step.late]
        for step in timeline(office.county, office.programme, later)
    }
    assert late["M4"] == ["F-A"] and late["M1"] == ["F"]
    stone = _stone(office, "M4")
    with pytest.raises(errors.Invalid):
        milestones.record_done(
            stone, office.tree["county_a"], done_on=office.today, evidence=" ", by=office.county, today=office.today
        )
    for evidence in ("示例1号", "示例2号"):
        milestones.record_done(
            stone,
            office.tree["county_a"],
            done_on=office.day(1),
            evidence=evidence,
            by=office.county,
            today=office.today,
        )
    assert MilestoneDone.objects.unscoped().get().evidence == "示例2号"
    steps = {step.milestone.code: step for step in timeline(office.city, office.programme, later)}
    assert [part.organization.code for part in steps["M4"].late] == ["F-B"]


def test_nobody_records_for_others_nor_ahead_of_time(office):
    stone = _stone(office, "M4")
    said = {"evidence": "示例", "today": office.today}
    with pytest.raises(PermissionDenied):
        milestones.record_done(stone, office.tree["county_b"], done_on=office.today, by=office.county, **said)
    with pytest.raises(errors.NotBelow):
        milestones.record_done(stone, office.tree["city"], done_on=office.today, by=office.city, **said)
    ahead = office.today + timedelta(days=1)
    with pytest.raises(errors.DayAhead):
        milestones.record_done(stone, office.tree["county_a"], done_on=ahead, by=office.county, **said)


def test_v9_a_township_signs_only_below_a_signed_letter_of_its_county(office):
    with pytest.raises(errors.ChainHasGap):
        office.letter("town_a")
    county = office.letter("county_a", Chain.GOVERNMENT, "sign_a")
    town = office.letter("town_a")
    with pytest.raises(errors.ChainHasGap):
        letters.move_letter(town, "sign_a", by=office.county, today=office.today)
    letters.move_letter(county, "sign_b", by=office.county, today=office.today)
    town = letters.move_letter(town, "sign_a", by=office.county, today=office.today)
    town = letters.move_letter(town, "sign_b", by=office.town, today=office.today)
    assert town.state == LetterState.SIGNED_BOTH and town.signed_b_on == office.today
    with pytest.raises(errors.Invalid):
        office.letter("county_a")


def test_the_two_chains_dont_know_each_other(office):
    office.letter("county_a", Chain.GOVERNMENT, "sign_a", "sign_b")
    with pytest.raises(errors.ChainHasGap):
        office.letter("town_a", Chain.WOMENS_FEDERATION)
    trees = letter_tree(office.city, office.programme)
    assert [node.signed for node in trees[Chain.GOVERNMENT]] == [True, False]
    assert [node.letter for node in trees[Chain.WOMENS_FEDERATION]] == [None, None]


def test_the_upper_side_signs_for_itself_alone(office):
    letter = office.letter("county_a")
    with pytest.raises(PermissionDenied):
        letters.move_letter(letter, "sign_a", by=office.county, today=office.today)
    with pytest.raises(errors.NotFromHere):
        letters.move_letter(letter, "sign_b", by=office.county, today=office.today)
    signed = letters.move_letter(letter, "sign_a", by=office.city, today=office.today)
    assert letters.move_letter(signed, "sign_a", by=office.city, today=office.today).state == LetterState.SIGNED_A


def test_a_letter_that_wasnt_kept_says_why(office):
    letter = office.letter("county_a", Chain.GOVERNMENT, "sign_a", "sign_b")
    with pytest.raises(errors.ReasonMissing):
        letters.move_letter(letter, "breach", by=office.city, today=office.today)
    letter = letters.move_letter(letter, "breach", by=office.city, today=office.today, reason="示例")
    assert letters.move_letter(letter, "fulfil", by=office.city, today=office.today).state == LetterState.FULFILLED


def test_a_school_signs_no_letter(office):
    with pytest.raises(errors.NotBelow):
        office.letter("school_a")


def test_a_census_adds_up_three_times_or_says_where_it_doesnt(office):
    wrong = {office.tree["town_a"]: LINE | {"both_away": 9}}
    with pytest.raises(errors.CensusFaulty) as refused:
        _census(office, lines=wrong)
    assert office.tree["town_a"].name in refused.value.message(staff=True)
    with pytest.raises(errors.CensusEmpty):
        _census(office, lines={})
    _census(office)
    with pytest.raises(errors.Invalid):
        _census(office)


def test_coverage_says_when_two_definitions_are_added_up(office, monkeypatch):
    home = office.home()
    office.home("school_c", code="LSZJ-990002-001")
    _census(office)
    monkeypatch.setattr(enrolments, "_items", {})
    report = REPORTS["coverage"](office.city, office.programme, office.today)
    assert report.rows[0][1].value == 10 and report.rows[0][4].value is None and not report.notes
    programmes.set_definition(office.tree["city"], by=office.city, words="示例口径", source="")
    _census(office, "county_b", definition=definitions_of(office.tree["city"])[0])
    counties = [office.tree["county_a"].pk, office.tree["county_b"].pk]
    monkeypatch.setattr(enrolments, "_items", {"test": lambda programme, paths: dict.fromkeys(counties, 4)})
    report = REPORTS["coverage"](office.city, office.programme, office.today)
    assert home.county.name == report.rows[0][0].value
    assert [row[3].value for row in report.rows] == [4, 4] and report.rows[0][4].value == "40.0 %"
    assert "40.0" in report.finding and len(report.notes) == 1


def test_a_report_is_drafted_from_figures_edited_sent_and_answered(office):
    office.home(video_call=False)
    county = office.tree["county_a"]
    figures = summary.figures_of(office.programme, county, office.today)
    drafted = {"figures": figures, "title": summary.title(figures), "sections": summary.draft(figures)}
    made = summaries.begin_summary(office.programme, county, by=office.county, **drafted)
    assert county.name in made.title and figures["homes"] == 1 and figures["rate"] is None
    assert len(made.sections) == 7 and len(made.open_sections) == 2
    with pytest.raises(errors.SummaryOpen):
        summaries.begin_summary(office.programme, county, by=office.county, **drafted)
    with pytest.raises(errors.SectionsOpen):
        summaries.send_summary(made, by=office.county, now=office.now)
    with pytest.raises(errors.NotSent):
        summaries.answer_summary(made, feedback="示例", by=office.city, now=office.now)
    texts = [f"示例文本{number}" for number in range(7)]
    summaries.write_summary(made, title="示例总结", texts=texts, by=office.county)
    made = summaries.send_summary(made, by=office.county, now=office.now)
    with pytest.raises(errors.SummaryClosed):
        summaries.write_summary(made, title="又改", texts=texts, by=office.county)
    with pytest.raises(PermissionDenied):
        summaries.answer_summary(made, feedback="示例", by=office.county, now=office.now)
    made = summaries.answer_summary(made, feedback="示例反馈", by=office.city, now=office.now)
    assert (made.state, made.title) == (SummaryState.ANSWERED, "示例总结")
    assert [one["text"] for one in made.sections] == texts
    later = summaries.begin_summary(office.programme, county, by=office.county, **drafted)
    assert later.version == 2


def test_the_late_report_counts_days(office):
    later = date(office.programme.year, 12, 31) + timedelta(days=3)
    rows = REPORTS["late"](office.county, office.programme, later).rows
    by_code = {row[1].value[:2]: row for row in rows if row[0].value == office.tree["county_a"].name}
    assert by_code["M8"][2].value == f"{office.programme.year}-10-10"
    assert all(row[3].bad and row[3].value > 0 for row in rows)
    assert LATE == "late"
