"""From the bytes of a file to its reader, by what it is and not by its name."""

from io import BytesIO
from typing import BinaryIO

from services.publishing.rules.readers.archive import Allowance, Archive, Unreadable
from services.publishing.rules.readers.parts import scan_parts
from services.publishing.rules.readers.pdf import scan_pdf
from services.publishing.rules.readers.pictures import scan_picture
from services.publishing.rules.readers.plain import decoded, scan_csv, scan_text
from services.publishing.rules.readers.slides import scan_slides
from services.publishing.rules.readers.word import scan_word
from services.publishing.rules.readers.xlsx import scan_workbook
from services.publishing.rules.scanning import LOCATION, Place, Scan

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM")
_FILMS = (b"\x1a\x45\xdf\xa3", b"OggS", b"ID3", b"\xff\xfb", b"fLaC")
# How phones write into a film where it was taken; and how much of its two ends is looked through for that.
_TAKEN_AT, _ENDS = b"\xa9xyz", 2 * 1024 * 1024
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")


def scan_file(name: str, stream: BinaryIO, scan: Scan) -> None:
    """Look at the name and at everything inside; what can't be read is noted in ``scan.unread``."""
    scan.text(Place("file_name"), name)
    _scan(name, stream, scan, Allowance(), depth=0)


def _scan(name: str, stream: BinaryIO, scan: Scan, allowance: Allowance, *, depth: int) -> None:
    try:
        _by_kind(name, stream, scan, allowance, depth)
    except Unreadable as unreadable:
        scan.cannot(unreadable.code, Place("file"))
    except RecursionError:
        scan.cannot("deep", Place("file"))


def _by_kind(name: str, stream: BinaryIO, scan: Scan, allowance: Allowance, depth: int) -> None:
    stream.seek(0)
    head = stream.read(1024)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        _package(stream, scan, allowance, depth)
    elif b"%PDF-" in head:
        scan_pdf(stream, scan, nested=lambda inner, data: _inside(inner, data, scan, allowance, depth))
    elif head.startswith(_OLE):
        stream.seek(0)
        encrypted = "EncryptedPackage".encode("utf-16-le") in stream.read()
        scan.cannot("encrypted" if encrypted else "embedded" if depth else "unknown", Place("file"))
    elif head.startswith(_PACKED):
        scan.cannot("embedded" if depth else "unknown", Place("file"))
    elif head[4:8] == b"ftyp" or head.startswith(_FILMS):
        _film(name, stream, scan)
    elif head.startswith(_PICTURES):
        scan_picture(stream.read(), scan, Place("photo", {"name": name}))
    else:
        _text(name, stream, scan, allowance)


def _film(name: str, stream: BinaryIO, scan: Scan) -> None:
    """Nothing to read in film and sound but where it was taken; what is said and shown, no machine hears here."""
    size = stream.seek(0, 2)
    for start in (0, max(0, size - _ENDS)):
        stream.seek(start)
        if _TAKEN_AT in stream.read(_ENDS):
            scan.note(Place("photo", {"name": name}), LOCATION, "")
            return


def _text(name: str, stream: BinaryIO, scan: Scan, allowance: Allowance) -> None:
    data = stream.read()
    allowance.take(len(data))
    text = decoded(data)
    if text is None:
        scan.cannot("unknown", Place("file"))
    elif name.lower().endswith((".csv", ".tsv")):
        scan_csv(text, scan)
    else:
        scan_text(text, scan)


def _package(stream: BinaryIO, scan: Scan, allowance: Allowance, depth: int) -> None:
    archive = Archive(stream, allowance)
    names = {name.lower() for name in archive.names}

    def nested(inner: str, data: bytes) -> None:
        _inside(inner, data, scan, allowance, depth)

    if "xl/workbook.xml" in names:
        known = scan_workbook(archive, scan)
    elif "word/document.xml" in names:
        known = scan_word(archive, scan)
    elif "ppt/presentation.xml" in names:
        known = scan_slides(archive, scan)
    elif "content.xml" in names or "[content_types].xml" in names:
        known = set()
    else:
        for name in archive.names:
            _inside(name, archive.read(name), scan, allowance, depth)
        return
    scan_parts(archive, scan, known=known, depth=depth, nested=nested)


def _inside(name: str, data: bytes, scan: Scan, allowance: Allowance, depth: int) -> None:
    """A file inside the one at hand: its places say so."""
    if depth >= 2:
        scan.cannot("deep", Place("attachment", {"name": name}))
        return
    outer, scan.inside = scan.inside, (*scan.inside, name)
    try:
        scan.text(Place("file_name"), name)
        _scan(name, BytesIO(data), scan, allowance, depth=depth + 1)
    finally:
        scan.inside = outer
