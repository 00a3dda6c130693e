"""Children by county: rolled up while files come, change, move and go, and at every moment equal to a recount."""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.child_files.actions import concerns, consents, keeping_up, moving, retention
from services.child_files.enums import AgeBand, FileState, Purpose, Sex
from services.child_files.figures.by_county import enrolled
from services.child_files.figures.counted import CODES, FIELDS
from services.child_files.models import Child, ChildConsent
from services.child_files.queries.files import consents_standing
from services.childrens_homes.enums import HomeState
from services.childrens_homes.figures import REPORTS
from services.childrens_homes.models import Home
from services.figures.actions import fold, keep_month_end
from services.figures.actions.keeping import month_end_before
from services.figures.models import Cell, SnapshotCell
from services.figures.queries import differences
from services.foundation.errors import Refused
from services.organizations.actions import merge_organization, move_branch
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from tests.child_files.counting import (
    enrolled_recounted,
    every_place,
    numbers_now,
    recounted,
    report_now,
)
from tests.child_files.desk import signed_in
from tests.factories.child_files import Nursery, holder
from tests.factories.childrens_homes import HomeFactory, ProgrammeFactory
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


def files(home, number: int, **stated) -> list[Child]:
    """Files in use, as many as are wanted at once; what is stated of them holds for each."""
    first = Child.objects.unscoped().count()
    now = stated.pop("state_since")
    shared = {"state": FileState.ACTIVE, "sex": "F", "age_band": AgeBand.FROM_9, "created_at": now} | stated
    rows = [Child(code=f"{home.code}-X{first + n:04d}", home=home, state_since=now, **shared) for n in range(number)]
    return Child.objects.bulk_create(rows)


class Life:
    """What happens to homes and their children in two counties, in any order."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.nursery = Nursery()
        tree = self.tree = self.nursery.tree
        self.town_c = UnionFactory(parent=tree["county_b"], kind=Kind.TOWNSHIP_WF, code="F-B-2")
        self.later = ProgrammeFactory(city=tree["city"], year=2027)
        self.teachers = {self.nursery.home.pk: self.nursery.teacher}
        for name, code in (("nursery", "LSZJ-990001-002"), ("school_c", "LSZJ-990002-001")):
            home = HomeFactory(host=tree[name], programme=self.nursery.programme, code=code)
            self.teachers[home.pk] = holder(tree[name], Role.HOME_TEACHER)

    def any(self, rows):
        rows = list(rows.order_by("pk"))
        return self.dice.choice(rows) if rows else None

    def child(self, *states):
        rows = Child.objects.unscoped().filter(state__in=states) if states else Child.objects.unscoped()
        return self.any(rows.select_related("home__host", "home__programme"))

    def home(self):
        return self.any(Home.objects.unscoped().select_related("host", "programme", "county"))

    def comes(self):
        home, agreed = self.home(), self.dice.sample(list(Purpose), self.dice.randint(0, 3))
        wanted = [Purpose.HOME_SERVICE, *agreed] if self.dice.random() < 0.8 else []
        self.nursery.child(name=f"示例{self.nursery.made}", home=home, by=self.teachers[home.pk], agreed=wanted)

    def comes_with_a_whole_class(self):
        files(self.home(), 7, state_since=self.nursery.now, sex=self.dice.choice(["", "F", "M"]))

    def leaves(self):
        if child := self.child("active", "review_due"):
            day, by = self.nursery.today, self.teachers[child.home_id]
            moving.exit_file(child, why="moved", on=day, by=by, now=self.nursery.now)

    def comes_back(self):
        if child := self.child("exited"):
            by = self.teachers[child.home_id]
            moving.move_file(child, "readmit", by=by, now=self.nursery.now, reason="示例")

    def goes_to_another_home(self):
        if child := self.child():
            Child.objects.unscoped().filter(pk=child.pk).update(home=self.home())

    def is_known_better(self):
        if child := self.child("active", "review_due"):
            known = {name: self.dice.random() < 0.5 for name in FIELDS}
            band, sex = self.dice.choice(AgeBand.values), self.dice.choice(["", *Sex.values])
            Child.objects.unscoped().filter(pk=child.pk).update(age_band=band, sex=sex, **known)

    def takes_an_answer_back(self):
        if one := self.any(ChildConsent.objects.unscoped().filter(ended_at__isnull=True)):
            standing = consents_standing(one.child)
            if one.purpose in standing:
                consents.withdraw(standing[one.purpose], now=self.nursery.now)

    def somebody_is_worried(self):
        if child := self.child("active", "review_due"):
            by, now = self.teachers[child.home_id], self.nursery.now
            concerns.note_concern(child, category="neglect", words="示例", observed_at=now, by=by, now=now)

    def a_review_falls_due(self):
        if child := self.child("active"):
            yesterday = self.nursery.today - timedelta(days=1)
            Child.objects.unscoped().filter(pk=child.pk).update(review_due_on=yesterday)
        if self.dice.random() < 0.5:
            keeping_up.call_reviews(now=self.nursery.now)

    def weeks_pass(self):
        now = self.nursery.now + timedelta(days=self.dice.choice([20, 40]))
        retention.restrict_ended(now=now)
        retention.erase_drafts(now=now)

    def a_home_changes(self):
        state, programme = self.dice.choice(HomeState.values), self.dice.choice([self.nursery.programme, self.later])
        home = self.home()
        if not Home.objects.unscoped().filter(programme=programme, host=home.host).exclude(pk=home.pk).exists():
            Home.objects.unscoped().filter(pk=home.pk).update(state=state, programme=programme)

    def a_home_moves_into_another_school(self):
        home, schools = self.home(), Organization.objects.filter(kind=Kind.SCHOOL, closed_on__isnull=True)
        host = self.any(schools.exclude(childrens_homes__isnull=False))
        if host:
            county = host.get_ancestors().get(kind=Kind.COUNTY_WF)
            Home.objects.unscoped().filter(pk=home.pk).update(host=host, county=county)
            self.teachers[home.pk] = holder(host, Role.HOME_TEACHER)

    def open_places(self, *kinds):
        return Organization.objects.filter(kind__in=kinds, closed_on__isnull=True)

    def a_branch_moves(self):
        branch = self.any(self.open_places(Kind.TOWNSHIP_WF, Kind.SCHOOL, Kind.KINDERGARTEN))
        above = Kind.COUNTY_WF if branch.kind == Kind.TOWNSHIP_WF else Kind.TOWNSHIP_WF
        if to := self.any(self.open_places(above)):
            move_branch(branch, to=to, by=None, reason="区划调整")

    def two_places_become_one(self):
        kind = self.dice.choice([Kind.TOWNSHIP_WF, Kind.TOWNSHIP_WF, Kind.COUNTY_WF])
        one, other = self.any(self.open_places(kind)), self.any(self.open_places(kind))
        if one and one != other:
            merge_organization(one, into=other, by=None, on=self.nursery.today, reason="区划调整")

    def goes_on(self):
        steps = [
            *(self.comes, self.comes, self.comes_with_a_whole_class, self.leaves, self.comes_back),
            *(self.goes_to_another_home, self.is_known_better, self.is_known_better, self.takes_an_answer_back),
            *(self.somebody_is_worried, self.a_review_falls_due, self.weeks_pass, self.a_home_changes),
            *(self.a_home_moves_into_another_school, self.a_branch_moves, self.two_places_become_one, fold),
        ]
        try:
            self.dice.choice(steps)()
        except (Refused, PermissionDenied):
            # A step that isn't open to this file or place just now.
            return

    def told_as_counted(self):
        for paths in every_place():
            found = numbers_now(paths, self.nursery.today)
            assert (found.counts, found.consents, found.concerns) == recounted(paths, self.nursery.today)
            for programme in (self.nursery.programme, self.later):
                told = {key: number for key, number in enrolled(programme, paths).items() if number}
                assert told == enrolled_recounted(programme, paths)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_the_figures_of_every_place_equal_a_recount(seed):
    life = Life(seed)
    for step in range(40):
        life.goes_on()
        if step % 20 == 19:
            life.told_as_counted()
    assert differences() == []
    Cell.objects.all().delete()
    call_command("check_figures", repair=True)
    life.told_as_counted()


@pytest.mark.parametrize("change", ["consent", "concern", "host", "state", "programme", "child", "flag"])
def test_each_change_by_itself_is_told_at_the_next_look(nursery, change):
    """The figures were looked at before: nothing else that happened leads to what has changed."""
    child = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.VIDEO_CALL])
    later = ProgrammeFactory(city=nursery.tree["city"], year=2027)
    paths, now, home = (nursery.tree["city"].path,), nursery.now, Home.objects.unscoped().filter(pk=nursery.home.pk)

    def told() -> tuple:
        found = numbers_now(paths, nursery.today)
        assert (found.counts, found.consents, found.concerns) == recounted(paths, nursery.today)
        both = [enrolled(programme, paths) for programme in (nursery.programme, later)]
        assert both == [enrolled_recounted(programme, paths) for programme in (nursery.programme, later)]
        return found, both

    before = told()
    if change == "consent":
        consents.withdraw(consents_standing(child)[Purpose.VIDEO_CALL], now=now)
    elif change == "concern":
        concerns.note_concern(child, category="neglect", words="示例", observed_at=now, by=nursery.teacher, now=now)
    elif change == "host":
        home.update(host=nursery.tree["school_c"], county=nursery.tree["county_b"])
    elif change == "state":
        home.update(state=HomeState.CLOSED)
    elif change == "programme":
        home.update(programme=later)
    elif change == "child":
        moving.exit_file(child, why="moved", on=nursery.today, by=nursery.teacher, now=now)
    else:
        Child.objects.unscoped().filter(pk=child.pk).update(has_traits=True)
    assert told() != before


def test_small_counties_are_hidden_and_beside_them_the_next_smallest(nursery):
    """Five are shown, four are not; and where one county is hidden, the sum gives it away unless another is too."""
    tree, now = nursery.tree, nursery.now
    third = UnionFactory(parent=tree["city"], kind=Kind.COUNTY_WF, code="F-C", name="丙县妇联")
    school = UnionFactory(parent=third, kind=Kind.SCHOOL, code="F-C-1")
    small = HomeFactory(host=tree["school_c"], programme=nursery.programme, code="LSZJ-990002-001")
    large = HomeFactory(host=school, programme=nursery.programme, code="LSZJ-990003-001")
    files(nursery.home, 12, state_since=now)
    files(small, 4, state_since=now)
    files(large, 30, state_since=now)
    found = report_now((tree["city"].path,), nursery.today)
    assert {line.name: line.children for line in found.lines} == {"甲县妇联": None, "乙县妇联": None, "丙县妇联": 30}
    assert found.total.children == 46 and found.hides
    files(small, 1, state_since=now)
    found = report_now((tree["city"].path,), nursery.today)
    assert {line.children for line in found.lines} == {12, 5, 30}


def test_a_county_reads_its_own_line_and_two_townships_are_told_as_one(nursery):
    tree, now = nursery.tree, nursery.now
    town = UnionFactory(parent=tree["county_a"], kind=Kind.TOWNSHIP_WF, code="F-A-2")
    other = HomeFactory(
        host=UnionFactory(parent=town, kind=Kind.SCHOOL, code="F-A-2-1"),
        programme=nursery.programme,
        code="LSZJ-990001-002",
    )
    files(nursery.home, 6, state_since=now)
    files(other, 8, state_since=now)
    for paths, children in (
        ((tree["county_a"].path,), 14),
        ((tree["town_a"].path,), 6),
        ((tree["town_a"].path, town.path), 14),
        ((tree["county_b"].path,), None),
    ):
        assert [line.children for line in report_now(paths, nursery.today).lines] == [children] * (children is not None)


def test_a_review_that_nobody_called_yet_counts_as_overdue_from_the_day_after(nursery):
    today, paths = nursery.today, (nursery.tree["city"].path,)
    files(nursery.home, 9, state_since=nursery.now, review_due_on=today)
    county = nursery.tree["county_a"].pk
    assert numbers_now(paths, today).counts[county]["overdue"] == 0
    assert numbers_now(paths, today + timedelta(days=1)).counts[county]["overdue"] == 9
    keeping_up.call_reviews(now=nursery.now)
    assert numbers_now(paths, today).counts[county]["overdue"] == 9


def test_month_ends_keep_nothing_of_children(nursery):
    files(nursery.home, 9, state_since=nursery.now)
    fold()
    assert set(Cell.objects.filter(count__in=CODES).values_list("count", flat=True)) >= {"child-files"}
    keep_month_end(month_end_before(nursery.today), now=nursery.now)
    assert not SnapshotCell.objects.filter(count__in=CODES).exists()


def test_the_figures_and_the_coverage_cost_the_same_for_one_home_and_for_many(nursery):
    pages = {reverse("child_files_desk:report"), reverse("childrens_homes_desk:report", args=["coverage"])}
    desk, now = signed_in(nursery.city), nursery.now

    def asked() -> dict[str, int]:
        fold()
        found = {}
        for page in pages:
            desk.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(page).status_code == 200
            found[page] = len(queries)
        return found

    files(nursery.home, 6, state_since=now)
    one = asked()
    for number in range(8):
        host = UnionFactory(parent=nursery.tree[f"town_{'ab'[number % 2]}"], kind=Kind.SCHOOL)
        files(HomeFactory(host=host, programme=nursery.programme, code=f"LSZJ-990009-{number:03d}"), 9, state_since=now)
    assert asked() == one


def test_the_report_of_coverage_counts_the_children_of_its_programme_in_homes_that_live(nursery):
    now, day = nursery.now, date(2026, 1, 1)
    closed = HomeFactory(
        host=nursery.tree["school_b"],
        programme=nursery.programme,
        code="LSZJ-990001-002",
        state=HomeState.CLOSED,
    )
    later = HomeFactory(
        host=nursery.tree["nursery"],
        programme=ProgrammeFactory(city=nursery.tree["city"], year=2027),
        code="LSZJ-990001-003",
    )
    empty = HomeFactory(host=nursery.tree["school_c"], programme=nursery.programme, code="LSZJ-990002-001")
    for home, number in ((nursery.home, 6), (closed, 7), (later, 8)):
        files(home, number, state_since=now)
    fold()
    table = REPORTS["coverage"](nursery.city, nursery.programme, day)
    assert [row[3].value for row in table.rows] == [6, 0]
    Home.objects.unscoped().filter(pk=empty.pk).update(state=HomeState.CLOSED)
    fold()
    assert [row[3].value for row in REPORTS["coverage"](nursery.city, nursery.programme, day).rows] == [6, None]
    assert [row[3].value for row in REPORTS["coverage"](nursery.officer, nursery.programme, day).rows] == [6]
