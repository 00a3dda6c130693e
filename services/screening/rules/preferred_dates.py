"""Reading what clerks write in a column of preferred dates: “12月3日上午, 12/5, 周三”. Nothing is guessed.

A day without a year is the next one of that name, the day of reading included; a weekday beside a date must be its own.
What can't be read is handed back as it stood, so that somebody who knows can be asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.foundation import spelling
from services.foundation.sheets import CellRefused

MORNING, AFTERNOON = "am", "pm"
MOST_WISHES = 12
_LONGEST_PIECE = 80
_SPAN = 31
# A day without a year that would lie further ahead was meant to be one that is over.
_AHEAD = timedelta(days=200)
_SPLIT = re.compile(r"[,;、|/\n]|\s+(?=\d{1,2}月|或)|(?<![\d日号)])\s+(?=周|星期)|或者|或|和|及")
_DATED_SLASH = re.compile(r"(\d{1,4})\s*/\s*(\d{1,2})(?:\s*/\s*(\d{1,2}))?")
# Stands for the slash of a date while wishes are parted: what can't be read is shown with it as it was written.
_SLASH = "\N{DIVISION SLASH}"
_ANY_DAY = frozenset({"", "无", "不限", "随意", "都可以", "均可", "任意", "都行", "any", "none", "-", "--"})
_HALF = re.compile(r"(上午|早上|早晨|中午前|a\.?m\.?|morning)|(下午|午后|p\.?m\.?|afternoon)", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:点时](?:\s*\d{1,2})?\s*分?)")
_WEEKDAYS = {
    **{f"{prefix}{sign}": number for prefix in ("周", "星期", "礼拜") for number, sign in enumerate("一二三四五六日")},
    **{f"{prefix}天": 6 for prefix in ("周", "星期", "礼拜")},
    **{
        word: number
        for number, words in enumerate(
            (
                *("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday"),
                *("fri friday", "sat saturday", "sun sunday"),
            )
        )
        for word in words.split()
    },
}
_SEVERAL = {"周末": (5, 6), "weekend": (5, 6), "工作日": (0, 1, 2, 3, 4), "weekdays": (0, 1, 2, 3, 4)}
_MONTH_DAY = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?")
_RANGE = re.compile(r"(.+?)[-~—–至到]+(.+)")
_DAY_ALONE = re.compile(r"(\d{1,2})[日号]?")


@dataclass(frozen=True, slots=True)
class Preference:
    """One wish: a day or a day of the week (Monday is 0), and which half of it; empty means either."""

    day: date | None = None
    weekday: int | None = None
    half: str = ""

    def suits(self, day: date, half: str) -> bool:
        on_day = self.day == day if self.day else self.weekday is None or self.weekday == day.weekday()
        return on_day and self.half in ("", half)

    def as_json(self) -> dict:
        return {"day": self.day.isoformat() if self.day else None, "weekday": self.weekday, "half": self.half}

    @classmethod
    def from_json(cls, stored: dict) -> "Preference":
        return cls(**(stored | {"day": date.fromisoformat(stored["day"]) if stored["day"] else None}))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What could be read, in her order, and what could not, as it was written."""

    preferences: tuple[Preference, ...] = ()
    unread: tuple[str, ...] = ()


def read_wishes(value, *, today: date) -> Wishes:
    """Every wish of one cell: text, a date, or the number a spreadsheet made of it."""
    if isinstance(value, date):
        day = spelling.day(value)
        return Wishes((Preference(day=day),)) if day >= today else Wishes(unread=(day.isoformat(),))
    if isinstance(value, int | float):
        return _from_number(value, today)
    found: list[Preference] = []
    unread: list[str] = []
    month = None
    for piece in _pieces(spelling.plain(value)):
        if spelling.label_key(piece) in _ANY_DAY:
            continue
        dated = piece.replace(_SLASH, "-")
        read, month = _read(dated, month, today) if len(piece) <= _LONGEST_PIECE else ([], month)
        if read:
            found.extend(wish for wish in read if wish not in found)
        else:
            unread.append(piece.replace(_SLASH, "/")[:40])
    if len(found) > MOST_WISHES:
        unread.append("…")
    return Wishes(tuple(found[:MOST_WISHES]), tuple(unread))


def _from_number(value: float, today: date) -> Wishes:
    """A serial number of Excel is a day. 12.5 is 5 December; of 12.1 nobody knows if it was the 1st or the 10th."""
    if isinstance(value, float) and not value.is_integer():
        text = f"{value:g}"
        lost_zero = re.fullmatch(r"\d{1,2}\.[123]", text)
        return Wishes(unread=(text,)) if lost_zero else read_wishes(text, today=today)
    try:
        day = spelling.day(value)
    except CellRefused:
        return Wishes(unread=(str(int(value)),))
    return Wishes((Preference(day=day),)) if day and day >= today else Wishes(unread=(str(int(value)),))


def _pieces(text: str) -> Iterator[str]:
    """Split between wishes; a slash inside 12/5 or 2026/12/5 is no end."""
    kept = _DATED_SLASH.sub(lambda m: _SLASH.join(part for part in m.groups() if part), text)
    for piece in _SPLIT.split(kept):
        if piece and piece.strip(" .。"):
            yield piece.strip(" .。")


def _read(piece: str, month: tuple[int, int] | None, today: date) -> tuple[list[Preference], tuple[int, int] | None]:
    """The wishes of one piece, and the month that “3、5日” after “12月3日” goes on with."""
    half, rest = _half_of(piece)
    rest = re.sub(r"[()\s]|的|可以|均可|都可以?|都行|最好|希望|time", "", rest.lower())
    if not rest:
        return ([Preference(half=half)] if half else []), month
    if rest in _SEVERAL:
        return [Preference(weekday=number, half=half) for number in _SEVERAL[rest]], month
    if rest in _WEEKDAYS:
        return [Preference(weekday=_WEEKDAYS[rest], half=half)], month
    said = next((word for word in sorted(_WEEKDAYS, key=len, reverse=True) if rest.endswith(word)), "")
    days, month = _days(rest.removesuffix(said), month, today)
    if said and any(day.weekday() != _WEEKDAYS[said] for day in days):
        return [], month
    return [Preference(day=day, half=half) for day in days], month


def _half_of(piece: str) -> tuple[str, str]:
    """Which half of the day is said, and the piece without it. Both halves are no wish between them."""
    found = {MORNING if match[1] else AFTERNOON for match in _HALF.finditer(piece)}
    rest = _HALF.sub("", piece)
    if match := _HOUR.search(rest):
        if int(match[1]) < 24 and not found:
            found = {MORNING if int(match[1]) < 12 else AFTERNOON}
        rest = _HOUR.sub("", rest)
    rest = re.sub(r"全天|整天|all day", "", rest)
    return (found.pop() if len(found) == 1 else ""), rest


def _days(text: str, month: tuple[int, int] | None, today: date) -> tuple[list[date], tuple[int, int] | None]:
    if match := _MONTH_DAY.fullmatch(text):
        day = _next(match[1], int(match[2]), int(match[3]), today)
        return ([day] if day else []), (day.year, day.month) if day else month
    if (match := _RANGE.fullmatch(text)) and "月" in match[1]:
        first, month = _days(match[1], month, today)
        last, month = _days(match[2], month, today)
        if first and last and timedelta(0) <= last[0] - first[0] < timedelta(_SPAN):
            return [first[0] + timedelta(n) for n in range((last[0] - first[0]).days + 1)], month
        return [], month
    if match := re.fullmatch(r"(\d{1,2})月(\d{1,2})", text):
        return _days(f"{text}日", month, today)
    if (match := _DAY_ALONE.fullmatch(text)) and month:
        day = _real(month[0], month[1], int(match[1]))
        return ([day] if day and day >= today else []), month
    return [], month


def _next(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day of that year, or the next of that name; a day that lies behind is no wish."""
    if year:
        found = _real(int(year), month, day)
        return found if found and found >= today else None
    for guess in (_real(today.year, month, day), _real(today.year + 1, month, day)):
        if guess and timedelta(0) <= guess - today <= _AHEAD:
            return guess
    return None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
