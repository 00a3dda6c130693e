"""The life of a file: months, the yearly check, suspending, leaving by the rule, return visits, coming back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.foundation.months import add_months
from services.messaging.models import Message
from services.relief import errors
from services.relief.actions import files, watching
from services.relief.models import Household, LivingLine, Member
from services.relief.rules.typed import TypedMoney
from tests.factories.households import drafted, on_file, relief_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


@pytest.fixture
def household(world):
    """On file since eight months."""
    household = on_file(world)
    since = add_months(timezone.localdate(world.now).replace(day=1), -8)
    Household.objects.unscoped().filter(pk=household.pk).update(on_file_since=since)
    household.refresh_from_db()
    return household


def _stamp(world, who="union"):
    return {"by": world.officers[who], "now": world.now}


def _month(world, back: int) -> date:
    return add_months(timezone.localdate(world.now).replace(day=1), -back)


def _observe(world, household, back: int, per_person: str):
    return watching.observe_month(household, month=_month(world, back), per_person=Decimal(per_person), **_stamp(world))


def _leave(world, household, reason="out_of_hardship"):
    return watching.leave(household, reason=reason, **_stamp(world))


def test_she_leaves_after_six_months_in_a_row_above_the_line_and_not_before(world, household):
    for back in range(6, 1, -1):
        _observe(world, household, back, "820.01")
    with pytest.raises(errors.NotYetLeaving) as refused:
        _leave(world, household)
    assert refused.value.context == {"months": 5, "needed": 6}
    _observe(world, household, 1, "820")  # exactly the line isn't above it
    with pytest.raises(errors.NotYetLeaving):
        _leave(world, household)
    _observe(world, household, 1, "900")
    left = _leave(world, household)
    assert (left.state, left.exit_reason) == ("exited", "out_of_hardship")
    assert not Member.objects.filter(household=left, live=True).exists()


def test_a_month_is_one_that_has_begun_and_not_before_the_file(world, household):
    for month in (add_months(_month(world, 0), 1), _month(world, 12)):
        with pytest.raises(errors.MonthInvalid):
            watching.observe_month(household, month=month, per_person=Decimal("1"), **_stamp(world))
    with pytest.raises(errors.SumInvalid):
        _observe(world, household, 1, "-1")


def test_leaving_is_told_and_watched_for_a_year(world, household):
    left = _leave(world, household, "safety_net")
    assert [visit.due_on > left.exited_on for visit in left.return_visits.all()] == [True] * 4
    assert Message.objects.filter(key="relief_left_file").exists()
    assert _leave(world, household, "safety_net").version == left.version


def test_the_safety_net_takes_over_only_for_illness_or_disability(world, household):
    Household.objects.unscoped().filter(pk=household.pk).update(cause="laid_off")
    with pytest.raises(errors.StillInHardship):
        _leave(world, household, "safety_net")


def test_the_yearly_check_judges_the_file_anew_and_sets_the_next_day(world, household):
    money = [TypedMoney(True, "wages", Decimal("40000"))]
    files.save_money(household, money, seen=household.version, **_stamp(world))
    household.refresh_from_db()
    Household.objects.unscoped().filter(pk=household.pk).update(recheck_due_on=world.now.date())
    checked = watching.recheck(household, seen=household.version, **_stamp(world))
    assert checked.category == "relative"
    assert checked.recheck_due_on > timezone.localdate(world.now) + timedelta(days=300)


def test_a_check_upon_an_older_version_or_without_a_line_does_nothing(world, household):
    with pytest.raises(errors.FileChanged):
        watching.recheck(household, seen=household.version - 1, **_stamp(world))
    LivingLine.objects.all().delete()
    with pytest.raises(errors.NoLivingLine):
        watching.recheck(household, seen=household.version, **_stamp(world))


def test_suspending_and_taking_up_again_need_a_reason_and_happen_once(world, household):
    with pytest.raises(errors.ReasonMissing):
        watching.suspend(household, reason=" ", **_stamp(world))
    for _ in range(2):
        assert watching.suspend(household, reason="暂时联系不上", **_stamp(world)).state == "suspended"
    assert watching.resume(household, reason="已联系上", **_stamp(world)).state == "on_file"


def test_whoever_relapses_is_told_and_finds_what_she_had_filled_in(world, household):
    left = _leave(world, household, "safety_net")
    visit = left.return_visits.first()
    watching.record_return_visit(visit, finding="not_reached", **_stamp(world))
    visit.refresh_from_db()
    assert visit.made_on is None
    watching.record_return_visit(visit, finding="relapsed", note="又住院", **_stamp(world))
    with pytest.raises(errors.VisitMade):
        watching.record_return_visit(visit, finding="steady", **_stamp(world))
    assert Message.objects.filter(key="relief_apply_again").exists()
    again = drafted(world).household
    assert (again.state, again.members.count(), again.money.count()) == ("draft", 3, 2)
    assert Household.objects.unscoped().get(pk=left.pk).state == "exited"


def test_officers_of_other_unions_and_auditors_keep_no_file(world, household):
    for who in (world.officer("unit_c"), world.officer("city", role="auditor")):
        with pytest.raises(PermissionDenied):
            watching.suspend(household, reason="试一试吧", by=who, now=world.now)


def test_a_file_that_is_over_takes_nothing_more(world, household):
    _leave(world, household, "moved")
    with pytest.raises(errors.FileClosed):
        _observe(world, household, 1, "900")
    with pytest.raises(errors.FileClosed):
        watching.suspend(household, reason="已经离开", **_stamp(world))
