"""The marked copy of a hostile workbook: the clerk gets her remarks, the worker isn't exhausted."""

from datetime import date

import pytest
from openpyxl import load_workbook

from services.exchange import actions
from services.exchange.enums import JobState
from services.exchange.workbooks.extent import can_be_copied
from services.exchange.workbooks.opening import open_safely
from services.exchange.workbooks.parts import read_parts
from services.foundation import clock
from services.foundation.sheets import sheets
from services.organizations.enums import Role
from tests.exchange.workbooks import repacked, workbook
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import identity_number

HEAD = ("姓名", "身份证号", "手机号码")
BAD = ("示例丙", identity_number(date(1990, 1, 1), 9), "123")
SHEET = "xl/worksheets/sheet1.xml"


def _with(*, before_end: bytes = b"", after_data: bytes = b""):
    """A roster with one faulty row, and markup of ours at the end of its data or behind it."""
    end = b"</sheetData>"
    return repacked(workbook([HEAD, BAD]), change={SHEET: lambda xml: xml.replace(end, before_end + end + after_data)})


LAST_CORNER = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MERGED_WHOLE = b'<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>'
MERGED_BY_ANOTHER_PREFIX = (
    b'<mergeCells count="1"><x:mergeCell xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'ref="&#65;3:XFD1048576"/></mergeCells>'
)


def _copyable(stream) -> bool:
    opened = open_safely(stream, max_bytes=10**7)
    return can_be_copied(opened.archive, read_parts(opened.archive).sheets)


def test_a_sheet_merged_from_end_to_end_is_not_copied():
    assert _copyable(_with())
    assert not _copyable(_with(after_data=MERGED_WHOLE))
    assert not _copyable(_with(after_data=MERGED_BY_ANOTHER_PREFIX))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stream", "titles"),
    [
        (_with(before_end=LAST_CORNER), ["导入汇总", "花名册"]),
        (_with(after_data=MERGED_WHOLE), ["需要修改的行"]),
    ],
    ids=["stray cell", "merge"],
)
def test_remarks_come_back_for_a_sheet_that_spans_everything(stream, titles, django_capture_on_commit_callbacks):
    unit = small_tree()["unit_a"]
    officer = AssignmentFactory(organization=unit, role=Role.GRASSROOTS_OFFICER).user
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.upload_sheet(
            spec=sheets["workers"], organization=unit, by=officer, upload=stream, file_name="名册.xlsx", now=clock.now()
        )
    job.refresh_from_db()
    assert (job.state, job.refused) == (JobState.FAULTY, 1)
    with job.result.open("rb") as returned:
        assert load_workbook(returned, read_only=True).sheetnames == titles
