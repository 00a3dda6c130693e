"""One scan: what was found where, and what couldn't be read. Readers feed it, it keeps no value in clear."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.foundation.masking import mask_identity, redact
from services.publishing.rules.lists import NameList, lists_in_text
from services.publishing.rules.numbers import IDENTITY, Hit, find_numbers, is_identity

# Counted up whenever a rule finds more than before: what is public is then scanned anew.
RULES_VERSION = 1
MOST_FOUND = 200
# Photographed where: the place at which a picture was taken.
LOCATION = "location"
# Of these nobody can answer for what is inside: they are refused, whoever signs.
REFUSED = frozenset({"bomb", "encrypted", "broken", "deep", "waiting"})
# These ask a second person to look, as if something had been found.
UNREAD = frozenset({"scanned_page", "embedded", "too_much", "unknown"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a code that words hang on, and what they quote. ``inside`` names the files around it."""

    code: str
    figures: dict = field(default_factory=dict)
    inside: tuple[str, ...] = ()

    def as_json(self) -> dict:
        return {"code": self.code, "figures": self.figures, "inside": list(self.inside)}

    @classmethod
    def from_json(cls, data: Mapping) -> "Place":
        return cls(data["code"], dict(data["figures"]), tuple(data["inside"]))


@dataclass(frozen=True, slots=True)
class Found:
    """``kind`` of what was found, masked, and its place. A list also says how many ``people`` it holds."""

    kind: str
    masked: str
    place: Place
    people: int = 0

    def as_json(self) -> dict:
        return {"kind": self.kind, "masked": self.masked, "place": self.place.as_json(), "people": self.people}

    @classmethod
    def from_json(cls, data: Mapping) -> "Found":
        return cls(data["kind"], data["masked"], Place.from_json(data["place"]), data["people"])


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that couldn't be read; ``code`` is one of ``REFUSED`` or ``UNREAD``."""

    code: str
    place: Place

    def as_json(self) -> dict:
        return {"code": self.code, "place": self.place.as_json()}

    @classmethod
    def from_json(cls, data: Mapping) -> "Unread":
        return cls(data["code"], Place.from_json(data["place"]))


Where = Place | Callable[[], Place]


class Scan:
    """Collects what readers come upon; at most ``MOST_FOUND`` places are kept, the rest is counted."""

    def __init__(self, *, today: date):
        self.today = today
        self.found: list[Found] = []
        self.unread: list[Unread] = []
        self.left_out = 0
        self.inside: tuple[str, ...] = ()
        self._seen: set = set()

    @property
    def clean(self) -> bool:
        return not (self.found or self.unread)

    @property
    def refused(self) -> bool:
        return any(part.code in REFUSED for part in self.unread)

    def text(self, where: Where, text: str, *, context: str = "") -> None:
        """A piece of text that stands for itself."""
        for hit in find_numbers(text, today=self.today, context=context):
            self.hit(where, hit)
        for found in lists_in_text(text) if len(text) > 20 else ():
            self.note(where, found.kind, found.masked, people=found.people)

    def hit(self, where: Where, hit: Hit) -> None:
        self.note(where, hit.kind, hit.masked)

    def note(self, where: Where, kind: str, masked: str, *, people: int = 0) -> None:
        place = self._place(where)
        key = (kind, masked, place.code, repr(place.figures), place.inside)
        if key in self._seen:
            return
        if len(self.found) >= MOST_FOUND:
            self.left_out += 1
            return
        self._seen.add(key)
        self.found.append(Found(kind, masked, place, people))

    def cannot(self, code: str, where: Where) -> None:
        """Say once for each place that it couldn't be read."""
        unread = Unread(code, self._place(where))
        if unread not in self.unread and len(self.unread) < MOST_FOUND:
            self.unread.append(unread)

    def _place(self, where: Where) -> Place:
        place = where if isinstance(where, Place) else where()
        return Place(place.code, {k: shown(v) for k, v in place.figures.items()}, (*self.inside, *place.inside))


def shown(value):
    """What a place quotes, such as the name of a sheet, may itself hold a number."""
    return redact(value)[:80] if isinstance(value, str) else value


class Rows:
    """The rows of one table: each cell for numbers, the whole for lists of names.

    ``place(row, column)`` gives the place of a cell; numbers broken over neighbouring cells are found too.
    """

    def __init__(self, scan: Scan, place: Callable[[int, int], Place]):
        self.scan, self.place = scan, place
        self.names = NameList()
        self.heads: dict[int, str] = {}

    def add(self, number: int, cells: Mapping[int, str]) -> None:
        if not self.heads:
            self.heads = dict(cells)
        self.names.add(number, cells)
        scan = self.scan
        hits = set()
        for column, text in cells.items():
            for hit in find_numbers(text, today=scan.today, context=self.heads.get(column, "")[:40]):
                hits.add(hit)
                scan.hit(lambda c=column: self.place(number, c), hit)
        for hit in across(cells, today=scan.today):
            if hit not in hits:
                scan.hit(lambda: self.place(number, min(cells)), hit)

    def end(self) -> None:
        for found in self.names.end():
            where = self.place(found.row, found.column)
            self.scan.note(where, found.kind, found.masked, people=found.people)


def across(cells: Mapping[int, str], *, today: date) -> list[Hit]:
    """Identity numbers whose parts stand in cells of their own, the area's six digits first."""
    texts = list(cells.values())
    found = []
    for place, text in enumerate(texts[:-1]):
        if len(text) != 6 or not text.isdigit():
            continue
        number = text
        for part in texts[place + 1 : place + 4]:
            number += part.strip()
            if len(number) >= 18:
                break
        if len(number) == 18 and is_identity(number.upper(), today=today):
            found.append(Hit(IDENTITY, mask_identity(number.upper())))
    return found
