"""What keeps a claim from being paid whatever the day: no cover, no listed disease, an exclusion, a claim before."""

from functools import lru_cache

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import Exclusion, Grade, InSitu, Reason
from services.mutual_aid.rules.days import last_day
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Disease, Terms

# Codes as plain texts: these rules are asked of every claim of a year.
_PRE_EXISTING, _UNCOVERED, _NOT_LISTED, _METASTASIS, _CIS, _DUPLICATE, _PRIOR = (
    str(reason.value)
    for reason in (
        *(Reason.PRE_EXISTING, Reason.NOT_INSURED_AT_DATE, Reason.NOT_LISTED, Reason.METASTASIS),
        *(Reason.CIS_EXCLUDED, Reason.DUPLICATE, Reason.PRIOR_DISEASE),
    )
)
_FRAUD, _MISDIAGNOSIS = str(Reason.FRAUD.value), str(Reason.MISDIAGNOSIS.value)


def barriers(terms: Terms, facts: Facts) -> list[Finding]:
    """Findings in the order in which they are told; the first that failed is the reason of a refusal."""
    disease = terms.by_code.get(facts.disease)
    findings = _before(terms, facts)
    findings.append(_covered(terms, facts))
    findings.append(_listed(terms, facts, disease))
    if facts.grade == Grade.METASTATIC:
        findings.append(_metastasis(terms, disease))
    elif facts.grade == Grade.IN_SITU:
        findings += _in_situ(terms, facts, disease)
    if facts.earlier:
        findings += _earlier(terms, facts)
    for code, said in ((_FRAUD, facts.fraud), (_MISDIAGNOSIS, facts.misdiagnosis)):
        if said is not None:
            outcome = Outcome.FAILED if said else Outcome.PASSED
            findings.append(Finding(code, outcome, {}, source=terms.source_of("exclusions")))
    return findings


def _before(terms: Terms, facts: Facts) -> list[Finding]:
    """She had it before she joined (§1.4 S10m S7m S16, §1.6): diagnosed before a first cover begins, or found so."""
    too_early = facts.diagnosed < facts.effective and not facts.renewal
    if not too_early and facts.pre_existing is None:
        return []
    figures, source = {"effective": facts.effective.isoformat()}, terms.source_of("exclusions")
    had_it = too_early or bool(facts.pre_existing)
    if had_it and terms.exclusions is not None and Exclusion.PRE_EXISTING not in terms.exclusions:
        return [] if too_early else [Finding("pre_existing_allowed", Outcome.NOTE, figures, source=source)]
    outcome = Outcome.FAILED if had_it else Outcome.PASSED
    return [Finding(_PRE_EXISTING, outcome, figures, source=source)]


def _covered(terms: Terms, facts: Facts) -> Finding:
    """From 00:00 of the first day to 24:00 of the last (§1.5 S14)."""
    last = facts.last
    if last is None and terms.period_months is not None:
        last = last_day(facts.effective, terms.period_months)
    figures = {"effective": facts.effective.isoformat(), "last": last.isoformat() if last else ""}
    figures["diagnosed"] = facts.diagnosed.isoformat()
    inside = facts.effective <= facts.diagnosed and (last is None or facts.diagnosed <= last)
    outcome = Outcome.FAILED if not inside else Outcome.UNKNOWN if last is None else Outcome.PASSED
    return Finding(_UNCOVERED, outcome, figures, source=terms.source_of("period_months"))


def _listed(terms: Terms, facts: Facts, disease: Disease | None) -> Finding:
    """Only what is on the list is covered (§1.3). A list that isn't known whole refuses nobody."""
    source = terms.source_of("diseases")
    if not facts.disease:
        return Finding("taken_as_listed", Outcome.NOTE, {}, source=source)
    if disease is not None:
        return _on_the_list(disease.name, source)
    outcome = Outcome.FAILED if terms.diseases_complete else Outcome.UNKNOWN
    return Finding(_NOT_LISTED, outcome, {"disease": ""}, source=source)


@lru_cache(maxsize=256)
def _on_the_list(name: str, source: str) -> Finding:
    return Finding(_NOT_LISTED, Outcome.PASSED, {"disease": name}, source=source)


def _metastasis(terms: Terms, disease: Disease | None) -> Finding:
    """A listed disease caused by the spread of another isn't covered (§1.6 S12m); "primary" says the same (S14)."""
    asked = [disease] if disease is not None else terms.diseases
    primary = bool(asked) and all(one.primary_only for one in asked)
    excluded = primary or (terms.exclusions is not None and Exclusion.METASTASIS in terms.exclusions)
    source = terms.source_of("exclusions")
    if excluded:
        return Finding(_METASTASIS, Outcome.FAILED, {}, source=source)
    unknown = terms.exclusions is None or any(one.primary_only is None for one in asked)
    return Finding(_METASTASIS, Outcome.UNKNOWN if unknown else Outcome.PASSED, {}, source=source)


def _in_situ(terms: Terms, facts: Facts, disease: Disease | None) -> list[Finding]:
    """Carcinoma in situ: excluded, a sum of its own, or the same as invasive cancer (§1.3)."""
    asked = [disease] if disease is not None else terms.diseases
    by_disease = bool(asked) and all(one.in_situ == InSitu.EXCLUDED for one in asked)
    by_terms = terms.exclusions is not None and Exclusion.IN_SITU in terms.exclusions
    source = terms.source_of("exclusions" if by_terms else "diseases")
    if by_disease or by_terms:
        return [Finding(_CIS, Outcome.FAILED, {}, source=source)]
    if disease is not None and disease.in_situ == InSitu.SAME:
        return [Finding("in_situ_as_invasive", Outcome.NOTE, {"disease": disease.name}, source=source)]
    return []


def _earlier(terms: Terms, facts: Facts) -> list[Finding]:
    """One claim ends the cover; a disease once paid for is never covered again (§1.5 S7m S12m S17m S22m)."""
    findings = []
    here = [one for one in facts.earlier if facts.cover and one.cover == facts.cover]
    claimed = [one for one in here if one.ended or one.disease == facts.disease]
    if claimed:
        figures = {"diagnosed": min(one.diagnosed for one in claimed).isoformat()}
        findings.append(Finding(_DUPLICATE, Outcome.FAILED, figures, source=terms.source))
    before = [one for one in facts.earlier if one not in here]
    if not before:
        return findings
    code, source = _PRIOR, terms.source_of("after_claim")
    if not facts.disease:
        return [*findings, Finding(code, Outcome.UNKNOWN, {"missing": ["disease"]}, source=source)]
    again = [one.diagnosed for one in before if one.disease == facts.disease]
    outcome = Outcome.FAILED if again else Outcome.PASSED
    figures = {"diagnosed": max(again).isoformat()} if again else {}
    return [*findings, Finding(code, outcome, figures, source=source)]
