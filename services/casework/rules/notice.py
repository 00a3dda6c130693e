"""What a public notice shows of a person, and how little of it where few would share it.

Source: the State Council's points on openness of 2018 (what is private is de-identified before publication) and the
local practice of 公示. Of a person a line shows a masked name and a place, of her case three allow-listed fields. No
identity or telephone number, address, bank account, illness or child has a way in: a field that might hold one is left
out.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from services.foundation.masking import mask_name

# In the order of the columns.
FIELDS = ("category", "programme", "amount")
HIDDEN = "*"
LONGEST_FIELD = 60
# A phone number has eleven digits, an identity number eighteen, an account at least twelve; a sum has fewer.
_TELLING_DIGITS = 11
_NUMBER = re.compile(rf"\d{{{_TELLING_DIGITS}}}")
_MIDDLE_DOTS = "·•・‧∙⋅"
# Words that tell of an illness: a field that holds one stays empty, a programme's name included.
_ILLNESS_WORDS = (
    *("病", "癌", "瘤", "症", "疾", "残", "阳性", "阴性", "手术", "化疗", "透析", "怀孕", "流产", "HPV", "TCT", "HIV"),
    *("illness", "disease", "cancer", "tumour", "tumor", "surgery", "pregnan", "disab", "diagnos"),
)
_ILLNESS = re.compile("|".join(_ILLNESS_WORDS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One case before masking. ``places`` lead from her union up to the organisation just below the publisher's;
    ``tie`` orders people who look alike and is known to nobody (a case's token)."""

    key: int
    name: str
    places: tuple[str, ...]
    shown: Mapping[str, str]
    tie: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as everybody reads it. ``unit`` is empty where it is left out; ``coarse``: less than her own union and
    the usual mask is shown."""

    key: int
    masked_name: str
    unit: str
    coarse: bool
    shown: dict[str, str] = field(default_factory=dict)


def public_name(name: str) -> str:
    """``张*``, ``张*梅``, ``欧阳*``, ``阿依古丽·***``; a name in Latin letters keeps its first one. What isn't a name
    (a digit, a sign) is hidden whole."""
    plain = unicodedata.normalize("NFKC", name or "").strip()
    plain = "".join("·" if c in _MIDDLE_DOTS else c for c in plain)
    if not plain or not all(c.isalpha() or c in "·. -'" for c in plain) or not plain[0].isalpha():
        return HIDDEN
    if plain.isascii():
        return f"{plain[0]}***"
    return mask_name(plain)


def shorter_mask(masked: str) -> str:
    """The first character alone: ``张**``."""
    return masked if masked == HIDDEN else f"{masked[0]}**"


def public_fields(values: Mapping[str, str], *, name: str) -> dict[str, str]:
    """The allow-listed fields that can be shown; one that may tell on her is left out, never shortened."""
    hers = unicodedata.normalize("NFKC", name)
    kept = {}
    for code in FIELDS:
        text, plain = _harmless(str(values.get(code) or ""))
        if text and not (len(name) > 1 and hers in plain):
            kept[code] = text
    return kept


@lru_cache(maxsize=4096)
def _harmless(value: str) -> tuple[str, str]:
    """A field as it is shown and as it is searched for her name; empty where it says too much of anybody. Many lines
    of a notice share their fields."""
    text = " ".join(value.split())
    plain = unicodedata.normalize("NFKC", text)
    bare = "".join(c for c in plain if c.isalnum())
    too_much = len(plain) > LONGEST_FIELD or _NUMBER.search(bare) or _ILLNESS.search(plain)
    return ("", "") if too_much else (text, plain)


def draw(
    entries: Iterable[Entry], *, k: int, population: Mapping[tuple[str, str], int] = MappingProxyType({})
) -> list[Line]:
    """The lines of a notice, in the order in which they stand.

    A place is shown with a masked name only where both fit at least ``k`` people. Else the next wider place is tried,
    then none, which is all that the publisher reaches; a line that even so fits too few keeps the family name alone:
    the coarsest there is. ``population`` says how many women of a place have a mask (the place "" is all of it): a
    reader who looks for a person chooses among these, whether or not they stand on the notice. Those who do are
    counted here, so that an empty ``population`` counts the lines alone. The order tells nothing either: by what is
    shown, then by chance.
    """
    masks: dict[str, str] = {}
    waiting = []
    for entry in entries:
        mask = masks.get(entry.name) or masks.setdefault(entry.name, public_name(entry.name))
        waiting.append((entry, mask))
    done: list[tuple[Entry, Line]] = []
    widest = max((len(entry.places) for entry, _mask in waiting), default=0)
    for step in range(widest + 1):
        shared = Counter((_place(entry, step), mask) for entry, mask in waiting)
        fits = {pair for pair, count in shared.items() if max(count, population.get(pair, 0)) >= k}
        settled = [(entry, mask) for entry, mask in waiting if (_place(entry, step), mask) in fits]
        done += [
            (entry, _line(entry, mask, _place(entry, step), coarse=_is_wider(entry, step))) for entry, mask in settled
        ]
        if settled:
            taken = {entry.key for entry, _mask in settled}
            waiting = [(entry, mask) for entry, mask in waiting if entry.key not in taken]
    done += [(entry, _line(entry, shorter_mask(mask), "", coarse=True)) for entry, mask in waiting]
    done.sort(key=lambda pair: (not pair[1].unit, pair[1].unit, pair[1].masked_name, pair[0].tie))
    return [line for _entry, line in done]


def count_masks(women: Iterable[tuple[str, Iterable[str]]], masks: Collection[str]) -> Counter[tuple[str, str]]:
    """``population`` from names, each with the places that may be shown of her ("" among them). ``masks``: those that
    occur on the notice; nobody else is counted. A name that isn't one hides nobody among others."""
    counted: Counter[tuple[str, str]] = Counter()
    for (name, places), women_alike in Counter((name, tuple(places)) for name, places in women).items():
        mask = public_name(name)
        if mask in masks and mask != HIDDEN:
            for place in set(places):
                counted[place, mask] += women_alike
    return counted


def _place(entry: Entry, step: int) -> str:
    return entry.places[step] if step < len(entry.places) else ""


def _is_wider(entry: Entry, step: int) -> bool:
    return step > 0 and bool(entry.places)


def _line(entry: Entry, mask: str, unit: str, *, coarse: bool) -> Line:
    return Line(entry.key, mask, unit, coarse, public_fields(entry.shown, name=entry.name))


def fields_of(shown: Mapping[str, str]) -> list[str]:
    """The allow-listed fields of a line, in the order in which they stand."""
    return [shown[code] for code in FIELDS if code in shown]


def fingerprint(lines: Iterable[Line]) -> str:
    """Changes with anything that a reader of the notice would see (SHA-256)."""
    seen = sha256()
    for line in lines:
        seen.update(repr((line.key, line.masked_name, line.unit, sorted(line.shown.items()))).encode())
    return seen.hexdigest()


def line_number(notice: str, position: int) -> str:
    """The number of a line, told from all others on the notice: ``GS-26-000012-3-0007``."""
    return f"{notice}-{position:04d}"
