"""What is refused whole, and by which name; and that nothing of it needs more than its own size in memory."""

import io
import zipfile

import pytest

from services.exchange import errors
from services.exchange.workbooks import opening
from services.exchange.workbooks.table import open_table
from services.foundation.sheets import sheets
from tests.exchange.workbooks import repacked, workbook

LIMIT = 20 * 1024 * 1024
HEADINGS = ("姓名", "身份证号")
GOOD = [HEADINGS, ("示例乙", "990000199001010028")]
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def opened(stream, limit=LIMIT):
    return open_table(stream, sheets["workers"], max_bytes=limit)


def rows_of(stream, limit=1000):
    return list(opened(stream).rows(limit=limit))


def with_doctype(body: bytes) -> bytes:
    lines = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{lines}]>'.encode() + body


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: io.BytesIO("姓名,身份证号\n示例乙,1\n".encode()), errors.NotAWorkbook),
        (lambda: io.BytesIO(b"<html><table><tr><td>x</td></tr></table></html>"), errors.NotAWorkbook),
        (lambda: io.BytesIO(b""), errors.NotAWorkbook),
        (lambda: io.BytesIO(OLE + "Workbook".encode("utf-16-le")), errors.OldFormat),
        (lambda: io.BytesIO(OLE + "EncryptedPackage".encode("utf-16-le")), errors.Encrypted),
        (lambda: repacked(workbook(GOOD), add={"xl/vbaProject.bin": b"x"}), errors.MacroEnabled),
        (
            lambda: repacked(
                workbook(GOOD),
                change={"[Content_Types].xml": lambda b: b.replace(b".sheet.main", b".macroEnabled.main")},
            ),
            errors.MacroEnabled,
        ),
        (lambda: repacked(workbook(GOOD), add={"xl/externalLinks/externalLink1.xml": b"<x/>"}), errors.ExternalLinks),
        (lambda: repacked(workbook(GOOD), add={"xl/embeddings/a.xlsx": b"PK\x03\x04zip"}), errors.EmbeddedFile),
        (lambda: repacked(workbook(GOOD), change={SHEET: with_doctype}), errors.Broken),
        (lambda: repacked(workbook(GOOD), change={SHEET: lambda b: b[: len(b) // 2]}), errors.Broken),
        (
            lambda: repacked(workbook(GOOD), change={SHEET: lambda b: b'<?xml version="1.0" encoding="none"?>' + b}),
            errors.Broken,
        ),
        (lambda: io.BytesIO(workbook(GOOD).getvalue()[:-200]), errors.Broken),
        (lambda: workbook([("今天天气很好",), ("没有标题",)]), errors.NoHeader),
        (lambda: workbook([("姓名", "手机号码", "岗位"), ("示例乙", "19900000001", "教师")]), errors.MissingColumns),
        (lambda: workbook([HEADINGS]), errors.NoRows),
        (lambda: workbook([]), errors.NoHeader),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_by_name(make, expected):
    with pytest.raises(errors.WorkbookRefused) as refused:
        opened(make())
    assert type(refused.value) is expected
    assert refused.value.message(staff=True)


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    stream = workbook(GOOD)
    with pytest.raises(errors.TooLarge) as refused:
        opened(stream, limit=1024)
    assert refused.value.context == {"limit": 0}


def test_a_bomb_is_measured_while_unpacking_whatever_its_headers_say(monkeypatch):
    monkeypatch.setattr(opening, "RATIO_COUNTS_FROM", 1024 * 1024)
    bomb = repacked(workbook(GOOD), add={"xl/media/image1.png": b"\0" * (64 * 1024 * 1024)})
    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(errors.Bomb):
        opened(bomb)


def test_too_many_entries_and_double_names_are_a_bomb():
    many = repacked(workbook(GOOD), add={f"xl/media/{n}.png": b"x" for n in range(opening.MAX_ENTRIES)})
    with pytest.raises(errors.Bomb):
        opened(many)


def test_overlapping_entries_are_a_bomb():
    stream = workbook(GOOD)
    with zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
    infos[1].header_offset = infos[0].header_offset + 4
    with pytest.raises(errors.Bomb):
        opening._check_entries(infos)


def test_one_cell_in_the_last_corner_takes_no_memory():
    def corner(body: bytes) -> bytes:
        return body.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        )

    assert [row.number for row in rows_of(repacked(workbook(GOOD), change={SHEET: corner}))] == [2]


def test_a_million_empty_rows_of_libreoffice_are_skipped():
    def empty(body: bytes) -> bytes:
        rows = b"".join(b'<row r="%d" customFormat="false" ht="12.8" hidden="false"/>' % n for n in range(3, 60_000))
        return body.replace(b"</sheetData>", rows + b'<row r="1048576"/></sheetData>')

    assert [row.number for row in rows_of(repacked(workbook(GOOD), change={SHEET: empty}))] == [2]


def test_more_rows_than_the_limit_are_refused():
    with pytest.raises(errors.TooManyRows):
        rows_of(workbook([HEADINGS, *[GOOD[1]] * 5]), limit=4)


def test_rows_that_run_backwards_are_refused():
    def twist(body: bytes) -> bytes:
        return body.replace(b'<row r="2"', b'<row r="1"')

    with pytest.raises(errors.Broken):
        rows_of(repacked(workbook(GOOD), change={SHEET: twist}))


def test_hidden_sheets_are_not_read_and_two_filled_ones_are_not_chosen_between():
    def another(state):
        def add(book):
            page = book.create_sheet("旧表")
            page.sheet_state = state
            for row in GOOD:
                page.append(row)

        return add

    assert len(rows_of(workbook(GOOD, more=another("hidden")))) == 1
    with pytest.raises(errors.SeveralSheets) as refused:
        opened(workbook(GOOD, more=another("visible")))
    assert "旧表" in refused.value.message(staff=True)


def test_a_prefixed_namespace_reads_the_same():
    def prefix(body: bytes) -> bytes:
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t", b"f"):
            body = body.replace(b"<" + tag + b" ", b"<x:" + tag + b" ").replace(b"<" + tag + b">", b"<x:" + tag + b">")
            body = body.replace(b"</" + tag + b">", b"</x:" + tag + b">")
        return body.replace(b'xmlns="', b'xmlns="urn:y" xmlns:x="')

    plain = rows_of(workbook(GOOD))
    assert [row.cells for row in rows_of(repacked(workbook(GOOD), change={SHEET: prefix}))] == [r.cells for r in plain]
