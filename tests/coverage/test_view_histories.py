"""Whatever happens in whatever order: after folding, every cell of coverage equals its recount, and the page agrees."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from services.coverage.figures.overview import COVERAGES, overview
from services.coverage.models import Standing, WomenCommittee
from services.figures.actions import fold
from services.figures.queries import Ground, differences
from services.foundation import clock
from services.foundation.errors import Refused
from services.organizations.actions import (
    close_organization,
    create_organization,
    edit_organization,
    merge_organization,
    move_branch,
    split_organization,
)
from services.organizations.enums import Kind
from services.organizations.models import Organization
from tests.factories.coverage import CommitteeFactory, TermFactory, standing_of
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db

_which, _number = st.integers(0, 30), st.one_of(st.none(), st.integers(0, 30))
_step = st.one_of(
    st.tuples(st.just("add"), _which, _number),
    st.tuples(st.just("count"), _which, _number),
    st.tuples(st.just("set up"), _which, st.sampled_from(["committee", "commissioner", "none"])),
    st.tuples(st.just("industry"), _which, st.sampled_from(["", "教育", "制造"])),
    st.tuples(st.just("move"), _which, _which),
    st.tuples(st.just("merge"), _which, _which),
    st.tuples(st.just("split"), _which, _which),
    st.tuples(st.just("close"), _which, st.none()),
    st.tuples(st.just("fold"), st.none(), st.none()),
)


class History:
    def __init__(self):
        self.city = UnionFactory(kind=Kind.CITY_UNION)
        for _number in range(2):
            county = UnionFactory(parent=self.city, kind=Kind.COUNTY_UNION)
            UnionFactory(parent=county, kind=Kind.TOWNSHIP_UNION)

    def place(self, which: int, **conditions) -> Organization:
        found = list(Organization.objects.filter(**conditions).exclude(pk=self.city.pk))
        return found[which % len(found)] if found else None

    def union(self, which: int) -> Organization:
        return self.place(which, kind=Kind.GRASSROOTS_UNION)

    def does(self, what: str, which, value) -> None:
        if what == "fold":
            fold()
            return
        if what == "add":
            numbers = {"member_count": 100, "women_member_count": value}
            kind, code = Kind.GRASSROOTS_UNION, f"N{Organization.objects.count()}"
            create_organization(parent=self.place(which), by=None, code=code, name="示例", kind=kind, **numbers)
            return
        if what == "split":
            self.splits(self.place(which), value)
            return
        union = self.union(which)
        if union is None:
            return
        if what == "count":
            edit_organization(union, by=None, member_count=100, women_member_count=value)
        elif what == "industry":
            edit_organization(union, by=None, industry=value)
        elif what == "set up":
            self.sets_up(union, value)
        elif what == "close":
            close_organization(union, by=None, on=clock.today(), reason="撤销")
        elif what == "move":
            move_branch(self.place(which), to=self.place(value), by=None, reason="调整")
        else:
            merge_organization(union, into=self.union(value), by=None, on=clock.today(), reason="合并")

    def splits(self, place: Organization, number: int) -> None:
        """Off goes a half of what is below it; of a union that counts its women a few go too."""
        below = list(place.get_children().filter(closed_on__isnull=True))
        few = {"member_count": 10, "women_member_count": number % 4} if place.women_member_count else {}
        new = {"code": f"N{Organization.objects.count()}", "name": "示例分出"}
        done = {"by": None, "on": clock.today(), "reason": "分立"}
        split_organization(place, children=below[: len(below) // 2], **new, **few, **done)

    def sets_up(self, union: Organization, form: str) -> None:
        if union.closed_on or WomenCommittee.objects.own(organization=union).exists():
            return
        made = CommitteeFactory(organization=union, form=form)
        if form != "none":
            TermFactory(committee=made, number=1)
        standing_of(union)


class AnyHistory(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(_step, min_size=4, max_size=16))
    def test_every_cell_equals_its_recount_and_the_page_what_is_stored(self, steps):
        history = History()
        for step in steps:
            try:
                history.does(*step)
            except Refused:
                continue
        fold()
        assert differences() == []
        for place in Organization.objects.filter(kind__in=[Kind.CITY_UNION, Kind.COUNTY_UNION]):
            ground = Ground()
            seen = overview(place, ground.place(place), ground, today=clock.today())
            standings = Standing.objects.below(place.path)
            must = standings.filter(required="committee")
            counted = [(must.filter(built="yes").count(), must.count())]
            having = standings.filter(form__in=["committee", "commissioner"])
            counted.append((having.count(), standings.count()))
            for statistic, expected in zip(COVERAGES, counted, strict=True):
                line = seen.line(statistic)
                told = tuple(line.figures[one.code].value for one in (statistic.numerator, statistic.denominator))
                assert told == expected
                parts = [*seen.whole.branches[statistic.code], seen.whole.direct[statistic.code]]
                for column in statistic.columns:
                    assert sum(part.figures[column.code].value for part in parts) == line.figures[column.code].value
