"""Files inside a PDF. E-invoices and receipts carry their own figures there as XML, or themselves in another format;
what could run when somebody opens it has no place in a paper. The name counts as much as the bytes: whoever opens it
goes by the name."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from services.casework.rules.files import JPEG, PDF, PNG, kind_of

MOST, MOST_BYTES = 5, 5 * 1024 * 1024
XML, OFD = "xml", "ofd"
_ENDINGS = {
    **dict.fromkeys((".xml", ".xbrl", ".xsd"), XML),
    ".ofd": OFD,
    ".pdf": PDF,
    **dict.fromkeys((".jpg", ".jpeg"), JPEG),
    ".png": PNG,
}
# In XML: a page for a browser, a program in it or for it, and declarations that fetch or swell.
_XML_BEGINS = re.compile(rb"\s*<(?:\?xml\s|[A-Za-z_])")
_XML_RUNS = re.compile(
    rb"<\s*(?:\w+:)?(?:html|svg|script|iframe)\b|1999/xhtml|2000/svg|xml-stylesheet|<!ENTITY|<!DOCTYPE", re.IGNORECASE
)
# What lies in an OFD (GB/T 33190): pages and signatures as XML, pictures, typefaces, seals.
_IN_AN_OFD = (
    *(".xml", ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".jb2", ".gbig2", ".ttf", ".ttc", ".otf"),
    *(".esl", ".dat", ".cer"),
)
_MOST_IN_AN_OFD = 500


def kind_of_attachment(names: Iterable[str], data: bytes) -> str:
    """What it is, where all its names and its bytes agree on a harmless kind; empty else. Without a name the bytes
    decide. A PDF has yet to be looked through."""
    found = _kind(data)
    named = {_ending(name) for name in names}
    return found if named <= {found} else ""


def _ending(name: str) -> str:
    """By the last ending: ``figures.xml.exe`` is a program."""
    tidy = name.strip().lower()
    return _ENDINGS.get(tidy[tidy.rfind(".") :] if "." in tidy else "", "")


def _kind(data: bytes) -> str:
    head = kind_of(data[:64])
    if head in (JPEG, PNG, PDF):
        return head
    if data.startswith(b"PK\x03\x04"):
        return OFD if is_ofd(io.BytesIO(data)) else ""
    text = data.removeprefix(b"\xef\xbb\xbf")
    return XML if _XML_BEGINS.match(text) and not _XML_RUNS.search(text) else ""


def is_ofd(stream: BinaryIO) -> bool:
    """A paper in the national format, which lies in an archive; nothing but what belongs in one."""
    try:
        with zipfile.ZipFile(stream) as packed:
            inside = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    files = [one.filename for one in inside if not one.is_dir()]
    fits = all(name.lower().endswith(_IN_AN_OFD) and ".." not in name for name in files)
    return fits and "OFD.xml" in files and len(inside) <= _MOST_IN_AN_OFD


def unpacked(data: bytes, filters: list[str]) -> bytes | None:
    """The bytes of an attachment as PDFs pack them (plain, or deflated); None when they are packed otherwise, broken
    or too many."""
    if not filters:
        return data if len(data) <= MOST_BYTES else None
    if filters != ["/FlateDecode"]:
        return None
    opener = zlib.decompressobj()
    try:
        plain = opener.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        return None
    return plain if len(plain) <= MOST_BYTES and opener.eof else None
