"""What a result means for what comes next: who is called back, what contradicts itself, when the next round is due.

Sources. National cervical plan 2022 (DOMAIN-services §2.3, S62m): cytology every 3 years or high-risk HPV (14 types)
every 5 years. Beijing flow (S48m): HPV 16/18 positive → colposcopy; other types positive → TCT, abnormal →
colposcopy; BI-RADS 1 and 2 → next round in 3 years, 0 and 3 → mammogram. Directly to biopsy at BI-RADS 4 and 5: general
knowledge, no source. HPV-positive and abnormal women are called back irrespective of the interval (S55).
"""

import calendar
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.foundation.verdict import Finding, Outcome

HIGH_RISK_HPV = ("16", "18", "31", "33", "35", "39", "45", "51", "52", "56", "58", "59", "66", "68")
STRAIGHT_TO_COLPOSCOPY = frozenset({"16", "18"})
CERVICAL_ITEMS = frozenset({"tct", "hpv"})
BREAST_ITEMS = frozenset({"breast", "breast_ultrasound"})
NOTE_LENGTH = 500
_CALLED_BACK = frozenset({"abnormal_need_diagnosis", "confirmed_precancer", "confirmed_cancer"})
_WITHOUT_FINDING = frozenset({"normal", "not_suitable"})
_CELLS_NORMAL = "nilm"
_CELLS_UNREADABLE = "unsatisfactory"
_MAMMOGRAM = frozenset({"0", "3"})
_BIOPSY = frozenset({"4", "5"})
_PLAN_2022 = "全国宫颈癌筛查工作方案（2022）"
_BEIJING = "北京市两癌筛查流程"
_CALL_BACK = "DOMAIN-services 2.3"


class Next(StrEnum):
    """The examination that clears up a finding."""

    COLPOSCOPY = "colposcopy"
    CYTOLOGY = "cytology"
    REPEAT_CYTOLOGY = "repeat_cytology"
    MAMMOGRAM = "mammogram"
    BIOPSY = "biopsy"
    DOCTOR = "doctor"


@dataclass(frozen=True, slots=True)
class Interval:
    """After so many months the examination by this item is due again."""

    item: str
    months: int
    source: str


INTERVALS = (
    Interval("hpv", 60, _PLAN_2022),
    Interval("tct", 36, _PLAN_2022),
    Interval("breast", 36, _BEIJING),
    Interval("breast_ultrasound", 36, _BEIJING),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A result as plain values: codes of ``enums``, HPV types that are positive, the day it was done."""

    on: date
    conclusion: str
    items: tuple[str, ...] = ()
    tbs: str = ""
    hpv: tuple[str, ...] = ()
    birads: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the clinic writes down; codes of ``enums``. ``next_due`` empty: by the intervals of the national plan."""

    conclusion: str
    items: tuple[str, ...] = ()
    tbs: str = ""
    hpv: tuple[str, ...] = ()
    birads: str = ""
    note: str = ""
    next_due: date | None = None

    def examined(self, on: date) -> Examined:
        return Examined(on, self.conclusion, self.items, self.tbs, self.hpv, self.birads)

    def as_json(self, due: date | None) -> str:
        said = {
            "conclusion": self.conclusion,
            "items": sorted(self.items),
            "tbs": self.tbs,
            "hpv": sorted(self.hpv, key=int),
            "birads": self.birads,
            "note": self.note,
            "next_due": due.isoformat() if due else "",
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True)


def recall(examined: Examined) -> tuple[Finding, ...]:
    """Why she is called back: one finding a reason, with the next examination in ``figures``; empty when she isn't.

    A reading that could not be made (unsatisfactory cytology, BI-RADS 0) is unclear and calls back too.
    """
    found = list(_cervical(examined)) + list(_breast(examined))
    if examined.conclusion in _CALLED_BACK and not found:
        found.append(_reason("conclusion", Next.DOCTOR, _CALL_BACK))
    return tuple(found)


def _cervical(examined: Examined) -> Iterator[Finding]:
    if STRAIGHT_TO_COLPOSCOPY & set(examined.hpv):
        yield _reason("hpv_16_18", Next.COLPOSCOPY, _BEIJING)
    elif examined.hpv:
        after = {"": Next.CYTOLOGY, _CELLS_UNREADABLE: Next.REPEAT_CYTOLOGY, _CELLS_NORMAL: Next.DOCTOR}
        yield _reason("hpv_other", after.get(examined.tbs, Next.COLPOSCOPY), _BEIJING)
    if examined.tbs == _CELLS_UNREADABLE:
        yield _reason("cells_unreadable", Next.REPEAT_CYTOLOGY, _BEIJING)
    elif examined.tbs and examined.tbs != _CELLS_NORMAL:
        yield _reason("cells", Next.COLPOSCOPY, _BEIJING)


def _breast(examined: Examined) -> Iterator[Finding]:
    if examined.birads in _MAMMOGRAM:
        yield _reason("breast_unclear", Next.MAMMOGRAM, _BEIJING)
    elif examined.birads in _BIOPSY:
        yield _reason("breast", Next.BIOPSY, "GK")
    elif examined.birads == "6":
        yield _reason("breast_known", Next.DOCTOR, "GK")


def _reason(code: str, following: Next, source: str) -> Finding:
    return Finding(code, Outcome.NOTE, {"next": str(following)}, source=source)


def contradictions(examined: Examined) -> tuple[str, ...]:
    """Codes of what can't be true at once: a clerk's slip here would end a recall before it began."""
    found = []
    if examined.conclusion in _WITHOUT_FINDING and recall(examined):
        found.append("conclusion_against_values")
    if examined.hpv and "hpv" not in examined.items:
        found.append("hpv_not_done")
    if examined.tbs and "tct" not in examined.items:
        found.append("tct_not_done")
    if examined.birads and not BREAST_ITEMS & set(examined.items):
        found.append("breast_not_done")
    if not examined.items and examined.conclusion != "not_suitable":
        found.append("nothing_done")
    return tuple(found)


def next_due(examined: Examined, *, fallback_months: int | None = None) -> date | None:
    """The first day on which one of the examinations is due again; None when she is called back before.

    With HPV done the five years hold for the cervix, for it covers the cytology. ``fallback_months`` (the interval of
    the programme's terms) is for programmes without any of these items.
    """
    if examined.conclusion == "not_suitable" or recall(examined):
        return None
    done = set(examined.items) - ({"tct"} if "hpv" in examined.items else set())
    months = [interval.months for interval in INTERVALS if interval.item in done]
    if not months and fallback_months:
        months = [fallback_months]
    return later(examined.on, min(months)) if months else None


def later(day: date, months: int) -> date:
    """So many calendar months later, never past the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
