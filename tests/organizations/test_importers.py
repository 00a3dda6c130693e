"""A list of unions becomes a tree in one go, in any order of its lines, and again without change."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from services.exchange.actions import import_file
from services.foundation.sheets import Outcome, sheets
from services.organizations import demo
from services.organizations.enums import Kind
from services.organizations.models import Organization
from tests.exchange.workbooks import workbook
from tests.factories.organizations import UnionFactory, small_tree

pytestmark = pytest.mark.django_db
HEAD = ("组织编码", "上级编码", "组织名称", "类别", "职工数", "女职工数")
NOW = timezone.make_aware(datetime(2026, 11, 23, 9))
CITY = ("C", None, "示例市总工会", "市总工会", None, None)
COUNTY = ("C-1", "C", "甲县总工会", "县(区)总工会", None, None)
UNIT = ("C-1-1", "C-1", "甲县第1中学工会", "基层工会", 20, 12)


def run(*rows, unit=None, **options):
    stream = workbook([HEAD, *rows], title="工会组织")
    return import_file(sheets["organizations"], stream, organization=unit, today=date(2026, 11, 23), now=NOW, **options)


def codes(done):
    return {row: [fault.code for fault in faults] for row, faults in done.faults.items()}


def assert_sound():
    problems = Organization.find_problems()
    assert all(not found for found in problems), problems


def test_the_sample_tree_is_loaded_whole_and_again_without_change(shared_data):
    for expected in (Outcome.NEW, Outcome.SAME):
        with open(shared_data / "unions.xlsx", "rb") as stream:
            done = import_file(sheets["organizations"], stream, today=date(2026, 11, 23), now=NOW)
        assert dict(done.counts) == {expected: 513}
    assert_sound()
    unit = Organization.objects.get(code="S01-01-01-001")
    assert (unit.get_parent().code, unit.staff_count, unit.women_count, unit.depth) == ("S01-01-01", 162, 72, 4)
    assert unit.established_on == date(2021, 9, 4)
    assert len(done.report.unstored) == 8


def test_children_may_stand_above_their_parents():
    assert run(UNIT, COUNTY, CITY).refused == 0
    assert_sound()
    assert Organization.objects.get(code="C-1-1").get_parent().code == "C-1"


def test_new_ones_join_a_standing_tree_beside_what_is_there():
    tree = small_tree()
    run(("N-1", "T-A-1", "新一工会", "基层工会", 3, 1), ("N-2", "T-A-1", "新二工会", "基层工会", 3, 1))
    assert_sound()
    names = [child.code for child in Organization.objects.get(pk=tree["town_a"].pk).get_children()]
    assert names == ["T-A-1-1", "T-A-1-2", "N-1", "N-2"]


def test_what_a_file_says_is_brought_up_to_date_and_empty_cells_erase_nothing():
    run(CITY, COUNTY, UNIT)
    done = run(("C-1-1", "C-1", "甲县第一中学工会", "基层工会", 30, None))
    assert dict(done.counts) == {Outcome.CHANGED: 1}
    unit = Organization.objects.get(code="C-1-1")
    assert (unit.name, unit.staff_count, unit.women_count) == ("甲县第一中学工会", 30, 12)
    assert_sound()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((None, "C", "甲", "基层工会", 1, 1), "no_code"),
        (("C/9", "C", "甲", "基层工会", 1, 1), "code_shape"),
        (("C-9", "C", None, "基层工会", 1, 1), "no_org_name"),
        (("C-9", "C", "甲", None, 1, 1), "no_kind"),
        (("C-9", "C", "甲", "宇宙工会联盟", 1, 1), "kind_word"),
        (("C-9", "C", "甲", "基层工会", 1, 2), "women_over_staff"),
        (("C-9", "C", "甲", "基层工会", "许多", 1), "number_shape"),
        (("C-9", "C", "甲", "基层工会", -1, None), "number_negative"),
        (("C-9", "nowhere", "甲", "基层工会", 1, 1), "unknown_parent"),
        (("C-9", "C-9", "甲", "基层工会", 1, 1), "cycle"),
        (("C-9", None, "甲", "基层工会", 1, 1), "no_parent"),
        (("C-9", "C-1-1", "甲", "县(区)总工会", 1, 1), "kind_place"),
        (("C-1", "C", "甲县总工会", "县(区)总工会", 1, 1), "dup_code"),
    ],
)
def test_a_faulty_line_is_named_and_keeps_the_tree_out(row, code):
    done = run(CITY, COUNTY, UNIT, row)
    assert codes(done) == {5: [code]}
    assert sheets["organizations"].wordings[code]
    assert Organization.objects.count() == 0


def test_a_ring_and_what_hangs_from_it_is_refused():
    ring = [("A", "B", "甲", "基层工会"), ("B", "A", "乙", "基层工会"), ("D", "A", "丙", "基层工会")]
    assert codes(run(CITY, *ring)) == {3: ["cycle"], 4: ["cycle"], 5: ["cycle"]}


def test_a_child_of_a_refused_line_is_refused_with_it():
    bad = ("C-1", "C", "甲县总工会", "宇宙工会联盟", None, None)
    assert codes(run(CITY, bad, UNIT, only_clean=True)) == {3: ["kind_word"], 4: ["parent_refused"]}
    assert [o.code for o in Organization.objects.all()] == ["C"]


def test_an_import_moves_nothing_changes_no_kind_and_stays_in_its_unit():
    tree = small_tree()
    done = run(
        ("T-A-1-1", "T-B", tree["unit_a"].name, "基层工会", 1, 1),
        ("T-B-1", "T-B", tree["unit_c"].name, "乡镇(街道)工会", 1, 1),
    )
    assert codes(done) == {2: ["other_parent"], 3: ["other_kind"]}
    inside = run(
        ("T-B-1", "T-B", "改名工会", "基层工会", 1, 1), ("N", "T-B", "新工会", "基层工会", 1, 1), unit=tree["county_a"]
    )
    assert codes(inside) == {2: ["outside"], 3: ["unknown_parent"]}


def test_a_tree_of_any_size_takes_the_same_number_of_queries(django_assert_max_num_queries):
    units = [(f"C-1-{n}", "C-1", f"第{n}工会", "基层工会", 5, 2) for n in range(400)]
    run(CITY, COUNTY)
    with django_assert_max_num_queries(30):
        run(*units)
    assert_sound()
    assert Organization.objects.count() == 402


def test_the_sample_list_fits_below_the_demonstration_s_city(shared_data):
    city = UnionFactory(code=demo.CITY, name="示例市总工会", kind=Kind.CITY_UNION)
    with open(shared_data / "unions.xlsx", "rb") as stream:
        done = import_file(sheets["organizations"], stream, organization=city, today=date(2026, 11, 23), now=NOW)
    assert dict(done.counts) == {Outcome.SAME: 1, Outcome.NEW: 512}
    assert_sound()
