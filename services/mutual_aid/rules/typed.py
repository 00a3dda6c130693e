"""What is said of a claim on a page, before it is kept, and what can't be right in it."""

from dataclasses import dataclass
from datetime import date

from services.foundation.plain_values import AsJson
from services.mutual_aid.enums import Grade, HospitalLevel

# What she writes when the illness isn't among those of the list.
NOT_ON_THE_LIST = "other"
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Stated(AsJson):
    """What she, or whoever acts for her, says. None and '': not said. ``hospital`` is its name, ``told`` her words."""

    DATES = frozenset({"diagnosed", "discovered"})

    diagnosed: date | None = None
    discovered: date | None = None
    disease: str = ""
    grade: str = ""
    hospital: str = ""
    hospital_level: str = ""
    hospitalised: bool | None = None
    hospital_days: int | None = None
    surgery: bool | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` has words; ``field`` is the one it stands beside."""

    code: str
    field: str


def faults_of(stated: Stated, *, diseases: frozenset[str], today: date) -> list[Fault]:
    """All at once. What isn't said yet is no fault: the task list asks for it."""
    found = []
    if stated.diagnosed is not None and stated.diagnosed > today:
        found.append(Fault("in_future", "diagnosed"))
    if stated.discovered is not None and stated.discovered > today:
        found.append(Fault("in_future", "discovered"))
    if stated.disease and stated.disease != NOT_ON_THE_LIST and stated.disease not in diseases:
        found.append(Fault("unknown_choice", "disease"))
    if stated.grade and stated.grade not in Grade.values:
        found.append(Fault("unknown_choice", "grade"))
    if stated.hospital_level and stated.hospital_level not in HospitalLevel.values:
        found.append(Fault("unknown_choice", "hospital_level"))
    return found + _stay(stated)


def _stay(stated: Stated) -> list[Fault]:
    days = stated.hospital_days
    if days is None:
        return []
    if not 0 <= days <= MOST_DAYS:
        return [Fault("days_impossible", "hospital_days")]
    if stated.hospitalised is False and days:
        return [Fault("days_without_stay", "hospital_days")]
    return [Fault("stay_without_days", "hospital_days")] if stated.hospitalised and not days else []
