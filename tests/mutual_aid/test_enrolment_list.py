"""The unit's own workbook becomes the lines of its batch; what is wrong is said at its cell."""

import io

import pytest
from openpyxl import Workbook

from services.exchange.actions import import_file
from services.foundation import clock
from services.foundation.sheets import sheets
from services.mutual_aid.enums import RowState
from services.mutual_aid.models import EnrolmentBatch, EnrolmentRow
from services.workers.enums import WorkerState
from tests.factories.enrolment import Unit
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
HEAD = ("序号", "姓名", "身份证号", "参保份数")


def workbook(rows, head=HEAD) -> io.BytesIO:
    book = Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def read_in(unit, rows, head=HEAD, **options):
    return import_file(
        sheets["mutual-aid"],
        workbook(rows, head),
        organization=unit.organization,
        today=clock.today(),
        now=clock.now(),
        **options,
    )


def line(worker, shares=1, number=1):
    return (number, worker.name, worker.id_number, shares)


def codes(done) -> dict[int, list[str]]:
    return {row: [fault.code for fault in faults] for row, faults in done.faults.items()}


def test_every_woman_of_the_list_stands_in_the_batch_with_her_shares():
    unit = Unit()
    women = unit.women(3)
    batch = unit.begun()
    done = read_in(unit, [line(woman, shares) for woman, shares in zip(women, (1, 2, None), strict=True)])
    assert (done.rows, done.refused) == (3, 0)
    rows = EnrolmentRow.objects.own(batch=batch).order_by("position")
    assert list(rows.values_list("worker", "shares", "state")) == [
        (women[0].pk, 1, RowState.READY),
        (women[1].pk, 2, RowState.READY),
        (women[2].pk, 1, RowState.READY),
    ]
    batch = EnrolmentBatch.objects.unscoped().get()
    assert (batch.persons, batch.shares, batch.fee_total) == (3, 4, 144)


def test_what_is_wrong_is_said_at_its_cell_and_nothing_of_it_is_written():
    unit = Unit()
    good, over, gone, twice = unit.women(4)
    gone.state = WorkerState.LEFT
    gone.save()
    stranger = WorkerFactory()
    unit.begun()
    done = read_in(
        unit,
        [
            line(good),
            line(over, 4),
            line(gone),
            line(twice),
            line(twice),
            line(stranger),
            (7, "示例丙", good.id_number, 1),
            (8, "示例丁", "", 1),
        ],
    )
    assert codes(done) == {
        3: ["shares"],
        4: ["employed"],
        6: ["dup_in_file"],
        7: ["not_on_roster"],
        8: ["dup_in_file"],
        9: ["no_id"],
    }


def test_a_list_without_a_batch_says_to_begin_one():
    unit = Unit()
    (woman,) = unit.women(1)
    done = read_in(unit, [line(woman)])
    assert codes(done) == {2: ["no_batch"]}


def test_the_same_list_again_changes_nothing_and_other_shares_change_one_line():
    unit = Unit()
    women = unit.women(2)
    unit.begun()
    read_in(unit, [line(one) for one in women])
    again = read_in(unit, [line(women[0]), line(women[1], 3)])
    assert (again.counts["same"], again.counts["changed"], again.counts["new"]) == (1, 1, 0)
    assert EnrolmentBatch.objects.unscoped().get().shares == 4


def test_of_two_schemes_the_line_names_one():
    unit = Unit()
    other = Unit(city=unit.city)
    other.organization = unit.organization
    (woman,) = unit.women(1)
    first, second = unit.begun(), other.begun()
    head = (*HEAD, "参保计划")
    assert codes(read_in(unit, [line(woman)])) == {2: ["which_batch"]}
    assert read_in(unit, [(*line(woman), second.scheme.code)], head).refused == 0
    assert EnrolmentRow.objects.own(batch=second).count() == 1
    assert EnrolmentRow.objects.own(batch=first).count() == 0


def test_who_is_not_healthy_by_the_list_is_left_out():
    unit = Unit()
    (woman,) = unit.women(1)
    unit.begun()
    done = read_in(unit, [(*line(woman), "否")], (*HEAD, "健康声明"))
    assert codes(done) == {2: ["not_healthy"]}


@pytest.mark.parametrize("lines", [2, 40])
def test_reading_costs_the_same_queries_whatever_its_length(lines, django_assert_num_queries):
    unit = Unit()
    women = unit.women(lines)
    unit.begun()
    book = workbook([line(one) for one in women])
    with django_assert_num_queries(21):
        import_file(sheets["mutual-aid"], book, organization=unit.organization, today=clock.today(), now=clock.now())
