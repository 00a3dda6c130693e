"""The life of an annual return: opened for all, filled in, signed, handed up level by level, locked, amended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from services.coverage import return_errors as errors
from services.coverage.actions import returns as actions
from services.coverage.enums import ReturnState
from services.coverage.models import AnnualReturn, ReturnStep
from services.coverage.queries import returns as queries
from services.coverage.rules.return_totals import added_up
from services.messaging.models import Message
from services.organizations.actions import move_branch
from services.organizations.enums import Kind, Role
from tests.factories.coverage import RequirementsFactory
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.returns import (
    FIGURES,
    NOW,
    YEAR,
    accepted,
    filled,
    locked,
    officer_at,
    opened,
    return_of,
    signed,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    found = small_tree()
    opened(found["city"])
    return found


def test_opening_gives_every_open_union_one_draft_of_its_form_and_again_only_the_new_ones(tree):
    returns = AnnualReturn.objects.unscoped().filter(year=YEAR)
    assert returns.count() == 7
    assert return_of(tree["unit_a"]).form == "grassroots"
    assert return_of(tree["town_a"]).form == "upper"
    assert return_of(tree["unit_a"]).reports_to == tree["town_a"]
    assert return_of(tree["city"]).reports_to is None
    UnionFactory(parent=tree["town_a"])
    UnionFactory(parent=tree["town_a"], closed_on=date(2026, 3, 1))
    UnionFactory(parent=tree["town_a"], established_on=date(2026, 10, 2))
    assert opened(tree["city"]).added == 1
    assert opened(tree["city"]).added == 0


def test_opening_costs_the_same_whatever_the_number_of_unions():
    tree = small_tree()
    with CaptureQueriesContext(connection) as few:
        opened(tree["city"], 2025)
    for _number in range(10):
        UnionFactory(parent=tree["town_a"])
    with CaptureQueriesContext(connection) as many:
        opened(tree["city"], 2026)
    assert len(few) == len(many)


def test_the_last_day_is_that_of_the_requirements_in_force_and_stays_with_the_year(tree):
    assert return_of(tree["city"]).collection.due_on == date(2026, 10, 22)
    RequirementsFactory(organization=tree["city"], valid_from=date(2025, 1, 1), return_due_month=11, return_due_day=5)
    opened(tree["city"], 2025)
    assert return_of(tree["city"], 2025).collection.due_on == date(2025, 11, 5)
    opened(tree["city"])
    assert return_of(tree["city"]).collection.due_on == date(2026, 10, 22)


@pytest.mark.parametrize("year", [2023, 2027, 9999])
def test_a_year_too_far_off_is_not_opened(tree, year):
    with pytest.raises(errors.YearNotOpenable):
        opened(tree["city"], year)


def test_only_the_top_opens_a_year(tree):
    with pytest.raises(PermissionDenied):
        actions.open_year(tree["county_a"], year=YEAR, by=officer_at(tree["city"], Role.FEDERATION_OFFICER), now=NOW)
    with pytest.raises(PermissionDenied):
        actions.open_year(tree["city"], year=YEAR, by=officer_at(tree["county_a"], Role.FEDERATION_OFFICER), now=NOW)


def test_a_return_climbs_level_by_level_and_what_is_accepted_is_added_up(tree):
    accepted(tree["unit_a"])
    accepted(tree["unit_b"], staff=100, members_women=4, women_form="commissioner")
    town = accepted(tree["town_a"], women_form="none", staff=5, staff_women=3, members=5, members_women=3)
    assert town.below["counted"] == town.below["expected"] == 2
    assert town.totals["staff"] == 60 + 100 + 5
    assert town.totals["unions"] == 2
    assert town.totals["unions_required"] == town.totals["required_built"] == 1
    assert town.totals["unions_built"] == 2
    assert return_of(tree["unit_a"]).reached == tree["county_a"]


def test_what_the_database_adds_up_is_what_python_adds_up(tree):
    for number, name in enumerate(("unit_a", "unit_b")):
        accepted(tree[name], nursing_rooms=None if number else 3, aid_paid=10**8 * (number + 1))
    counted = AnnualReturn.objects.unscoped().filter(reports_to=tree["town_a"], state="accepted")
    found = queries.below(tree["town_a"].pk, YEAR)
    assert found == added_up(counted.values_list("totals", flat=True), expected=2)
    assert found.stated["nursing_rooms"] == 1


def test_a_return_that_has_not_come_is_a_gap_and_never_nought(tree):
    accepted(tree["unit_a"])
    officer = officer_at(tree["town_a"])
    filled(tree["town_a"], by=officer)
    with pytest.raises(errors.GapUnexplained):
        actions.sign(return_of(tree["town_a"]), name="示例主席", by=officer, now=NOW)
    actions.sign(return_of(tree["town_a"]), name="示例主席", because="第2环卫所正在换届", by=officer, now=NOW)
    town = return_of(tree["town_a"])
    assert (town.below["expected"], town.below["counted"]) == (2, 1)
    assert town.below["names"] == [tree["unit_b"].name]
    assert town.below["stated"]["staff"] == 1


def test_a_field_nobody_stated_needs_a_word_and_so_does_one_that_differs_from_what_is_known(tree):
    unit, officer = tree["unit_a"], officer_at(tree["unit_a"])
    unit.staff_count, unit.women_count = 70, 40
    unit.save()
    figures = {code: value for code, value in FIGURES.items() if code != "nursing_rooms"}
    one = return_of(unit)
    actions.save_figures(one, figures=figures, reasons={}, by=officer, now=NOW)
    with pytest.raises(errors.PointsOpen) as refused:
        actions.sign(one, name="示例主席", by=officer, now=NOW)
    assert refused.value.context == {"count": 2}
    actions.save_figures(
        one, figures=figures, reasons={"nursing_rooms": "未统计", "staff": "退休10人"}, by=officer, now=NOW
    )
    actions.sign(one, name="示例主席", by=officer, now=NOW)
    assert return_of(unit).known["staff"][0]["value"] == 70


def test_out_of_line_against_last_year_needs_a_word(tree):
    opened(tree["city"], 2025)
    locked(tree, year=2025)
    officer = officer_at(tree["unit_a"])
    figures = FIGURES | {"staff": 600}
    one = return_of(tree["unit_a"])
    actions.save_figures(one, figures=figures, reasons={}, by=officer, now=NOW)
    with pytest.raises(errors.PointsOpen):
        actions.sign(one, name="示例主席", by=officer, now=NOW)


def test_women_above_staff_are_refused_whoever_calls(tree):
    with pytest.raises(errors.FiguresImpossible) as refused:
        filled(tree["unit_a"], staff=10, staff_women=11)
    assert [found.figures["field"] for found in refused.value.findings] == ["staff_women"]


def test_signing_twice_says_so_and_submitting_unsigned_is_refused(tree):
    officer = officer_at(tree["unit_a"])
    filled(tree["unit_a"], by=officer)
    with pytest.raises(errors.NotSigned):
        actions.submit(return_of(tree["unit_a"]), by=officer, now=NOW)
    with pytest.raises(errors.NameMissing):
        actions.sign(return_of(tree["unit_a"]), name="  ", by=officer, now=NOW)
    actions.sign(return_of(tree["unit_a"]), name="示例主席", by=officer, now=NOW)
    with pytest.raises(errors.SignedBefore):
        actions.sign(return_of(tree["unit_a"]), name="示例主席", by=officer, now=NOW)
    with pytest.raises(errors.WrongState):
        actions.save_figures(return_of(tree["unit_a"]), figures={}, reasons={}, by=officer, now=NOW)
    actions.take_back(return_of(tree["unit_a"]), by=officer, now=NOW)
    assert return_of(tree["unit_a"]).signed_name == ""


def test_two_officers_at_once_and_the_second_is_told(tree):
    one, officer = return_of(tree["unit_a"]), officer_at(tree["unit_a"])
    actions.save_figures(one, figures=FIGURES, reasons={}, by=officer, now=NOW, seen=one.changes)
    with pytest.raises(errors.ChangedMeanwhile):
        actions.save_figures(one, figures={}, reasons={}, by=officer_at(tree["unit_a"]), now=NOW, seen=one.changes)
    assert return_of(tree["unit_a"]).figures["staff"] == 60


def test_it_is_sent_back_with_words_that_its_officers_read(tree):
    officer = officer_at(tree["unit_a"])
    one, town = submitted(tree["unit_a"], by=officer), officer_at(tree["town_a"])
    with pytest.raises(errors.WordsMissing):
        actions.send_back(one, words=" ", by=town, now=NOW)
    actions.send_back(one, words="职工数与花名册不符", by=town, now=NOW)
    again = return_of(tree["unit_a"])
    assert (again.state, again.signed_name, again.returned_because) == ("returned", "", "职工数与花名册不符")
    assert again.first_submitted_on == date(2026, 10, 12)
    assert Message.objects.filter(recipient=officer, key="coverage_return_sent_back").count() == 1
    submitted(tree["unit_a"], by=officer, now=NOW + timedelta(days=20))
    assert return_of(tree["unit_a"]).first_submitted_on == date(2026, 10, 12)


def test_nobody_accepts_what_she_submitted_and_nobody_below_decides(tree):
    above = officer_at(tree["city"], Role.FEDERATION_OFFICER)
    one = submitted(tree["unit_a"], by=above)
    for person in (above, officer_at(tree["unit_a"]), officer_at(tree["unit_b"])):
        with pytest.raises(PermissionDenied):
            actions.accept(one, by=person, now=NOW)
    actions.accept(one, by=officer_at(tree["town_a"]), now=NOW)
    with pytest.raises(errors.AcceptedBefore):
        actions.accept(one, by=officer_at(tree["town_a"]), now=NOW)


def test_what_a_signed_return_counts_stays_until_that_one_comes_back(tree):
    unit = accepted(tree["unit_a"])
    accepted(tree["unit_b"])
    late = tree["unit_c"]
    town, officer = tree["town_a"], officer_at(tree["town_a"])
    signed(town, by=officer)
    with pytest.raises(errors.CountedAbove):
        actions.send_back(unit, words="再核", by=officer, now=NOW)
    actions.take_back(return_of(town), by=officer, now=NOW)
    actions.send_back(unit, words="再核", by=officer, now=NOW)
    signed(tree["county_b"], because="迟报")
    with pytest.raises(errors.AboveSigned):
        actions.accept(submitted(late), by=officer_at(tree["county_b"]), now=NOW)


def test_the_top_locks_everything_that_was_accepted_and_a_late_one_stays_open(tree):
    top = locked(tree, units=("unit_a", "unit_c"))
    assert top.state == ReturnState.LOCKED
    assert {return_of(tree[name]).state for name in ("unit_a", "town_a", "county_b", "unit_c")} == {"locked"}
    assert return_of(tree["unit_b"]).state == "draft"
    assert return_of(tree["unit_a"]).reached == tree["city"]
    with pytest.raises(errors.LockedBefore):
        actions.lock_year(top, by=officer_at(tree["city"], Role.FEDERATION_OFFICER), now=NOW)


def test_after_the_lock_only_a_new_version_with_a_reason_and_the_old_one_counts_until_it_is_accepted(tree):
    officer = officer_at(tree["unit_a"])
    with pytest.raises(errors.NotLocked):
        actions.amend(return_of(tree["unit_a"]), reason="漏报", by=officer, now=NOW)
    locked(tree)
    before = return_of(tree["unit_a"])
    with pytest.raises(errors.WrongState):
        actions.send_back(before, words="x", by=officer_at(tree["town_a"]), now=NOW)
    with pytest.raises(errors.ReasonMissing):
        actions.amend(before, reason="", by=officer, now=NOW)
    actions.amend(before, reason="漏报一个车间", by=officer, now=NOW)
    second = signed(tree["unit_a"], by=officer, staff=80)
    assert second.version == 2
    assert queries.below(tree["town_a"].pk, YEAR).sums["staff"] == 120
    actions.submit(second, by=officer, now=NOW)
    actions.accept(second, by=officer_at(tree["town_a"]), now=NOW)
    before.refresh_from_db()
    assert before.state == ReturnState.SUPERSEDED
    assert before.figures["staff"] == 60
    assert queries.below(tree["town_a"].pk, YEAR).sums["staff"] == 140
    assert return_of(tree["town_a"]).totals["staff"] == 180


def test_a_union_that_moves_hands_in_where_it_stands_now_and_one_that_closed_is_expected_no_longer(tree):
    move_branch(tree["unit_a"], to=tree["county_b"], by=None, reason="区划调整")
    assert return_of(tree["unit_a"]).reports_to == tree["county_b"]
    tree["unit_b"].refresh_from_db()
    tree["unit_b"].closed_on = date(2026, 10, 1)
    tree["unit_b"].save()
    assert queries.below(tree["town_a"].pk, YEAR).expected == 0


def test_reminders_go_once_a_day_on_record_and_never_for_what_has_come(tree):
    officer, town = officer_at(tree["unit_a"]), officer_at(tree["town_a"])
    assert actions.remind(return_of(tree["unit_a"]), by=town, now=NOW) == 1
    with pytest.raises(errors.RemindedToday):
        actions.remind(return_of(tree["unit_a"]), by=town, now=NOW)
    assert ReturnStep.objects.filter(verb="remind", by=town, where=tree["town_a"]).count() == 1
    submitted(tree["unit_a"], by=officer)
    with pytest.raises(errors.NothingToRemind):
        actions.remind(return_of(tree["unit_a"]), by=town, now=NOW + timedelta(days=1))


def test_where_nobody_would_read_it_a_reminder_is_refused_and_on_no_record(tree):
    town = officer_at(tree["town_a"])
    with pytest.raises(errors.NobodyToRemind):
        actions.remind(return_of(tree["unit_a"]), by=town, now=NOW)
    assert not ReturnStep.objects.filter(verb="remind").exists()


def _told(officer, key: str = "due") -> int:
    return Message.objects.filter(recipient=officer, key=f"coverage_return_{key}").count()


def test_officers_are_told_a_week_and_a_day_before_each_once(tree):
    officer = officer_at(tree["unit_a"])
    assert actions.tell_what_is_due(now=NOW.replace(day=14)) == 0
    for day, number in ((15, 1), (15, 0), (16, 0), (21, 1), (22, 0)):
        assert actions.tell_what_is_due(now=NOW.replace(day=day)) == number
    assert (_told(officer), _told(officer, "overdue")) == (2, 0)


def test_a_day_on_which_nothing_ran_loses_no_reminder_and_what_is_overdue_is_told_again(tree):
    officer = officer_at(tree["unit_a"])
    assert [actions.tell_what_is_due(now=NOW.replace(day=17)), _told(officer)] == [1, 1]
    for days, number in ((11, 1), (30, 0), (41, 1), (42, 0)):
        assert actions.tell_what_is_due(now=NOW + timedelta(days=days)) == number
    assert (_told(officer), _told(officer, "overdue")) == (1, 2)
    submitted(tree["unit_a"], by=officer)
    assert actions.tell_what_is_due(now=NOW + timedelta(days=80)) == 0


def test_of_a_year_that_is_locked_the_calendar_reminds_nobody(tree):
    locked(tree, units=("unit_a", "unit_c"))
    officer_at(tree["unit_b"])
    assert actions.tell_what_is_due(now=NOW + timedelta(days=11)) == 0


def test_what_was_accepted_below_a_gap_has_reached_no_further_by_the_lock(tree):
    accepted(tree["unit_a"])
    accepted(tree["unit_c"])
    accepted(tree["county_b"])
    signed(tree["city"], by=officer_at(tree["city"], Role.FEDERATION_OFFICER), because="甲县迟报")
    actions.lock_year(return_of(tree["city"]), by=officer_at(tree["city"], Role.FEDERATION_OFFICER), now=NOW)
    assert return_of(tree["unit_a"]).state == return_of(tree["unit_c"]).state == "locked"
    assert [return_of(tree[name]).reached for name in ("unit_a", "unit_c")] == [tree["town_a"], tree["city"]]


def test_what_is_accepted_late_under_a_locked_return_is_locked_with_what_it_counts(tree):
    accepted(tree["unit_a"])
    locked_top = signed(tree["city"], by=officer_at(tree["city"], Role.FEDERATION_OFFICER), because="迟报")
    actions.lock_year(locked_top, by=officer_at(tree["city"], Role.FEDERATION_OFFICER), now=NOW)
    accepted(tree["unit_b"])
    accepted(tree["town_a"])
    assert return_of(tree["unit_b"]).state == "accepted"
    county = accepted(tree["county_a"], because="迟报")
    assert (county.state, county.locked_at) == ("locked", NOW)
    for name in ("unit_a", "unit_b", "town_a"):
        assert (return_of(tree[name]).state, return_of(tree[name]).reached) == ("locked", tree["city"])
    actions.amend(return_of(tree["unit_b"]), reason="漏报", by=officer_at(tree["unit_b"]), now=NOW)


def test_sending_back_undoes_how_far_the_returns_below_have_come(tree):
    accepted(tree["unit_a"])
    town = accepted(tree["town_a"], because="迟报")
    assert return_of(tree["unit_a"]).reached == tree["county_a"]
    actions.send_back(town, words="再核", by=officer_at(tree["county_a"]), now=NOW)
    assert return_of(tree["unit_a"]).reached == tree["town_a"]


def test_sending_back_an_accepted_new_version_lets_the_one_before_count_again(tree):
    locked(tree)
    first, officer = return_of(tree["town_a"]), officer_at(tree["town_a"])
    county = officer_at(tree["county_a"])
    actions.amend(return_of(tree["county_a"]), reason="下级更正", by=county, now=NOW)
    actions.amend(first, reason="漏报一个车间", by=officer, now=NOW)
    second = accepted(tree["town_a"], staff=80)
    assert return_of(tree["unit_a"]).reached == tree["county_a"]
    actions.send_back(second, words="再核", by=county, now=NOW)
    first.refresh_from_db()
    assert (first.state, return_of(tree["town_a"]).state) == ("locked", "returned")
    assert queries.below(tree["county_a"].pk, YEAR).sums["staff"] == first.totals["staff"]
    assert return_of(tree["unit_a"]).reached == tree["city"]
    again = accepted(tree["town_a"], staff=90)
    first.refresh_from_db()
    assert (first.state, again.state) == ("superseded", "accepted")


def test_the_database_keeps_one_version_under_way_and_one_that_counts(tree):
    one = return_of(tree["unit_a"])
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReturn.objects.create(
            collection=one.collection,
            organization=one.organization,
            year=YEAR,
            version=2,
            form="grassroots",
            latest=False,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReturn.objects.unscoped().filter(pk=one.pk).update(state="submitted")


def test_a_grassroots_union_with_unions_below_counts_itself_and_them(tree):
    group = UnionFactory(parent=tree["county_b"], name="示例集团工会")
    UnionFactory(parent=group, kind=Kind.GRASSROOTS_UNION)
    opened(tree["city"])
    assert return_of(group).form == "upper"
    made = signed(group, because="迟报")
    assert made.totals["unions"] == 1
