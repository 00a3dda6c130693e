"""What must have been done, where, and by when, for a claim to be paid (§1.6, §1.7)."""

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import HospitalLevel, Reason, Treatment
from services.mutual_aid.rules.deadlines import lateness
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Line, Terms

_LEVELS = {code: place for place, code in enumerate(HospitalLevel.values)}


def conditions(terms: Terms, facts: Facts, line: Line | None) -> list[Finding]:
    """Treatment and hospital as the line asks, then notice and time limit. Nothing that isn't asked for is told."""
    findings = []
    if line is not None:
        findings += _treatment(facts, line, line.source or terms.source)
    findings += _hospital(terms, facts, line)
    return findings + lateness(terms, facts)


def _treatment(facts: Facts, line: Line, source: str) -> list[Finding]:
    """住院治疗或手术治疗 (§1.6 7., S17m). Unknown is no "no"."""
    if line.treatment == Treatment.NONE:
        return []
    figures = {"treatment": line.treatment}
    if not line.treatment:
        return [Finding(Reason.NO_HOSPITALISATION.value, Outcome.UNKNOWN, figures, source=source)]
    said = {
        Treatment.HOSPITAL.value: [facts.hospitalised],
        Treatment.SURGERY.value: [facts.surgery],
        Treatment.EITHER.value: [facts.hospitalised, facts.surgery],
    }[line.treatment]
    outcome = Outcome.PASSED if True in said else Outcome.UNKNOWN if None in said else Outcome.FAILED
    return [Finding(Reason.NO_HOSPITALISATION.value, outcome, figures, source=source)]


def _hospital(terms: Terms, facts: Facts, line: Line | None) -> list[Finding]:
    """二级以上医院 (§1.7 S7m S12m S27), 二级乙等以上 (S22m), 三级 (S15m): the level asked for or a higher one."""
    least = (line.hospital_level if line is not None else "") or terms.hospital_level
    if not least or least == HospitalLevel.CONVALESCENT:
        return []
    figures = {"least": least, "level": facts.hospital_level}
    if facts.hospital_level not in _LEVELS:
        outcome = Outcome.UNKNOWN
    else:
        outcome = Outcome.PASSED if _LEVELS[facts.hospital_level] >= _LEVELS[least] else Outcome.FAILED
    return [Finding(Reason.HOSPITAL_LEVEL.value, outcome, figures, source=terms.source_of("hospital_level"))]
