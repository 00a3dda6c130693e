"""Counts of which nearly every unit is one fact: units at the bottom have no cells, and are told all the same."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.coverage.figures.unions import STATISTICS
from services.figures.actions import fold, keep_month_end
from services.figures.models import Cell, SnapshotCell
from services.figures.queries import Ground, differences, occurs, split, table, whole
from services.figures.registry import NOW, Count
from services.organizations.actions import move_branch
from services.organizations.models import Organization
from tests.coverage.standings import LACKING, union_under
from tests.factories.organizations import UnionFactory, small_tree

pytestmark = pytest.mark.django_db
REQUIRED, ALL, *_QUALITY = STATISTICS
BUILT = "coverage-required-built"


@pytest.fixture
def tree():
    tree = small_tree()
    tree["built"] = union_under(tree["town_a"]).organization
    tree["lacking"] = union_under(tree["town_a"], **LACKING).organization
    fold()
    return tree


def line_of(organization, statistic=REQUIRED, ground=None, **asked):
    fold()
    ground = ground or Ground()
    return table(statistic, ground, ground.place(Organization.objects.get(pk=organization.pk)), NOW, **asked)


def built(line) -> int:
    return line.figures[REQUIRED.numerator.code].value


def test_units_at_the_bottom_have_no_cells_and_the_place_above_holds_them(tree):
    assert not Cell.objects.filter(count=BUILT, organization=tree["built"].pk).exists()
    cell = Cell.objects.get(count=BUILT, organization=tree["town_a"].pk, dimension="")
    assert (cell.own, cell.total) == (1, 1)
    assert differences() == []


def test_a_unit_at_the_bottom_is_told_from_its_facts(tree):
    here = line_of(tree["built"])
    assert (built(here.total), built(here.kept), here.children) == (1, 1, [])
    above = line_of(tree["town_a"])
    by_place = {line.place.organization: built(line) for line in above.children}
    assert by_place[tree["built"].pk] == 1
    assert by_place[tree["lacking"].pk] == 0
    assert (built(above.total), built(above.kept)) == (1, 0), "nothing of it belongs to the township itself"


def test_its_splits_are_told_too(tree):
    industry = REQUIRED.dimensions[0]
    place = Ground().place(tree["built"])
    key = tree["built"].standing.industry
    found = {line.key: built(line) for line in split(REQUIRED, Ground(), place, NOW, industry)}
    assert found[key] == 1
    assert built(line_of(tree["built"], dimension=industry, key=key).total) == 1
    assert occurs(REQUIRED, Ground(), industry, key, within=[tree["built"].path])
    assert not occurs(REQUIRED, Ground(), industry, "no such industry", within=[tree["built"].path])


def test_a_place_seen_whole_tells_the_same(tree):
    seen = whole([REQUIRED, ALL], Ground(), Ground().place(tree["built"]), NOW)
    assert built(seen.totals[REQUIRED.code]) == 1


def test_a_unit_that_gets_units_below_it_is_a_place_and_becomes_a_unit_again(tree):
    child = UnionFactory(parent=tree["built"])
    here = line_of(tree["built"])
    assert (built(here.total), built(here.kept)) == (1, 1)
    assert Cell.objects.filter(count=BUILT, organization=tree["built"].pk, dimension="").exists()
    assert differences() == []
    Organization.objects.get(pk=child.pk).delete()
    assert built(line_of(tree["built"]).total) == 1
    assert not Cell.objects.filter(count=BUILT, organization=tree["built"].pk).exists()
    assert differences() == []


def test_a_unit_that_moves_leaves_the_place_that_held_it(tree):
    def unions_at(name: str) -> int:
        return line_of(tree[name], ALL).total.figures[ALL.denominator.code].value

    before = unions_at("town_a"), unions_at("county_b")
    move_branch(tree["built"], to=tree["county_b"], by=None, reason="合并")
    assert (unions_at("town_a"), unions_at("county_b")) == (before[0] - 1, before[1] + 1)
    assert differences() == []


def test_a_month_end_is_kept_unit_by_unit(tree):
    UnionFactory(parent=tree["lacking"])
    day = date(2026, 9, 30)
    snapshot, _done = keep_month_end(day, now=datetime(2026, 10, 1, 2, tzinfo=ZoneInfo("Asia/Shanghai")))
    kept = SnapshotCell.objects.filter(snapshot=snapshot, dimension="")
    assert kept.get(count=BUILT, path=tree["built"].path).own == 1
    above = kept.get(count=BUILT, path=tree["town_a"].path)
    assert (above.own, above.total) == (0, 1)
    inner = kept.get(count="coverage-required-lacking", path=tree["lacking"].path)
    assert (inner.own, inner.total) == (1, 1)
    then = line_of(tree["town_a"], ground=Ground(snapshot))
    assert {built(line) for line in then.children} == {0, 1}


def test_what_is_protected_cannot_be_gathered():
    with pytest.raises(ValueError, match="unit by unit"):
        Count("x", lambda organizations: None, protected=True, gathered=True)
