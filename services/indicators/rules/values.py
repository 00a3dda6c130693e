"""A value is an amount with a status. Nought is stated, never left empty; missing has a cause."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

REPORTED, ESTIMATED, ZERO = "reported", "estimated", "zero"
TOLD = frozenset({REPORTED, ESTIMATED, ZERO})
MISSING = frozenset({"missing_not_collected", "missing_late", "missing_not_applicable", "suppressed"})
STATUSES = TOLD | MISSING
# How each is written in tables, the first of them by us.
STATUS_WORDS = {
    "reported": ("已报", "reported"),
    "estimated": ("估计", "estimated"),
    "zero": ("零", "zero", "nought"),
    "missing_not_collected": ("未采集", "not collected"),
    "missing_late": ("迟报", "late"),
    "missing_not_applicable": ("不适用", "not applicable"),
    "suppressed": ("保密", "confidential"),
}
# As wide as the column: 14 digits before the point.
MOST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Stated:
    """``status`` empty: nothing was said."""

    amount: Decimal | None = None
    status: str = ""
    note: str = ""

    @property
    def says(self) -> bool:
        return bool(self.status)

    @property
    def told(self) -> bool:
        return self.status in TOLD


SILENT = Stated()


@dataclass(frozen=True, slots=True)
class Entered:
    """One value as it was typed: ``amount`` is a number already, or None."""

    amount: Decimal | None
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an element admits: ``decimals`` places, from ``lowest`` to ``highest``."""

    decimals: int = 0
    lowest: Decimal | None = Decimal(0)
    highest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """``code`` has words; ``field`` is ``amount`` or ``status``."""

    field: str
    code: str
    context: Mapping = ()


_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
# What people write into a cell of numbers to say that there is none. “无” may mean nought as well as no data.
_NO_NUMBER = frozenset(
    {
        *("无数据", "暂无数据", "没有数据", "无", "暂无", "缺", "缺失", "未统计", "未知", "不详", "空"),
        *("-", "--", "—", "——", "/", "//", "n/a", "na", "nil", "none", "null", "no data"),
    }
)


def typed(text) -> str:
    """Text as it is read by rules: full-width letters and digits made narrow, minus signs alike, no blanks around."""
    return unicodedata.normalize("NFKC", str(text)).replace("\u2212", "-").strip()


def says_none(text) -> bool:
    """Whether a cell says in words that there is no number."""
    return isinstance(text, str) and typed(text).lower() in _NO_NUMBER


def per_cent_of(text) -> Decimal | None:
    """The number before a per cent sign; None where there is no such sign. ``ValueError``."""
    if not isinstance(text, str) or not typed(text).endswith("%"):
        return None
    found = amount_of(typed(text).removesuffix("%"))
    if found is None:
        raise ValueError(text)
    return found


def amount_of(text) -> Decimal | None:
    """A number as people and workbooks write it (1,234.5, full-width digits); None for nothing. ``ValueError``.

    A comma stands between thousands alone: what “1,2” means nobody can say.
    """
    if text is None or isinstance(text, bool):
        return None
    if isinstance(text, int | Decimal):
        found = Decimal(text)
    elif isinstance(text, float):
        found = Decimal(repr(text))
    else:
        plain = typed(text).replace(" ", "")
        if not plain:
            return None
        if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
            raise ValueError(text)
        found = Decimal(plain.replace(",", ""))
    if not found.is_finite() or abs(found) >= MOST:
        raise ValueError(text)
    return found


def judge(amount: Decimal | None, status: str, bounds: Bounds, *, note: str = "") -> tuple[Stated, list[Wrong]]:
    """What was entered as a value, and what is wrong with it.

    A number without a status was reported; nought is ``zero``; a status that says “missing” takes no number; “reported”
    without a number is no value.
    """
    if status and status not in STATUSES:
        return SILENT, [Wrong("status", "status_unknown")]
    if amount is None:
        if status == ZERO:
            return Stated(Decimal(0), ZERO, note), []
        if status in TOLD:
            return SILENT, [Wrong("amount", "amount_missing")]
        if not status and note:
            return SILENT, [Wrong("status", "note_alone")]
        return Stated(None, status, note), []
    if status in MISSING:
        return SILENT, [Wrong("amount", "amount_but_missing")]
    if wrong := _beyond(amount, bounds):
        return SILENT, [wrong]
    if amount == 0:
        return Stated(Decimal(0), ESTIMATED if status == ESTIMATED else ZERO, note), []
    if status == ZERO:
        return SILENT, [Wrong("amount", "zero_but_amount")]
    return Stated(amount, status or REPORTED, note), []


def _beyond(amount: Decimal, bounds: Bounds) -> Wrong | None:
    if amount != round(amount, bounds.decimals):
        return Wrong("amount", "too_fine" if bounds.decimals else "not_whole", {"decimals": bounds.decimals})
    if bounds.lowest is not None and amount < bounds.lowest:
        return Wrong("amount", "too_low", {"lowest": f"{bounds.lowest.normalize():f}"})
    if bounds.highest is not None and amount > bounds.highest:
        return Wrong("amount", "too_high", {"highest": f"{bounds.highest.normalize():f}"})
    return None
