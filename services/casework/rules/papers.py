"""A PDF looked through before it is kept: nothing that runs, nothing inside it, no more pages than were asked for."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from services.casework import errors

MOST_OBJECTS = 50_000
# Bytes after the last end mark: a line end or a signature's padding, but no second file.
_MOST_AFTER_END = 1024
# Keys and values of ISO 32000-1 (12.6.4, 7.11.4, 13) behind which something runs, opens or is packed.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"})
_ACTIVE_VALUES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/EmbeddedFile",
        "/FileAttachment",
        "/RichMedia",
        "/RichMediaExecute",
        "/3D",
    }
)
# Where these stand in plain bytes, a reader that mends broken files may find what the table of contents hides.
_HIDDEN = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|RichMedia|Launch)\b")


def pages_of(stream: BinaryIO, *, most_pages: int) -> int:
    """How many pages a harmless PDF has. Raises ``PaperLocked``, ``PaperTooLong``, ``PaperActive``, ``PaperBroken``.

    A password that only forbids printing is none: such a file opens for everybody.
    """
    _insist_one_file(stream)
    try:
        return _looked_through(stream, most_pages)
    except errors.DocumentRefused:
        raise
    except Exception as error:  # readers raise whatever they meet in a broken file
        raise errors.PaperBroken() from error


def _insist_one_file(stream: BinaryIO) -> None:
    stream.seek(0)
    data = stream.read()
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise errors.PaperBroken()
    after = data[end + 5 :].strip(b"\r\n\t \x00")
    if len(after) > _MOST_AFTER_END or b"PK\x05\x06" in data[-66_000:]:
        raise errors.NotAccepted()
    if _HIDDEN.search(data):
        raise errors.PaperActive()
    stream.seek(0)


def _looked_through(stream: BinaryIO, most_pages: int) -> int:
    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        raise errors.PaperLocked()
    _insist_short(reader.get_num_pages(), most_pages)
    found = 0
    for thing in _things(reader):
        if isinstance(thing, NameObject) and thing in _ACTIVE_VALUES:
            raise errors.PaperActive()
        if isinstance(thing, DictionaryObject):
            if _ACTIVE_KEYS & thing.keys():
                raise errors.PaperActive()
            # The number that the file states of itself is not believed.
            found += thing.raw_get("/Type") == "/Page" if "/Type" in thing else 0
        _insist_short(found, most_pages)
    if not found:
        raise errors.PaperBroken()
    return found


def _insist_short(found: int, most_pages: int) -> None:
    if found > most_pages:
        raise errors.PaperTooLong(found=found, limit=most_pages)


def _things(reader: PdfReader) -> Iterator:
    """Everything in the file, what lies within others too, each once. Raises ``PaperBroken`` when it is too much."""
    known = {(number, generation) for generation, table in reader.xref.items() for number in table}
    known |= {(number, 0) for number in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise errors.PaperBroken()
    waiting = [reader.trailer, *(reader.get_object(IndirectObject(*key, reader)) for key in sorted(known))]
    seen = 0
    while waiting:
        thing = waiting.pop()
        seen += 1
        if seen > 20 * MOST_OBJECTS:
            raise errors.PaperBroken()
        yield thing
        if isinstance(thing, DictionaryObject):
            waiting.extend(dict.values(thing))
        elif isinstance(thing, ArrayObject):
            waiting.extend(list.__iter__(thing))
