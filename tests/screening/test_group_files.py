"""The list of a group as a workbook: whose line it is, and which days can be read."""

import io
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import Workbook

from services.exchange.errors import NoHeader, TooManyRows
from services.screening.importers import read_group
from services.screening.rules.preferred_dates import Preference
from services.workers.enums import WorkerState
from services.workers.models import Worker
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db

HEADINGS = ["序号", "姓名", "联系电话", "身份证号", "希望日期", "上次筛查日期"]


def workbook_of(headings, lines) -> io.BytesIO:
    book = Workbook()
    for line in [headings, *lines]:
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def her(tree):
    return WorkerFactory(organization=tree["unit_a"], name="示例桂兰")


def read(tree, lines, headings=HEADINGS):
    return read_group(workbook_of(headings, lines), tree["unit_a"], today=date(2026, 11, 24)).lines


def codes(line) -> list[str]:
    return [fault.code for fault in line.faults]


def test_a_line_finds_its_woman_by_phone_or_identity_number_or_by_a_name_nobody_else_bears(tree, her):
    lines = [
        [1, "示例 桂兰", her.phone, None, "12月3日上午, 12/5, 周三", None],
        [2, "示例桂兰", None, her.id_number, None, None],
        [3, "示例桂兰", None, None, None, None],
    ]
    found = read(tree, lines)
    assert [line.worker for line in found] == [her.pk, None, None]
    assert [codes(line) for line in found] == [[], ["listed_twice"], ["listed_twice"]]
    assert found[0].wishes == (
        Preference(day=date(2026, 12, 3), half="am"),
        Preference(day=date(2026, 12, 5)),
        Preference(weekday=2),
    )
    assert found[0].position == 2
    for line in lines:
        assert read(tree, [line])[0].worker == her.pk


def test_a_name_two_women_bear_is_not_decided(tree, her):
    WorkerFactory(organization=tree["unit_a"], name=her.name)
    assert codes(read(tree, [[1, her.name, None, None, None, None]])[0]) == ["several_of_the_name"]


def test_women_of_other_unions_and_those_who_left_are_as_unknown_as_strangers(tree, her):
    other = WorkerFactory(organization=tree["unit_c"], name="示例邻居")
    Worker.objects.unscoped().filter(pk=her.pk).update(state=WorkerState.LEFT)
    lines = [
        [1, other.name, other.phone, None, None, None],
        [2, her.name, None, her.id_number, None, None],
        [3, "示例路人", "19900009999", None, None, None],
    ]
    assert [codes(line) for line in read(tree, lines)] == [["not_on_roster"]] * 3


def test_a_number_of_somebody_else_is_not_believed(tree, her):
    found = read(tree, [[1, "示例他人", her.phone, None, None, None]])[0]
    assert (found.worker, codes(found), found.stated) == (None, ["another_name"], "示**人")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("示例桂兰", "1990000", None), "short_phone"),
        (("示例桂兰", None, "990000197506150020"), "id_wrong"),
        (("<b>示例", None, None), "markup"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_never_shown(tree, her, cells, code):
    found = read(tree, [[1, *cells, None, None]])[0]
    assert (found.worker, codes(found)) == (None, [code])
    assert "1990000" not in found.stated


def test_what_she_says_about_her_last_screening_is_read_and_a_day_ahead_refused(tree, her):
    def last(value):
        return read(tree, [[1, her.name, her.phone, None, None, value]])[0]

    assert last("2024-05-20").last_screened == date(2024, 5, 20)
    assert (last("从未").never_screened, last("从未").says) == (True, True)
    assert last(None).says is False
    assert codes(last("2027-05-20")) == ["last_ahead"]


def test_the_roster_itself_with_one_more_column_will_do(tree, her):
    headings = ["序号", "工会名称", "姓名", "身份证号", "手机号码", "岗位", "用工形式", "希望日期"]
    line = [1, "甲县东河镇第1中学工会", her.name, her.id_number, her.phone, "教师", "合同制", "周五"]
    assert read(tree, [line], headings)[0].worker == her.pk
    with pytest.raises(NoHeader):
        read(tree, [[1, 2]], ["甲", "乙"])


def test_a_list_longer_than_the_limit_is_refused_whole(tree, settings):
    settings.ENROLMENT_MAX_ROWS = 2
    with pytest.raises(TooManyRows):
        read(tree, [[n, f"示例{'甲乙丙'[n]}", None, None, None, None] for n in range(3)])


def test_forty_lines_ask_one_query(tree, django_assert_num_queries):
    women = [WorkerFactory(organization=tree["unit_a"]) for _ in range(40)]
    stream = workbook_of(HEADINGS, [[n, her.name, her.phone, None, None, None] for n, her in enumerate(women)])
    with django_assert_num_queries(1):
        found = read_group(stream, tree["unit_a"], today=timezone.localdate()).lines
    assert [line.worker for line in found] == [her.pk for her in women]
