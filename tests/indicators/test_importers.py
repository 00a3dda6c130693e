"""The workbook of values goes out filled, comes back changed; each fault is named beside its cell."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from services.exchange.actions import import_file
from services.exchange.actions.corrections import write_for_correction
from services.exchange.errors import WorkbookRefused
from services.foundation.sheets import sheets
from services.indicators.models import Value
from tests.factories.indicators import NOW, YEAR, MonitoringWorld, element

pytestmark = pytest.mark.django_db
HEADS = ["地区", "年度", "数据元素编码", "分组", "数值", "数据状态", "说明"]


@pytest.fixture
def world():
    return MonitoringWorld()


def book(*rows) -> BytesIO:
    made, target = Workbook(), BytesIO()
    made.active.append(HEADS)
    for row in rows:
        made.active.append(list(row))
    made.save(target)
    target.seek(0)
    return target


def looking_so(formats: dict[int, str], *rows, merged: str = "") -> BytesIO:
    """Amounts of lines shown in a number format, and merged cells."""
    made, target = load_workbook(book(*rows)), BytesIO()
    for line, shown in formats.items():
        made.active.cell(line, 5).number_format = shown
    if merged:
        made.active.merge_cells(merged)
    made.save(target)
    target.seek(0)
    return target


def faults_of(done) -> list[tuple[str, str]]:
    return [(faults[0].column, faults[0].code) for _number, faults in sorted(done.faults.items())]


def imported(world, stream, organization=None):
    spec = sheets["indicator-values"]
    return import_file(spec, stream, organization=organization or world.county_a, today=NOW.date(), now=NOW)


def stated(world) -> dict[str, tuple]:
    rows = Value.objects.filter(report=world.report(world.county_a))
    return {one.element.code: (one.amount, one.status) for one in rows.select_related("element")}


def test_a_clean_workbook_is_written_and_again_changes_nothing(world):
    rows = [["F-A", YEAR, "births", "", 200, "", ""], ["甲县妇联", YEAR, "managed", "", "", "未采集", "未开展"]]
    done = imported(world, book(*rows))
    assert (done.counts["new"], done.refused) == (2, 0)
    assert stated(world) == {"births": (200, "reported"), "managed": (None, "missing_not_collected")}
    again = imported(world, book(*rows))
    assert again.counts["same"] == 2


def test_each_fault_is_named_and_nothing_is_written(world):
    rows = [
        ["F-A", YEAR, "births", "", 200, "", ""],
        ["F-A", YEAR, "births", "", 201, "", ""],
        ["F-B", YEAR, "births", "", 5, "", ""],
        ["F-A", 1999, "births", "", 5, "", ""],
        ["F-A", YEAR, "nothing", "", 5, "", ""],
        ["F-A", YEAR, "managed", "sex:f", 5, "", ""],
        ["F-A", YEAR, "managed", "", "很多", "", ""],
        ["F-A", YEAR, "managed", "", 5, "迟报", ""],
        ["F-A", YEAR, "managed", "", 1.5, "", ""],
        ["F-A", YEAR, "managed", "", 5, "丢了", ""],
    ]
    done = imported(world, book(*rows))
    found = [faults[0].code for _number, faults in sorted(done.faults.items())]
    assert found == [
        *("line_twice", "unit_unknown", "year_unknown", "element_unknown", "cut_unknown", "amount_shape"),
        *("amount_but_missing", "not_whole", "status_unknown"),
    ]
    assert stated(world) == {}


def sent_out(world) -> BytesIO:
    target = BytesIO()
    write_for_correction(target, sheets["indicator-values"], organization=world.county_a, by=world.clerk_a)
    target.seek(0)
    return target


def changed(stream, **cells) -> BytesIO:
    """``births=5``: the amount in that element's line."""
    made, target = load_workbook(stream), BytesIO()
    page = made.worksheets[0]
    head = {str(cell.value): cell.column for cell in page[1]}
    places = list(head.values())
    for row in page.iter_rows(min_row=2):
        code = row[2].value
        if code in cells:
            row[places[5] - 1].value = cells[code]
    made.save(target)
    target.seek(0)
    return target


def test_it_leaves_with_what_is_on_record_and_only_what_changed_is_written(world):
    world.fill(world.county_a, births=200)
    done = imported(world, changed(sent_out(world), managed=190))
    assert (done.counts["new"], done.counts["same"], done.refused) == (1, 1, 0)
    assert stated(world)["managed"] == (190, "reported")


def test_what_somebody_else_changed_meanwhile_is_refused_with_both_values(world):
    world.fill(world.county_a, births=200)
    out = sent_out(world)
    world.fill(world.county_a, births=222)
    done = imported(world, changed(out, births=201))
    fault = next(iter(done.faults.values()))[0]
    assert (fault.code, fault.context["now"], fault.shown) == ("changed_meanwhile", "222", "201")
    assert stated(world)["births"] == (222, "reported")


def test_a_signed_report_isnt_written_by_a_workbook(world):
    world.fill(world.county_a, births=200, managed=190)
    world.sign(world.county_a)
    done = imported(world, book(["F-A", YEAR, "births", "", 7, "", ""]))
    assert next(iter(done.faults.values()))[0].code == "report_closed"


@pytest.mark.parametrize(
    ("amount", "status", "fault"),
    [
        ("=SUM(A1:A2)", "", "formula"),
        ("94%", "", "amount_share"),
        ("９４％", "", "amount_share"),
        ("0.94", "", "not_whole"),
        ("1,2", "", "amount_shape"),
        ("1_000", "", "amount_shape"),
        ("同上", "", "amount_shape"),
        ("约200", "", "amount_shape"),
        ("无数据", "", "amount_none"),
        ("—", "", "amount_none"),
        ("无", "", "amount_none"),
        ("无数据", "已报", "amount_missing"),
        ("未采集", "迟报", "amount_shape"),
        ("2025-01-01", "", "amount_shape"),
    ],
)
def test_a_cell_that_says_nothing_sure_is_refused_and_named(world, amount, status, fault):
    done = imported(world, book(["F-A", YEAR, "births", "", amount, status, ""]))
    assert faults_of(done) == [("amount", fault)]
    assert stated(world) == {}


@pytest.mark.parametrize(
    ("amount", "status", "kept"),
    [
        ("１，２００", "", (1200, "reported")),
        ("1,200", "", (1200, "reported")),
        (" 1200 ", "估计", (1200, "estimated")),
        (0, "", (0, "zero")),
        ("无", "零", (0, "zero")),
        ("无数据", "未采集", (None, "missing_not_collected")),
        ("/", "不适用", (None, "missing_not_applicable")),
        ("未采集", "", (None, "missing_not_collected")),
        ("迟报", "迟报", (None, "missing_late")),
    ],
)
def test_what_is_said_clearly_is_taken_with_its_status(world, amount, status, kept):
    done = imported(world, book(["F-A", YEAR, "births", "", amount, status, "示例原因"]))
    assert done.refused == 0 and stated(world) == {"births": kept}


def test_a_percentage_is_taken_as_it_reads_where_per_cent_are_stated_and_nowhere_else(world):
    element(world.city, "rate", unit="%", decimals=2, summed=False)
    world.open()
    rows = [["F-A", YEAR, "rate", "", typed, "", ""] for typed in ("94%", 0.9455, 94, "94")]
    for typed, shown, kept in zip(rows, ("General", "0.00%", "General", "@"), ("94", "94.55", "94", "94"), strict=True):
        done = imported(world, looking_so({2: shown}, typed))
        assert done.refused == 0 and stated(world)["rate"] == (Decimal(kept), "reported")
    done = imported(world, looking_so({2: "0%"}, ["F-A", YEAR, "births", "", 0.94, "", ""]))
    assert faults_of(done) == [("amount", "amount_share")]


def test_a_number_that_stands_over_several_rows_is_nobodys_and_a_place_that_does_is_theirs(world):
    rows = [["F-A", YEAR, "births", "", 200, "", ""], [None, None, "managed", "", None, "", ""]]
    done = imported(world, looking_so({}, *rows, merged="E2:E3"))
    assert ("amount", "merged") in faults_of(done) and stated(world) == {}
    rows = [["F-A", YEAR, "births", "", 200, "", ""], [None, YEAR, "managed", "", 190, "", ""]]
    done = imported(world, looking_so({}, *rows, merged="A2:A3"))
    assert done.refused == 0 and stated(world)["managed"] == (190, "reported")


def test_a_formula_in_a_note_is_refused(world):
    done = imported(world, book(["F-A", YEAR, "births", "", 200, "", "x"]))
    assert done.refused == 0
    made, target = load_workbook(book(["F-A", YEAR, "births", "", 201, "", "x"])), BytesIO()
    made.active.cell(2, 7).value, made.active.cell(2, 7).data_type = "@SUM(1+9)*cmd|' /C calc'!A0", "s"
    made.save(target)
    target.seek(0)
    assert faults_of(imported(world, target)) == [("note", "formula")]


def test_a_workbook_of_something_else_and_a_sheet_in_the_wrong_place(world):
    other, target = Workbook(), BytesIO()
    other.active.append(["姓名", "身份证号"])
    other.active.append(["示例甲", "x"])
    other.save(target)
    with pytest.raises(WorkbookRefused):
        imported(world, target)
    made, second = Workbook(), BytesIO()
    made.active.append(["填报说明"])
    page = made.create_sheet("数据")
    page.append(HEADS)
    page.append(["F-A", YEAR, "births", "", 200, "", ""])
    made.save(second)
    assert imported(world, second).refused == 0 and stated(world) == {"births": (200, "reported")}


def test_every_fault_has_words_and_what_to_do(world):
    for code in ("amount_none", "amount_share", "merged"):
        wording = sheets["indicator-values"].wordings[code]
        assert str(wording.message) and str(wording.remedy)
