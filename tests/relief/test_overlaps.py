"""Nobody is helped twice for the same (D14, T56): by person, household, event and account, and by others' lists."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.casework.registry import services
from services.foundation.identifiers import lengthened
from services.foundation.sheets import ImportContext, Outcome, Row
from services.payments.actions import set_account
from services.payments.models import Payable
from services.payments.registry import watchers
from services.relief import errors
from services.relief.actions import files, reviewing
from services.relief.importers import OutsideImporter
from services.relief.models import Application, Household, Member, OutsideAid, OverlapDecision
from services.relief.queries.overlaps import overlaps_of, overlaps_of_many
from services.relief.rules.typed import TypedMember
from tests.factories.households import (
    answered,
    approved,
    at_decision,
    drafted,
    fresh,
    programme,
    relief_world,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _applied(world, her=None, *, code="emergency", **typed):
    application = drafted(world, her, code=code)
    answered(world, application, **typed)
    return at_decision(world, application)


def _rules(application) -> list[str]:
    return [str(one.rule) for one in overlaps_of(fresh(application), now=timezone.now())]


def _second_programme(world):
    event = [{"code": "event_in", "events": ["serious_illness", "accident"]}]
    sums = {"by_category": {"any": "1000"}}
    return programme(
        world.tree["city"],
        "temporary",
        "temporary",
        conditions=event,
        amount_kind="fixed",
        amount=sums,
        fund=world.fund,
    )


def _lists(world, her, member: TypedMember) -> None:
    """Her draft file holds this member."""
    household = drafted(world, her, code="emergency").household
    files.save_members(household, [member], by=her.user, now=world.now, seen=household.version)


def test_a_first_application_overlaps_with_nothing(world):
    assert _rules(_applied(world)) == []


def test_the_same_person_and_event_across_programmes(world):
    _second_programme(world)
    approved(world, _applied(world))
    assert _rules(_applied(world, code="temporary")) == ["same_event"]


def test_the_same_person_with_another_event_and_another_phone(world):
    _second_programme(world)
    approved(world, _applied(world))
    world.her.phone = "19900007777"
    world.her.save()
    last_year = timezone.localdate(world.now) - timedelta(days=90)
    assert _rules(_applied(world, code="temporary", event="accident", event_on=last_year)) == ["same_person"]


def test_a_relative_who_applies_for_the_same_event(world):
    """Whoever is listed in the other household, under any spelling of the name, is known by the number."""
    other = world.woman("unit_c")
    approved(world, _applied(world, other))
    # Her file is over by now, so that she may be listed elsewhere; what she was given is remembered.
    Household.objects.unscoped().filter(worker=other).update(state="dropped")
    Member.objects.filter(household__worker=other).update(live=False)
    _lists(world, world.her, TypedMember("sibling", "示例癸", other.birth_date, other.id_number))
    application = drafted(world, code="emergency")
    answered(world, application)
    assert _rules(at_decision(world, application)) == ["same_event"]


def test_the_same_account_of_two_women(world):
    first, second = world.her, world.woman("unit_b")
    card = {"holder": "示例乙", "bank": "示例银行", "bank_branch": "", "number": "6217990000001234567"}
    for her in (first, second):
        set_account(her, **card, by=her.user, now=world.now)
    approved(world, _applied(world, first))
    assert _rules(_applied(world, second)) == ["same_account"]


def test_unrelated_women_in_one_disaster_dont_overlap(world):
    approved(world, _applied(world))
    assert _rules(_applied(world, world.woman("unit_b"))) == []


def _outside(world, number: str, *, write=True, **cells):
    context = ImportContext(
        today=timezone.localdate(world.now),
        now=world.now,
        organization=world.tree["county_b"],
        write=write,
        allow_invented=True,
    )
    given = timezone.localdate(world.now) - timedelta(days=10)
    row = {"giver": "示例基金会", "id_number": number, "given_on": given, "amount": "5000", "purpose": "大病"}
    return OutsideImporter(context).take([Row(2, row | cells)])[0]


def test_aid_from_outside_is_found_by_a_number_of_fifteen_digits(world):
    number = world.her.id_number
    fifteen = number[:6] + number[8:17]
    assert lengthened(fifteen) == number
    assert _outside(world, fifteen).outcome is Outcome.NEW
    assert _outside(world, fifteen).outcome is Outcome.SAME
    assert _outside(world, number, amount="6000").outcome is Outcome.CHANGED
    assert _rules(_applied(world)) == ["outside_aid"]
    stored = OutsideAid.objects.unscoped().get()
    assert number not in str(stored.__dict__)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"giver": ""}, "no_giver"),
        ({"given_on": ""}, "no_day"),
        ({"given_on": timezone.localdate() + timedelta(days=30)}, "day_ahead"),
        ({"amount": "-3"}, "amount_shape"),
        ({"amount": "viel"}, "amount_shape"),
        ({"id_number": ""}, "no_id"),
        ({"id_number": "123"}, "id_shape"),
    ],
)
def test_a_line_of_outside_aid_that_cant_be_is_refused_by_name(world, cells, fault):
    result = _outside(world, world.her.id_number, **cells)
    assert (result.outcome, [one.code for one in result.faults]) == (Outcome.REFUSED, [fault])
    assert not OutsideAid.objects.unscoped().exists()


def _decide(world, application, choice: str, *, reason="档案核对无误", other=None):
    application = fresh(application)
    key = other or overlaps_of(application, now=timezone.now())[0].key
    return reviewing.decide_overlap(
        application, other=key, choice=choice, reason=reason, by=world.officers["county"], now=world.now
    )


def _obstacles(application) -> set[str]:
    return {
        one.code
        for one in services["relief"].obstacles(fresh(application).case, "approve", by=None, now=timezone.now())
    }


@pytest.fixture
def overlapping(world):
    """An application whose woman was given something for the same event under another programme."""
    _second_programme(world)
    approved(world, _applied(world))
    return _applied(world, code="temporary")


def test_an_undecided_overlap_stands_in_the_way(world, overlapping):
    assert _obstacles(overlapping) == {"overlap_undecided"}
    with pytest.raises(errors.ReasonMissing):
        _decide(world, overlapping, "allow", reason=" ")
    with pytest.raises(errors.NoOverlap):
        _decide(world, overlapping, "allow", other="case:0")
    _decide(world, overlapping, "allow")
    assert _obstacles(overlapping) == set()


def test_refuse_and_reduce_bind_the_decision(world, overlapping):
    _decide(world, overlapping, "refuse")
    assert _obstacles(overlapping) == {"overlap_refused"}
    _decide(world, overlapping, "reduce")
    assert _obstacles(overlapping) == {"overlap_not_reduced"}
    assert OverlapDecision.objects.count() == 1


def test_a_false_match_marked_once_stays_quiet_from_both_sides(world, overlapping):
    first = Application.objects.unscoped().exclude(pk=overlapping.pk).get()
    _decide(world, overlapping, "no_match")
    assert _rules(overlapping) == _rules(first) == []


def test_nobody_reads_details_of_another_unions_case(world):
    first, second = world.woman("unit_c"), world.her
    card = {"holder": "示例乙", "bank": "示例银行", "bank_branch": "", "number": "6217990000001234567"}
    for her in (first, second):
        set_account(her, **card, by=her.user, now=world.now)
    before = drafted(world, first, code="emergency")
    answered(world, before)
    before = submitted(world, before)
    application = _applied(world, second)
    (overlap,) = overlaps_of(fresh(application), now=timezone.now())
    stranger, own = overlap.seen_by(world.officers["county"]), overlap.seen_by(world.officers["city"])
    assert (stranger.number, stranger.title, stranger.path) == ("", "", "")
    assert world.tree["unit_c"].name in stranger.contact
    assert own.number == before.case.number


def test_an_overlap_found_after_the_decision_holds_the_payment(world):
    approved(world, _applied(world))
    payable = Payable.objects.unscoped().get()
    assert watchers["relief"].holds([payable], now=timezone.now()) == {}
    _outside(world, world.her.id_number)
    held = watchers["relief"].holds([payable], now=timezone.now())
    assert held[payable.pk].finding.code == "overlap_undecided"
    application = Application.objects.unscoped().get()
    _decide(world, application, "allow")
    assert watchers["relief"].holds([payable], now=timezone.now()) == {}


def test_many_payables_are_checked_in_the_queries_of_one(world):
    def applied(count):
        for _ in range(count):
            approved(world, _applied(world, world.woman("unit_a")))

    def queries() -> int:
        found = Application.objects.unscoped().select_related("case__worker", "case__organization", "programme")
        rows = list(found)
        with CaptureQueriesContext(connection) as asked:
            overlaps_of_many(rows, now=timezone.now())
        return len(asked)

    applied(1)
    alone = queries()
    applied(4)
    assert queries() == alone
