"""The many ways people write a date, a name, a number or a line of text, read as pure rules.

Each function takes a cell's raw value (text, int, float, date) and raises ``CellRefused`` with a code when it can't
be read; nothing is guessed where two readings are possible.
"""

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import NamedTuple

from services.foundation.sheets import CellRefused

_EPOCH = date(1899, 12, 30)
_SERIALS = range(1, 73_051)  # 1900-01-01 to 2100-01-01
_INVISIBLE = ("Cf", "Cc", "Co", "Cs", "Cn")
# What is left of the mark that makes a spreadsheet take a cell as text.
_APOSTROPHES = "'‘’`＇"
_FORMULA_STARTS = ("=", "+", "-", "@")
# Each part ends where the next begins, so that a long cell is gone through once.
_FORMULA_BEHIND_SIGN = re.compile(r"[+-][^A-Za-z]*[A-Za-z][^(!|]*[(!|]")


def plain(value) -> str:
    """Text of any cell: width folded, runs of white space made one space, the invisible and a leading ' removed.

    A whole number keeps its digits (19904597764.0 is ``19904597764``).
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime | date):
        value = value.isoformat()[:10]
    text = str(value)
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFKC", text)
    if text.isalnum():
        return text
    text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(text.split()).lstrip(_APOSTROPHES).lstrip()


def looks_like_formula(value) -> bool:
    """Text that a spreadsheet would compute when it is pasted back. A lone sign or a signed number isn't."""
    text = plain(value)
    if not text.startswith(_FORMULA_STARTS):
        return False
    return (text.startswith(("=", "@")) and len(text) > 1) or bool(_FORMULA_BEHIND_SIGN.match(text))


def line(value, *, longest: int) -> str:
    """A short free text. Codes: ``formula``, ``markup``, ``too_long``."""
    text = plain(value)
    if not text:
        return text
    if looks_like_formula(text):
        raise CellRefused("formula")
    if re.search(r"<\s*[/!?a-zA-Z]", text):
        raise CellRefused("markup")
    if len(text) > longest:
        raise CellRefused("too_long", limit=longest)
    return text


_PARTS = re.compile(r"(\d{4}|\d{2})\s*[-./年\\,。、]\s*(\d{1,2})\s*[-./月\\,。、]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*(Z|[+-]\d{2}:?\d{2}))?$")
_WEEKDAY = re.compile(r"\s*\(?(星期|周)[一二三四五六日天]\)?$")
# 2018年6月26日入职: what the column is about, said once more behind the date.
_ABOUT = re.compile(r"(?<=[\d日号月])\s*(入职|入会|到岗|参加工作|加入|出生|起|生)$")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def _chinese_numbers(text: str) -> str:
    """二〇一八年六月二十六日 -> 2018年6月26日."""
    if not re.search(r"[一二三四五六七八九十〇零○]", text):
        return text
    text = re.sub(r"([一二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([一二三])十", r"\g<1>0", text)
    text = re.sub(r"十([一二三四五六七八九])", r"1\1", text)
    return text.replace("十", "10").translate(_CHINESE_DIGITS)


def _date_text(value) -> str:
    """A date's text without time, weekday, spaces and what the column is about."""
    text = _ABOUT.sub("", plain(value)).replace("月份", "月")
    return _chinese_numbers(_WEEKDAY.sub("", _TIME.sub("", text))).strip(" .。,;").replace(" ", "")


def day(value) -> date | None:
    """A date in any spelling, None for an empty cell.

    Read: dates, Excel's serial numbers, 2018.06.26, 2018/6/26, 20180626, 2018年6月26日, 二〇一八年六月二十六日, with or
    without a time or a weekday. Codes: ``date_short`` (the year has two digits), ``date_incomplete`` (no day),
    ``date_order`` (6/26/2018: day and month can't be told apart), ``date_impossible``, ``date_shape``.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return _from_number(value)
    text = _date_text(value)
    if text in ("", "-", "--", "/", "无", "不详", "—"):
        return None
    if match := _COMPACT.fullmatch(text):
        return _real(*match.groups())
    if match := _PARTS.fullmatch(text):
        if len(match[1]) == 2:
            raise CellRefused("date_short")
        return _real(*match.groups())
    if re.fullmatch(r"\d{6}", text) and not 190_001 <= int(text) <= 220_012:
        raise CellRefused("date_short")
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(int(text[:5]))
    if re.fullmatch(r"(\d{4})([-./年]\d{1,2}月?|年|\d{2})?", text):
        raise CellRefused("date_incomplete")
    if re.fullmatch(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}", text):
        raise CellRefused("date_order")
    raise CellRefused("date_shape")


def _from_number(value: int | float) -> date:
    if isinstance(value, float) and not math.isfinite(value):
        raise CellRefused("date_shape")
    if isinstance(value, float) and not value.is_integer() and int(value) not in _SERIALS:
        # 2018.6 typed as a number: its month may have lost a zero.
        raise CellRefused("date_incomplete" if 1900 <= value < 2200 else "date_shape")
    whole = int(value)
    if match := _COMPACT.fullmatch(str(whole)):
        return _real(*match.groups())
    if 1900 <= whole < 2200:
        raise CellRefused("date_incomplete")
    if 190_001 <= whole <= 220_012:
        raise CellRefused("date_incomplete")
    if whole not in _SERIALS:
        raise CellRefused("date_shape")
    return _EPOCH + timedelta(days=whole)


def _real(year: str, month: str, in_month: str) -> date:
    try:
        found = date(int(year), int(month), int(in_month))
    except ValueError:
        raise CellRefused("date_impossible") from None
    if not 1900 <= found.year < 2200:
        raise CellRefused("date_impossible")
    return found


def count(value) -> int | None:
    """A whole number of people or things, None for an empty cell. Codes: ``number_shape``, ``number_negative``."""
    if type(value) is int and 0 <= value < 1_000_000_000:
        return value
    text = plain(value).replace(",", "").replace(" ", "")
    text = re.sub(r"(人|名|个|位)$", "", text)
    if text in ("", "-", "--", "/", "无", "—"):
        return None
    if not re.fullmatch(r"-?\d{1,9}(\.0+)?", text):
        raise CellRefused("number_shape")
    number = int(float(text))
    if number < 0:
        raise CellRefused("number_negative")
    return number


class Month(NamedTuple):
    """A date that was written without its day."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)


_MONTHS = re.compile(r"(\d{4})(?:[-./年](\d{1,2})|(\d{2}))月?")


def day_or_month(value) -> date | Month | None:
    """A date in any spelling :func:`day` reads, or a year with its month: 2018.06, 2018年6月, 201806.

    Raises what ``day`` raises. 2018.1 typed as a number stays ``date_incomplete``: it may have been 2018.10.
    """
    try:
        return day(value)
    except CellRefused as refused:
        text = _date_text(value)
        found = _MONTHS.fullmatch(text) if refused.code == "date_incomplete" else None
        if not found or (isinstance(value, float) and text.endswith(".1")):
            raise
        year, month = int(found[1]), int(found[2] or found[3])
        if not (1900 <= year < 2200 and 1 <= month <= 12):
            raise CellRefused("date_impossible") from None
        return Month(year, month)


_DOTS = re.compile(r"\s*[·•・‧∙⋅●．.]\s*")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇○\U00020000-\U000323af]")
_NAME = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U000323af]+"
    r"(·[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U000323af]+)*"
)
_PLAIN_NAME = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN_NAME = re.compile(r"[^\W\d_]+([ '’·.-]+[^\W\d_]+)*\.?")
# 示例秀英 女: her sex, and not the end of her name.
_SEX_BEHIND = re.compile(r"^[^\s]{2,}\s+[男女]$")
SHORTEST_NAME, LONGEST_NAME = 2, 30
_CONTROL = re.compile(r"[\u202a-\u202e\u2066-\u2069\x00]")


def person_name(value) -> str:
    """A person's name: 2 to 30 characters, rare ones of the supplementary planes included, '' for an empty cell.

    Spaces inside a Chinese name are dropped, every dot becomes ``·``. Compatibility forms are not folded, as that
    would change the name itself. Codes: ``formula``, ``markup``, ``name_hidden`` (marks that turn writing round),
    ``name_shape``, ``name_length``.
    """
    raw = "" if value is None else str(value)
    if (
        SHORTEST_NAME <= len(raw) <= LONGEST_NAME
        and _PLAIN_NAME.fullmatch(raw)
        and unicodedata.is_normalized("NFC", raw)
    ):
        return raw  # nearly all of a list: nothing below would change or refuse it
    if looks_like_formula(raw):
        raise CellRefused("formula")
    if "<" in raw or ">" in raw:
        raise CellRefused("markup")
    if _CONTROL.search(raw):
        raise CellRefused("name_hidden")
    text = "".join(
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", raw)
        if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc")
    ).strip(" " + _APOSTROPHES)
    if not text:
        return ""
    if _SEX_BEHIND.search(text):
        raise CellRefused("name_shape")
    if _HAN.search(text):
        text = _DOTS.sub("·", re.sub(r"\s+", "", text)).replace("○", "〇").strip("·")
        good = _NAME.fullmatch(text)
    else:
        text = " ".join(unicodedata.normalize("NFKC", text).split())
        good = _LATIN_NAME.fullmatch(text)
    if not good:
        raise CellRefused("name_shape")
    if not SHORTEST_NAME <= len(text) <= LONGEST_NAME:
        raise CellRefused("name_length", shortest=SHORTEST_NAME, longest=LONGEST_NAME)
    return text


def label_key(value) -> str:
    """What two spellings of one label have in common: folded, without spaces, brackets, punctuation, case."""
    return re.sub(r"[\W_]+", "", plain(value)).lower()


def choose(value, words: dict[str, str], *, code: str, default: str = "") -> str:
    """The code behind a word. ``words`` maps ``label_key`` spellings to codes. Raises ``code`` for unknown words."""
    key = label_key(value)
    if not key or key in ("无", "不详", "未知"):
        return default
    if key in words:
        return words[key]
    inside = {found for word, found in words.items() if len(word) >= 2 and word in key}
    if len(inside) == 1:
        return inside.pop()
    raise CellRefused(code)
