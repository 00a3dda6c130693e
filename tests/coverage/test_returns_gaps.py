"""What lies below a return: what isn't there is counted one by one, and what came later isn't lost."""

from datetime import date

import pytest

from services.coverage import return_errors as errors
from services.coverage.actions import returns as actions
from services.coverage.queries import returns as queries
from services.organizations.actions import move_branch
from tests.factories.organizations import small_tree
from tests.factories.returns import (
    NOW,
    YEAR,
    filled,
    locked,
    officer_at,
    opened,
    return_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    found = small_tree()
    opened(found["city"])
    return found


def _closes(union, tree):
    union.refresh_from_db()
    union.closed_on = date(2026, 10, 1)
    union.save()


def _moves(union, tree):
    move_branch(union, to=tree["county_b"], by=None, reason="区划调整")


@pytest.mark.parametrize("leaves", [_closes, _moves])
def test_one_that_leaves_and_still_counts_makes_up_for_no_sister_that_is_missing(tree, leaves):
    locked(tree, units=("unit_a", "unit_c"))
    town, officer = tree["town_a"], officer_at(tree["town_a"])
    actions.amend(return_of(tree["unit_a"]), reason="漏报一个车间", by=officer_at(tree["unit_a"]), now=NOW)
    leaves(tree["unit_a"], tree)
    found = queries.below(town.pk, YEAR)
    assert (found.expected, found.counted, found.missing) == (2, 1, 1)
    assert found.names == (tree["unit_b"].name,)
    actions.amend(return_of(town), reason="漏报", by=officer, now=NOW)
    filled(town, by=officer)
    with pytest.raises(errors.GapUnexplained) as refused:
        actions.sign(return_of(town), name="示例主席", by=officer, now=NOW)
    assert refused.value.context == {"missing": 1}
