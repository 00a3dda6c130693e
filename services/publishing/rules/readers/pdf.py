"""A PDF: text of its pages, remarks, form fields, bookmarks, what it says of itself, files inside it."""

import time
from collections.abc import Callable
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from services.publishing.rules.readers.archive import Unreadable
from services.publishing.rules.scanning import Place, Scan

MAX_PAGES = 500
# Seconds: what takes longer is looked at by a person.
MAX_SECONDS = 60
_FAULTS = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OSError,
    RecursionError,
    MemoryError,
)
_LEAST_TEXT = 8

Nested = Callable[[str, bytes], None]


def scan_pdf(stream: BinaryIO, scan: Scan, *, nested: Nested) -> None:
    try:
        reader = PdfReader(stream, strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except NotImplementedError as error:
        raise Unreadable("encrypted") from error
    except _FAULTS as error:
        raise Unreadable("broken") from error
    if locked:
        raise Unreadable("encrypted")
    _itself(reader, scan)
    _files(reader, scan, nested)
    _pages(reader, pages, scan)


def _itself(reader: PdfReader, scan: Scan) -> None:
    place = Place("pdf_properties")
    try:
        for value in (reader.metadata or {}).values():
            scan.text(place, str(value))
        if raw := reader.root_object.get("/Metadata"):
            scan.text(place, raw.get_object().get_data().decode("utf-8", "replace"))
        for name, value in (reader.get_form_text_fields() or {}).items():
            scan.text(Place("pdf_form", {"name": str(name)}), str(value or ""))
        _bookmarks(reader.outline, scan)
    except _FAULTS:
        scan.cannot("unknown", place)


def _bookmarks(items, scan: Scan) -> None:
    for item in items:
        if isinstance(item, list):
            _bookmarks(item, scan)
        else:
            scan.text(Place("pdf_bookmark"), str(item.title))


def _files(reader: PdfReader, scan: Scan, nested: Nested) -> None:
    try:
        attached = [(name, data) for name, contents in reader.attachments.items() for data in contents]
    except _FAULTS:
        scan.cannot("embedded", Place("file"))
        return
    for name, data in attached:
        nested(str(name), bytes(data))


def _pages(reader: PdfReader, pages: int, scan: Scan) -> None:
    ends = time.monotonic() + MAX_SECONDS
    for number in range(min(pages, MAX_PAGES)):
        place = Place("pdf_page", {"number": number + 1})
        if time.monotonic() > ends:
            scan.cannot("too_much", place)
            return
        try:
            _page(reader.pages[number], place, scan)
        except _FAULTS:
            scan.cannot("scanned_page", place)
    if pages > MAX_PAGES:
        scan.cannot("too_much", Place("pdf_page", {"number": MAX_PAGES + 1}))


def _page(page, place: Place, scan: Scan) -> None:
    text = page.extract_text() or ""
    scan.text(place, text)
    for line in text.splitlines():
        scan.text(place, line)
    if len("".join(text.split())) < _LEAST_TEXT and _pictures(page):
        scan.cannot("scanned_page", place)
    for remark in page.get("/Annots") or ():
        remark = remark.get_object()
        for key in ("/Contents", "/V", "/T", "/TU"):
            if remark.get(key) is not None:
                scan.text(Place("pdf_remark", place.figures), str(remark[key]))
        action = remark.get("/A")
        if action is not None and action.get_object().get("/URI"):
            scan.text(Place("pdf_remark", place.figures), str(action.get_object()["/URI"]))


def _pictures(page) -> bool:
    resources = (page.get("/Resources") or {}).get_object() if page.get("/Resources") else {}
    objects = resources.get("/XObject")
    return bool(objects and len(objects.get_object())) or b" Do" in (page.get_contents() or _Nothing).get_data()


class _Nothing:
    @staticmethod
    def get_data() -> bytes:
        return b""
