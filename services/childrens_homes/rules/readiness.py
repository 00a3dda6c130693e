"""Whether a home is as the plan asks (A1.05-A1.07, A1.11, A1.13-A1.15, A1.20, A1.22, rubric R4-R8).

Each finding tells the value it was judged by. What isn't stated is unknown, never failed; what the profile isn't asked
for has no finding.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from services.childrens_homes.rules.areas import enough
from services.childrens_homes.rules.committees import missing_seats
from services.childrens_homes.rules.people import educated_enough
from services.foundation.verdict import Finding, Outcome

SCHOOL = "school"
WALL = ("study", "activity", "management")
PLANS = ("long_term_plan", "annual_plan")
CODES = (
    *("room", "outdoor", "internet", "safety", "committee", "wall_rules", "plans"),
    *("teachers", "education", "equipment"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The numbers and levels of the programme, with the words they were read from by code."""

    room_least: Decimal | None = Decimal(40)
    outdoor_least: Decimal | None = Decimal(100)
    teachers_least: int = 1
    teachers_most: int = 2
    education_school: str = "college"
    education_preschool: str = "secondary_voc"
    phrases: dict | None = None

    def education(self, profile: str) -> str:
        return self.education_school if profile == SCHOOL else self.education_preschool

    def words(self, code: str) -> str:
        return (self.phrases or {}).get(code, "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a home on a day. ``committee`` None: there is none. ``equipment`` None: nobody told."""

    profile: str
    room_m2: Decimal | None = None
    outdoor_m2: Decimal | None = None
    internet: bool | None = None
    safe: bool | None = None
    committee: Collection[tuple[str, str]] | None = None
    at_school: bool = False
    on_wall: Collection[str] = ()
    written: Collection[str] = ()
    teachers: int = 0
    education: Collection[str] = ()
    equipment: bool | None = None
    equipment_source: str = ""


def readiness(known: Known, asked: Asked) -> list[Finding]:
    """One finding for each thing that this profile is asked for, in the order of the matrix."""
    return [one for code in CODES if (one := _RULES[code](known, asked)) is not None]


def ready(findings: Collection[Finding]) -> bool:
    return all(one.outcome in (Outcome.PASSED, Outcome.NOTE) for one in findings)


def _judged(code: str, passed: bool | None, source: str = "", **figures) -> Finding:
    outcome = Outcome.UNKNOWN if passed is None else Outcome.PASSED if passed else Outcome.FAILED
    return Finding(code, outcome, figures, source=source)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _room(known: Known, asked: Asked) -> Finding:
    passed = enough(known.room_m2, asked.room_least)
    return _judged("room", passed, asked.words("room"), area=_plain(known.room_m2), least=_plain(asked.room_least))


def _outdoor(known: Known, asked: Asked) -> Finding:
    passed = enough(known.outdoor_m2, asked.outdoor_least)
    source = asked.words("outdoor")
    return _judged("outdoor", passed, source, area=_plain(known.outdoor_m2), least=_plain(asked.outdoor_least))


def _internet(known: Known, asked: Asked) -> Finding | None:
    if known.profile != SCHOOL:
        return None
    return _judged("internet", known.internet, "保证中小学留守儿童之家能上网")


def _safety(known: Known, asked: Asked) -> Finding:
    return _judged("safety", known.safe, "提供符合安全要求的活动场所")


def _committee(known: Known, asked: Asked) -> Finding:
    if known.committee is None:
        return _judged("committee", False, there=False, heads=[], deputies=[])
    missing = missing_seats(known.profile, known.committee, at_school=known.at_school)
    figures = {"there": True, "heads": list(missing.heads), "deputies": list(missing.deputies)}
    return _judged("committee", not missing, **figures)


def _wall_rules(known: Known, asked: Asked) -> Finding:
    missing = [kind for kind in WALL if kind not in known.on_wall]
    return _judged("wall_rules", not missing, "涉及学习、活动、管理等方面的规章制度", missing=missing)


def _plans(known: Known, asked: Asked) -> Finding:
    missing = [kind for kind in PLANS if kind not in known.written]
    return _judged("plans", not missing, "制定长期规划和年度工作计划", missing=missing)


def _teachers(known: Known, asked: Asked) -> Finding:
    """V4: a warning, never a failure of its own, except where there is nobody at all."""
    figures = {"teachers": known.teachers, "least": asked.teachers_least, "most": asked.teachers_most}
    if known.teachers < asked.teachers_least:
        return _judged("teachers", False, asked.words("teachers"), **figures)
    if known.teachers > asked.teachers_most:
        return Finding("teachers", Outcome.NOTE, figures, source=asked.words("teachers"))
    return _judged("teachers", True, asked.words("teachers"), **figures)


def _education(known: Known, asked: Asked) -> Finding:
    """V5, of everybody who manages the home; teachers manage where no manager is named."""
    least = asked.education(known.profile)
    source = asked.words("education_school" if known.profile == SCHOOL else "education_preschool")
    if not known.education:
        return _judged("education", None, source, least=least, below=0)
    below = sum(not educated_enough(one, least) for one in known.education)
    return _judged("education", not below, source, least=least, below=below)


def _equipment(known: Known, asked: Asked) -> Finding:
    return _judged("equipment", known.equipment, origin=known.equipment_source)


_RULES: dict[str, Callable[[Known, Asked], Finding | None]] = {
    "room": _room,
    "outdoor": _outdoor,
    "internet": _internet,
    "safety": _safety,
    "committee": _committee,
    "wall_rules": _wall_rules,
    "plans": _plans,
    "teachers": _teachers,
    "education": _education,
    "equipment": _equipment,
}
