"""What must have been done, where, and by when, for a claim to be paid (§1.6, §1.7).

Findings that follow from a few values alone are kept: in a year of claims the same ones are made over and over.
"""

from functools import lru_cache

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import HospitalLevel, Reason, Treatment
from services.mutual_aid.rules.deadlines import lateness
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Line, Terms

_LEVELS = {code: place for place, code in enumerate(HospitalLevel.values)}
_NOTHING, _HOSPITAL, _SURGERY = (str(one.value) for one in (Treatment.NONE, Treatment.HOSPITAL, Treatment.SURGERY))
_ANY_HOSPITAL = str(HospitalLevel.CONVALESCENT.value)
_NO_STAY, _LEVEL = str(Reason.NO_HOSPITALISATION.value), str(Reason.HOSPITAL_LEVEL.value)


def conditions(terms: Terms, facts: Facts, line: Line | None) -> list[Finding]:
    """Treatment and hospital as the line asks, then notice and time limit. Nothing that isn't asked for is told."""
    findings = lateness(terms, facts)
    least = (line.hospital_level if line is not None else "") or terms.hospital_level
    if least and least != _ANY_HOSPITAL:
        findings.insert(0, _hospital(least, facts.hospital_level, terms.source_of("hospital_level")))
    if line is not None and line.treatment != _NOTHING:
        source = line.source or terms.source
        findings.insert(0, _treatment(line.treatment, facts.hospitalised, facts.surgery, source))
    return findings


@lru_cache(maxsize=256)
def _treatment(asked: str, hospitalised: bool | None, surgery: bool | None, source: str) -> Finding:
    """住院治疗或手术治疗 (§1.6 7., S17m). Unknown is no "no"."""
    figures = {"treatment": asked}
    if not asked:
        return Finding(_NO_STAY, Outcome.UNKNOWN, figures, source=source)
    if asked == _HOSPITAL:
        done = hospitalised
    elif asked == _SURGERY:
        done = surgery
    else:
        said = (hospitalised, surgery)
        done = True if True in said else None if None in said else False
    outcome = Outcome.UNKNOWN if done is None else Outcome.PASSED if done else Outcome.FAILED
    return Finding(_NO_STAY, outcome, figures, source=source)


@lru_cache(maxsize=256)
def _hospital(least: str, stated: str, source: str) -> Finding:
    """二级以上医院 (§1.7 S7m S12m S27), 二级乙等以上 (S22m), 三级 (S15m): the level asked for or a higher one."""
    level = _LEVELS.get(stated)
    outcome = Outcome.UNKNOWN
    if level is not None:
        outcome = Outcome.PASSED if level >= _LEVELS[least] else Outcome.FAILED
    return Finding(_LEVEL, outcome, {"least": least, "level": stated}, source=source)
