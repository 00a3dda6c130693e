"""An evaluation out of a plain table: indicator, comparator, target, status, numerator, denominator, factor.

Anybody can check a published share with it. A value is worked out of its parts, a blank part is missing, and a
denominator of nought is no data. Without factor (or with 1) and without denominator it is a plain number."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from io import StringIO

from services.indicators.rules.ratios import number, ratio
from services.indicators.rules.values import (
    MISSING,
    STATUS_WORDS,
    STATUSES,
    TOLD,
    ZERO,
    amount_of,
    per_cent_of,
    says_none,
    typed,
)
from services.plan_reviews.rules.comparing import AGAINST_BASE, NO_TARGET, WORDS, Aim, Comparator, judge

COLUMNS = ("indicator", "comparator", "target", "status", "numerator", "denominator", "factor")
# A mark between the ends; a hyphen only where it can't be a sign.
_RANGE = re.compile(r"(-?[\d.,]+)%?\s*(?:\.\.+|~|—+|–|至|-|to)\s*(-?[\d.,]+)%?")
_SIGNS = {"≥": Comparator.GE, ">=": Comparator.GE, "≤": Comparator.LE, "<=": Comparator.LE}
_SIGNS |= {">": Comparator.GT, "<": Comparator.LT, **WORDS}
_STATUS = {word: code for code, words in STATUS_WORDS.items() for word in words}
_MOST_FACTOR = 10**9


class Unreadable(ValueError):
    """``words`` say in which line and what."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One line with what follows from it, and why. ``value`` as an exact fraction; None: no data."""

    indicator: str
    comparator: str
    status: str
    value: Fraction | None
    why: str


def explain(row: Mapping[str, str | None], line: int) -> Explained:
    """``target`` is a number; of a range ``low..high``; of a trend and a gap what it started from."""
    cells = {name: typed(row.get(name) or "") for name in COLUMNS}
    comparator = _comparator(cells["comparator"], line)
    aim = _aim(comparator, cells["target"], line)
    value, why = _value(cells, line)
    status = judge(value, aim)
    if status == "no_data" and value is not None:
        why = "nothing to compare with"
    if status == NO_TARGET and comparator != Comparator.NONE:
        why = "the target is missing"
    return Explained((row.get("indicator") or "").strip(), comparator.value, status, value, why)


def _comparator(text: str, line: int) -> Comparator:
    plain = text.lower().replace("-", "_").replace(" ", "_") or Comparator.NONE.value
    if plain in set(Comparator):
        return Comparator(plain)
    if plain not in _SIGNS:
        raise Unreadable(f"line {line}: the comparator {_cut(text)} isn't known. Known are {', '.join(Comparator)}")
    return _SIGNS[plain]


def _cut(text: str) -> str:
    """A cell in a message: whole where it is short."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")


def _aim(comparator: Comparator, text: str, line: int) -> Aim:
    if comparator == Comparator.RANGE:
        match = _RANGE.fullmatch(text)
        if not match and text:
            raise Unreadable(f"line {line}: a range is written low..high, not {_cut(text)}")
        low, high = (_number(part, line, "target") for part in match.groups()) if match else (None, None)
        if match and low > high:
            raise Unreadable(f"line {line}: the lower end of the range stands behind the higher: {_cut(text)}")
        return Aim(comparator, _fraction(low), _fraction(high))
    found = _fraction(_number(text, line, "target"))
    return Aim(comparator, base=found) if comparator in AGAINST_BASE else Aim(comparator, found)


def _value(cells: Mapping[str, str], line: int) -> tuple[Fraction | None, str]:
    said = cells["status"].lower()
    status = _STATUS.get(said) or said.replace("-", "_").replace(" ", "_")
    if status and status not in STATUSES:
        known = ", ".join(sorted(STATUSES))
        raise Unreadable(f"line {line}: the status {_cut(cells['status'])} isn't known. Known are {known}")
    if status in MISSING:
        return None, status
    above, below = (_number(cells[name], line, name) for name in ("numerator", "denominator"))
    factor = _number(cells["factor"], line, "factor")
    if factor is not None and not (factor == factor.to_integral_value() and 0 < factor <= _MOST_FACTOR):
        raise Unreadable(f"line {line}: the factor is a whole number above nought, not {_cut(cells['factor'])}")
    if status == ZERO:
        if above:
            raise Unreadable(f"line {line}: the status says nought, the numerator {_cut(cells['numerator'])}")
        above = Decimal(0)
    if above is None:
        return None, "the numerator is missing" if status in TOLD or below is not None else "nothing was reported"
    if below is None and (factor is None or factor == 1):
        return number(above), "a plain number"
    if below is None:
        return None, "the denominator is missing"
    if below == 0:
        return None, "the denominator is nought"
    if below < 0:
        return None, "the denominator is below nought"
    return ratio(above, below, int(factor or 1)), "factor × numerator ÷ denominator"


def _number(text: str, line: int, column: str) -> Decimal | None:
    """A blank, or a word that says so, is no number; nought is written."""
    if says_none(text):
        return None
    try:
        share = per_cent_of(text) if column == "target" else None
        return amount_of(text) if share is None else share
    except ValueError:
        raise Unreadable(f"line {line}: the {column} isn't a number: {_cut(text)}") from None


def _fraction(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)


def text_of(content: bytes) -> str:
    """UTF-8 with or without its mark, or GB18030, as Chinese office programs save. Raises ``Unreadable``."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("this is a workbook; save the sheet as a CSV file")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file is in UTF-16; save it as CSV in UTF-8")
    if b"\0" in content:
        raise Unreadable("this isn't a text file; save the sheet as a CSV file")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("the file is neither in UTF-8 nor in GB18030; save it as CSV in UTF-8")


def read_table(content: bytes) -> list[Explained]:
    """Every line that says something. Raises ``Unreadable``, with the line where there is one."""
    reader = csv.reader(StringIO(text_of(content), newline=""), strict=True)
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as wrong:
        raise Unreadable(f"line {reader.line_num}: {wrong}") from None
    if not rows:
        raise Unreadable("the file is empty")
    names = [typed(name).lower() for name in rows[0][1]]
    _headings(names)
    if len(rows) == 1:
        raise Unreadable("there is no line below the headings")
    found = []
    for line, cells in rows[1:]:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            raise Unreadable(f"line {line}: more cells than headings; a number with commas stands in quotes")
        found.append(explain(dict(zip(names, cells, strict=False)), line))
    return found


def _headings(names: list[str]) -> None:
    if missing := [name for name in COLUMNS if name not in names]:
        apart = next((sign for sign in (";", "\t", "|") if len(names) == 1 and sign in names[0]), "")
        hint = "; cells are separated by commas" if apart else ""
        raise Unreadable(f"the file lacks the columns {', '.join(missing)}{hint}")
    if twice := [name for name in COLUMNS if names.count(name) > 1]:
        raise Unreadable(f"these columns stand there twice: {', '.join(twice)}")
