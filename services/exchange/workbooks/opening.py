"""Is this really a workbook, and is it safe to read? Sizes are measured by unpacking, never believed.

Nothing is unpacked to disk and no reference is followed. Sources: OWASP file upload, CVE-2024-0450 (overlapping
entries), CVE-2024-22368 and -23525 (entity and memory bombs in xlsx readers).
"""

import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from services.exchange import errors

MAX_ENTRIES = 2_000
MAX_ENTRY = 320 * 1024 * 1024
MAX_TOTAL = 400 * 1024 * 1024
# Real workbooks pack 5 to 100 times (LibreOffice's million empty rows the most); deflate can reach 1032.
MAX_RATIO = 250
RATIO_COUNTS_FROM = 20 * 1024 * 1024
_CHUNK = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", _OLE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A checked archive: ``sizes`` are the measured bytes of every entry."""

    archive: zipfile.ZipFile
    sizes: dict[str, int]


def open_safely(stream: BinaryIO, *, max_bytes: int) -> Opened:
    """Check the whole file and give its archive. Raises a ``WorkbookRefused`` that says what is wrong."""
    _check_size_and_magic(stream, max_bytes)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise errors.Broken() from error
    infos = archive.infolist()
    _check_entries(infos)
    _check_names({info.filename for info in infos})
    sizes = _measure(archive, infos)
    _check_content_types(archive)
    return Opened(archive, sizes)


def _check_size_and_magic(stream: BinaryIO, max_bytes: int) -> None:
    stream.seek(0, 2)
    if stream.tell() > max_bytes:
        raise errors.TooLarge(limit=max_bytes // (1024 * 1024))
    stream.seek(0)
    head = stream.read(8)
    if head.startswith(_OLE):
        stream.seek(0)
        body = stream.read(max_bytes)
        if "EncryptedPackage".encode("utf-16-le") in body:
            raise errors.Encrypted()
        raise errors.OldFormat(format="xls")
    if not head.startswith(b"PK\x03\x04"):
        raise errors.NotAWorkbook()


def _check_entries(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES or len({info.filename for info in infos}) != len(infos):
        raise errors.Bomb()
    if any(info.flag_bits & 1 for info in infos):
        raise errors.Encrypted()
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise errors.Bomb()
        end = info.header_offset + 30 + len(info.orig_filename.encode("utf-8")) + info.compress_size


def _check_names(names: set[str]) -> None:
    lowered = {name.lower() for name in names}
    if "xl/workbook.bin" in lowered:
        raise errors.OldFormat(format="xlsb")
    if "content.xml" in lowered and "mimetype" in lowered:
        raise errors.OldFormat(format="ods")
    if "xl/workbook.xml" not in lowered and not any(n.startswith("xl/") for n in lowered):
        raise errors.NotAWorkbook()
    if any(name.endswith("vbaproject.bin") for name in lowered):
        raise errors.MacroEnabled()
    if any(name.startswith(("xl/externallinks/", "xl/connections.xml", "xl/querytables/")) for name in lowered):
        raise errors.ExternalLinks()


def _measure(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> dict[str, int]:
    sizes, total, packed = {}, 0, max(1, sum(info.compress_size for info in infos))
    for info in infos:
        size = 0
        try:
            with archive.open(info) as entry:
                while chunk := entry.read(_CHUNK):
                    if not size:
                        _check_nested(chunk)
                    size += len(chunk)
                    total += len(chunk)
                    swollen = total > RATIO_COUNTS_FROM and total / packed > MAX_RATIO
                    if size > MAX_ENTRY or total > MAX_TOTAL or swollen:
                        raise errors.Bomb()
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise errors.Broken() from error
        sizes[info.filename] = size
    return sizes


def _check_nested(first: bytes) -> None:
    if first.startswith(_ARCHIVES):
        raise errors.EmbeddedFile()


def _check_content_types(archive: zipfile.ZipFile) -> None:
    try:
        types = archive.read("[Content_Types].xml").decode("utf-8", "replace").lower()
    except KeyError:
        raise errors.NotAWorkbook() from None
    if "macroenabled" in types or "vbaproject" in types:
        raise errors.MacroEnabled()
