"""Reading a part of a workbook as XML: streamed, without entities, whatever prefix the writer chose."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from services.exchange import errors

_CHUNK = 64 * 1024
_LONGEST_TEXT_IN_CHUNKS = 4
# How the format writes a control character, and the underscore of a text that looks like one: _x000D_, _x005F_.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")


def unescaped(text: str) -> str:
    """The text that a writer meant. What would be half a character, or a visible one, stays as it is written."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text


class Parser:
    """Feeds a stream to expat; subclasses implement ``start(name, attributes)`` and ``end(name)``, local names.

    ``texts`` collects character data between ``listen()`` and ``heard()``. A document type is refused, so no
    entity can be declared, and one text longer than a quarter of a megabyte is refused too.
    """

    def __init__(self):
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._first
        self.texts: list[str] = []

    def _refuse(self, *declaration):
        raise errors.Broken()

    def _first(self, name, attributes):
        """The root tells the prefix; from here on names are compared without it."""
        prefix, colon, _ = name.rpartition(":")
        if colon:
            cut = len(prefix) + 1
            self.parser.StartElementHandler = lambda n, a: self.start(n[cut:], a)
            self.parser.EndElementHandler = lambda n: self.end(n[cut:])
        else:
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = self.end
        self.parser.StartElementHandler(name, attributes)

    def start(self, name: str, attributes: dict) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def listen(self) -> None:
        self.parser.CharacterDataHandler = self.texts.append

    def heard(self) -> str:
        self.parser.CharacterDataHandler = None
        text = "".join(self.texts)
        self.texts.clear()
        return text

    def feed(self, stream: BinaryIO) -> Iterator[int]:
        """Parse chunk by chunk; yields the number of bytes read so far. Raises ``Broken``."""
        read = 0
        try:
            while chunk := stream.read(_CHUNK):
                self.parser.Parse(chunk, False)
                if len(self.texts) > _LONGEST_TEXT_IN_CHUNKS:
                    self._check_length()
                read += len(chunk)
                yield read
            self.parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, LookupError) as error:
            raise errors.Broken() from error

    def _check_length(self) -> None:
        if sum(map(len, self.texts)) > _LONGEST_TEXT_IN_CHUNKS * _CHUNK:
            raise errors.Broken()

    def parse(self, stream: BinaryIO) -> None:
        for _ in self.feed(stream):
            pass
