"""Two people at one annual return, or at a return and the one that counts it, at one moment: no sum is ever wrong."""

import pytest

from services.coverage.actions import returns as actions
from services.coverage.models import AnnualReturn
from services.coverage.queries.returns import below
from services.organizations.enums import Role
from tests.factories.organizations import small_tree
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
    submitted,
)
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def tree():
    found = small_tree()
    opened(found["city"])
    return found


def refusals(results: list) -> list:
    return [result for result in results if isinstance(result, str)]


def test_a_return_accepted_while_the_one_above_is_signed_is_in_its_sum_or_refused(tree):
    accepted(tree["unit_a"])
    late, officer = submitted(tree["unit_b"]), officer_at(tree["town_a"])
    town = filled(tree["town_a"], by=officer)
    decider = officer_at(tree["county_a"], Role.FEDERATION_OFFICER)
    results = at_once(
        [
            lambda: actions.accept(late, by=decider, now=NOW),
            lambda: actions.sign(town, name="示例主席", because="示例", by=officer, now=NOW),
        ]
    )
    signed = return_of(tree["town_a"])
    now_below = below(tree["town_a"].pk, YEAR)
    assert signed.state == "signed"
    assert signed.below["counted"] == now_below.counted
    assert signed.below["sums"]["staff"] == now_below.sums["staff"]
    assert refusals(results) in ([], ["above_signed"])


def test_two_who_save_what_they_both_opened_save_once(tree):
    one, officers = return_of(tree["unit_a"]), [officer_at(tree["unit_a"]) for _three in range(3)]
    jobs = [
        lambda by=by, staff=staff: actions.save_figures(
            one, figures=FIGURES | {"staff": staff}, reasons={}, by=by, now=NOW, seen=one.changes
        )
        for by, staff in zip(officers, (70, 80, 90), strict=True)
    ]
    results = at_once(jobs)
    assert refusals(results) == ["return_changed_meanwhile"] * 2
    assert return_of(tree["unit_a"]).changes == one.changes + 1


def test_two_who_amend_at_once_begin_one_version(tree):
    locked(tree)
    one, officers = return_of(tree["unit_a"]), [officer_at(tree["unit_a"]) for _two in range(2)]
    jobs = [lambda by=by: actions.amend(one, reason="漏报", by=by, now=NOW) for by in officers]
    assert refusals(at_once(jobs)) == ["not_locked"]
    assert AnnualReturn.objects.unscoped().filter(organization=tree["unit_a"], year=YEAR).count() == 2


def test_two_who_open_a_year_at_once_open_it_once(tree):
    jobs = [lambda: opened(tree["city"], 2025) for _two in range(3)]
    results = at_once(jobs)
    assert refusals(results) == []
    assert sorted(result.added for result in results) == [0, 0, 7]
