"""A zip that is read without being believed: sizes are measured while unpacking, and the whole has one allowance.

Sources: OWASP file upload, CVE-2024-0450 (overlapping entries), CVE-2024-22368 (memory bombs in readers of xlsx).
"""

import zipfile
import zlib
from typing import BinaryIO
from xml.parsers import expat

MAX_ENTRIES = 5_000
MAX_TOTAL = 400 * 1024 * 1024
MAX_RATIO = 250
RATIO_COUNTS_FROM = 20 * 1024 * 1024
_CHUNK = 256 * 1024


class Unreadable(Exception):
    """``code`` as in ``rules.scanning``: bomb, encrypted, broken, deep, too_much."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Allowance:
    """How much may be unpacked in all, nested files included."""

    def __init__(self, total: int = MAX_TOTAL):
        self.left = total

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unreadable("bomb")


class Archive:
    """The parts of one package. Raises ``Unreadable``."""

    def __init__(self, stream: BinaryIO, allowance: Allowance):
        self.allowance = allowance
        try:
            self.zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable("broken") from error
        infos = self.zip.infolist()
        if len(infos) > MAX_ENTRIES or len({info.filename for info in infos}) != len(infos):
            raise Unreadable("bomb")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("encrypted")
        _refuse_overlap(infos)
        self.packed = max(1, sum(info.compress_size for info in infos))
        self.names = {info.filename: info for info in infos if not info.is_dir()}
        self.unpacked = 0

    def open(self, name: str) -> "Part":
        return Part(self, name)

    def read(self, name: str) -> bytes:
        return b"".join(self.open(name).chunks())


class Part:
    """One part as a stream that counts what it gives."""

    def __init__(self, archive: Archive, name: str):
        self.archive, self.name = archive, name
        try:
            self.stream = archive.zip.open(archive.names[name])
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise Unreadable("broken") from error

    def read(self, size: int = _CHUNK) -> bytes:
        archive = self.archive
        try:
            chunk = self.stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise Unreadable("broken") from error
        archive.allowance.take(len(chunk))
        archive.unpacked += len(chunk)
        if archive.unpacked > RATIO_COUNTS_FROM and archive.unpacked / archive.packed > MAX_RATIO:
            raise Unreadable("bomb")
        return chunk

    def chunks(self):
        while chunk := self.read(_CHUNK):
            yield chunk


def _refuse_overlap(infos: list[zipfile.ZipInfo]) -> None:
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise Unreadable("bomb")
        end = info.header_offset + 30 + len(info.orig_filename.encode("utf-8")) + info.compress_size


class Xml:
    """Feeds a part to expat. Subclasses give ``start(name, attributes)``, ``end(name)`` and ``data(text)``.

    Names come without their prefix. A document type is refused, so that no entity can be declared.
    """

    _names: dict[str, str] = {}

    def __init__(self):
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self.data

    def _refuse(self, *declaration):
        raise Unreadable("broken")

    def _start(self, name, attributes):
        self.start(name.rpartition(":")[2], attributes)

    def _end(self, name):
        self.end(name.rpartition(":")[2])

    def start(self, name: str, attributes: dict) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def data(self, text: str) -> None:
        """Character data."""

    def read(self, part: Part) -> None:
        try:
            for chunk in part.chunks():
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, LookupError) as error:
            raise Unreadable("broken") from error


def attribute(attributes: dict, name: str) -> str:
    """An attribute whatever prefix it came with."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
