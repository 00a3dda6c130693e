"""Hostile documents: what is hidden in them is found, and its place is said exactly."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation

from services.publishing.rules.readers import scan_file
from services.publishing.rules.scanning import Found, Scan
from services.publishing.wording import lines_of, place_words
from tests.publishing import samples
from tests.publishing.samples import CARD, IDENTITY, MOBILE

TODAY = date(2026, 11, 30)


def scanned(name: str, data: bytes) -> Scan:
    scan = Scan(today=TODAY)
    scan_file(name, BytesIO(data), scan)
    return scan


HIDDEN = [
    (samples.hidden_sheet, "identity", {"sheet": "名单", "hidden": True, "cell": "C12"}),
    (samples.hidden_row, "mobile", {"cell": "B7", "unseen": "row"}),
    (samples.hidden_column, "mobile", {"cell": "D3", "unseen": "column"}),
    (samples.commented, "mobile", {"sheet": "公告", "cell": "A1"}),
    (samples.named, "identity", {"name": "旧名单"}),
    (samples.with_properties, "identity", {}),
    (samples.with_header, "mobile", {"sheet": "公告"}),
    (samples.with_pivot, "identity", {}),
    (samples.left_over, "identity", {}),
    (samples.rounded, "identity", {"cell": "B3"}),
    (samples.split_over_cells, "identity", {"cell": "A3"}),
    (samples.named_amounts, "named_amounts", {"sheet": "发放", "cell": "B2"}),
    (samples.formula, "mobile", {"cell": "C2"}),
    (samples.embedded_workbook, "identity", {"sheet": "名单", "cell": "C12"}),
    (samples.word_runs, "identity", {"number": 1}),
    (samples.word_deleted, "identity", {"number": 1, "how": "deleted"}),
    (samples.word_hidden, "mobile", {"how": "hidden"}),
    (samples.word_box, "mobile", {"how": "box"}),
    (samples.word_comment, "mobile", {}),
    (samples.word_footer, "mobile", {}),
    (samples.word_table, "named_illness", {"table": 1, "row": 2, "column": 1}),
    (samples.slides, "identity", {"number": 3, "hidden": True}),
    (lambda: samples.pdf(f"id {IDENTITY}"), "identity", {"number": 1}),
    (lambda: samples.pdf("see", note=MOBILE), "mobile", {"number": 1}),
    (lambda: samples.pdf("see", title=IDENTITY), "identity", {}),
    (lambda: samples.pdf("see", attached=samples.hidden_sheet()), "identity", {"cell": "C12"}),
    (lambda: f"姓名,卡号\n示例,{CARD}\n".encode("gb18030"), "bank_card", {"row": 2, "column": 2}),
    (lambda: f"第一行\n电话 {MOBILE}\n".encode("utf-16"), "mobile", {"number": 2}),
]


@pytest.mark.parametrize(("make", "kind", "figures"), HIDDEN)
def test_what_is_hidden_is_found_with_its_place(make, kind, figures):
    data = make()
    name = "名单.csv" if data[:2] == "姓".encode("gb18030") else "名单"
    scan = scanned(name, data)
    found = [f for f in scan.found if f.kind == kind and figures.items() <= f.place.figures.items()]
    assert found, [(f.kind, f.place) for f in scan.found]
    assert not any(number in repr(scan.found) for number in (IDENTITY, MOBILE, CARD))


def test_harmless_documents_are_clean():
    for data in (samples.saved(samples.workbook()), samples.word("<w:p/>"), samples.pdf("open on Monday, 8:30")):
        scan = scanned("安排", data)
        assert scan.clean, (scan.found, scan.unread)


@pytest.mark.parametrize(
    ("make", "code", "refused"),
    [
        (samples.bomb, "bomb", True),
        (samples.encrypted_office, "encrypted", True),
        (lambda: samples.pdf("x", password="示例密码"), "encrypted", True),
        (lambda: samples.saved(samples.workbook())[:-400], "broken", True),
        (lambda: b"%PDF-1.7 nothing", "broken", True),
        (samples.scanned_pdf, "scanned_page", False),
        (lambda: b"Rar!\x1a\x07\x00" + bytes(50), "unknown", False),
        (
            lambda: samples.zipped({"word/embeddings/o.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)}),
            "embedded",
            False,
        ),
    ],
)
def test_what_cant_be_read_is_said(make, code, refused):
    scan = scanned("文件", make())
    assert code in [unread.code for unread in scan.unread]
    assert scan.refused is refused


def test_a_name_of_a_file_counts_and_is_not_repeated():
    scan = scanned(f"{IDENTITY}.txt", b"nothing")
    assert [(f.kind, f.place.code) for f in scan.found] == [("identity", "file_name")]


def test_a_photo_inside_tells_where_it_was_taken():
    scan = scanned("图文.docx", samples.zipped({"word/media/image1.jpg": samples.photo()}, base=samples.word("<w:p/>")))
    assert [(f.kind, f.place.code) for f in scan.found] == [("location", "photo")]


def test_a_film_is_let_through_unless_it_tells_where_it_was_taken():
    film = b"\x00\x00\x00\x18ftypmp42" + bytes(5000)
    assert scanned("活动.mp4", film).clean
    assert [f.kind for f in scanned("活动.mp4", film + b"\xa9xyz+30.01+120.01/").found] == ["location"]


def test_places_read_in_the_reader_s_language():
    found = scanned("a.xlsx", samples.hidden_sheet()).found[0]
    with translation.override("zh-hans"):
        assert place_words(found.place) == "工作表“名单”（隐藏） C12"
    with translation.override("en"):
        assert place_words(found.place) == "sheet “名单” (hidden) C12"
        inside = scanned("a.docx", samples.embedded_workbook()).found[0]
        assert place_words(inside.place).startswith("file “Microsoft_Excel_Sheet.xlsx” › sheet")


def test_every_place_and_every_fault_has_words():
    for make, _kind, _figures in HIDDEN:
        scan = scanned("x", make())
        for language in ("zh-hans", "en"):
            with translation.override(language):
                assert all(where.strip() and what.strip() for where, what in lines_of(scan.found, scan.unread))


def test_a_scan_survives_its_way_through_the_database():
    for found in scanned("a.docx", samples.embedded_workbook()).found:
        assert Found.from_json(found.as_json()) == found


def test_no_more_than_so_many_places_are_kept_and_the_rest_is_counted():
    scan = scanned("a.csv", "\n".join(f"1990000{n:04d}" for n in range(1000)).encode())
    assert (len(scan.found), scan.left_out) == (200, 800)
