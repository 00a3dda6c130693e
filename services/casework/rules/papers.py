"""A PDF looked through before it is kept: nothing that runs, nothing inside it but what e-invoices carry, no more pages
than were asked for."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from services.casework import errors
from services.casework.rules import attachments
from services.casework.rules.files import PDF

MOST_OBJECTS = 50_000
_MOST_PAGES_INSIDE = 100
# Bytes after the last end mark: a line end or a signature's padding, but no second file.
_MOST_AFTER_END = 1024
# Keys and values of ISO 32000-1 (12.6.4, 7.11.4, 13) behind which something runs, opens or is packed.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/RichMediaContent", "/XFA"})
_ACTIVE_VALUES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/RichMedia",
        "/RichMediaExecute",
        "/3D",
    }
)
# Where these stand in plain bytes, a reader that mends broken files may find what the table of contents hides.
_HIDDEN = re.compile(rb"/(?:JavaScript|RichMedia|Launch)\b")
_ATTACHED = re.compile(rb"/EmbeddedFile\b")
_NAMES_OF_A_FILE = ("/UF", "/F", "/Unix", "/DOS", "/Mac")


def pages_of(stream: BinaryIO, *, most_pages: int) -> int:
    """How many pages a harmless PDF has. Raises ``PaperLocked``, ``PaperTooLong``, ``PaperActive``, ``PaperBroken``.

    A password that only forbids printing is none: such a file opens for everybody.
    """
    attached = _insist_one_file(stream)
    try:
        return _looked_through(stream, most_pages, attached=attached)
    except errors.DocumentRefused:
        raise
    except Exception as error:  # readers raise whatever they meet in a broken file
        raise errors.PaperBroken() from error


def _insist_one_file(stream: BinaryIO) -> int:
    """How many attachments its plain bytes name: as many must be found by the table of contents."""
    stream.seek(0)
    data = stream.read()
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise errors.PaperBroken()
    after = data[end + 5 :].strip(b"\r\n\t \x00")
    if len(after) > _MOST_AFTER_END:
        raise errors.NotAccepted()
    # An archive begins at its end: this file would be one as well. A paper's own OFD may lie there unpacked.
    if b"PK\x05\x06" in data[-66_000:] and not attachments.is_ofd(io.BytesIO(data)):
        raise errors.NotAccepted()
    if _HIDDEN.search(data):
        raise errors.PaperActive()
    stream.seek(0)
    return len(_ATTACHED.findall(data))


def _looked_through(stream: BinaryIO, most_pages: int, *, attached: int, may_attach: bool = True) -> int:
    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        raise errors.PaperLocked()
    _insist_short(reader.get_num_pages(), most_pages)
    found, files = 0, {}
    for thing in _things(reader):
        if isinstance(thing, NameObject) and thing in _ACTIVE_VALUES:
            raise errors.PaperActive()
        if isinstance(thing, DictionaryObject):
            if _ACTIVE_KEYS & thing.keys():
                raise errors.PaperActive()
            # The number that the file states of itself is not believed.
            found += thing.raw_get("/Type") == "/Page" if "/Type" in thing else 0
            _note_attachments(thing, files)
        _insist_short(found, most_pages)
    if not found:
        raise errors.PaperBroken()
    _insist_harmless(files, attached, may_attach)
    return found


def _note_attachments(thing: DictionaryObject, files: dict[int, tuple[StreamObject, set[str]]]) -> None:
    """A file packed into the PDF, by what points at it (with its names) or by what it calls itself."""
    if isinstance(thing, StreamObject) and thing.get("/Type") == "/EmbeddedFile":
        files.setdefault(id(thing), (thing, set()))
    packed = thing.get("/EF")
    if packed is None:
        return
    names = {str(thing[key]) for key in _NAMES_OF_A_FILE if key in thing} or {""}
    for stream in DictionaryObject.values(packed.get_object()):
        file = stream.get_object()
        files.setdefault(id(file), (file, set()))[1].update(names)


def _insist_harmless(files: dict, attached: int, may_attach: bool) -> None:
    """Raises ``PaperActive`` for an attachment that may run, hides behind its name or from the table of contents."""
    typed = sum(file.get("/Type") == "/EmbeddedFile" for file, _names in files.values())
    if (files and not may_attach) or len(files) > attachments.MOST or attached > typed:
        raise errors.PaperActive()
    for file, names in files.values():
        filters = file.get("/Filter", [])
        filters = [filters] if isinstance(filters, NameObject) else list(filters)
        data = None if file.get("/DecodeParms") else attachments.unpacked(file._data, filters)
        kind = "" if data is None else attachments.kind_of_attachment(names, data)
        if not kind:
            raise errors.PaperActive()
        if kind == PDF:
            inner = io.BytesIO(data)
            _looked_through(inner, _MOST_PAGES_INSIDE, attached=_insist_one_file(inner), may_attach=False)


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
