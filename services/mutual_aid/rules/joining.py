"""Whether one woman may join (§1.4): findings about a person before her unit hands the batch in."""

from dataclasses import dataclass
from datetime import date

from services.foundation.identifiers import whole_years
from services.foundation.months import add_months
from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import AfterClaim, AgeLimit, Duplicates, MidTerm, PriorDisease
from services.mutual_aid.rules.retirement import below_retirement
from services.mutual_aid.rules.terms import Terms

TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class Held:
    """A cover of the same scheme that she has in this period, by this unit or another; ``in_this_batch``: only a row
    further up in the same roster."""

    first: date | None
    last: date | None
    shares: int
    in_this_batch: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of her. None: not known. ``retires_at``: 50 or 55, the legal age of her post before 2025.

    ``had_listed``: a listed disease before this join, by our records or her own statement; ``claimed``: a claim of
    hers was paid in an earlier period; ``told``: one that was refused names an illness; ``unit_began``: the first day
    of the unit's running period, for additions.
    """

    birth_date: date
    employed: bool | None = True
    employment_type: str = ""
    hired_on: date | None = None
    retires_at: int | None = None
    had_listed: bool | None = None
    told: bool = False
    claimed: bool = False
    held: tuple[Held, ...] = ()
    unit_began: date | None = None


def findings_on(terms: Terms, person: Person, *, shares: int, on: date) -> list[Finding]:
    """All that can be said of her joining with so many shares on a day; ``on`` is the first day of the cover."""
    findings = [_age_floor(terms, person, on), *_age_limit(terms, person, on), _employed(person, terms)]
    findings += _employment(terms, person, on)
    findings += _health(terms, person)
    findings += _already(terms, person, shares)
    findings.append(_shares(terms, shares, person))
    findings += _mid_term(terms, person)
    return [one for one in findings if one is not None]


def may_join(findings: list[Finding]) -> bool | None:
    """No as soon as one fails; open while one is unknown."""
    outcomes = {one.outcome for one in findings}
    if Outcome.FAILED in outcomes:
        return False
    return None if Outcome.UNKNOWN in outcomes else True


def _age_floor(terms: Terms, person: Person, on: date) -> Finding | None:
    """From 16 (S7m S8m), 18 in older texts (S9m S22m); in whole years, the birthday itself counts. 0: no floor."""
    if terms.age_min == 0:
        return None
    age = whole_years(person.birth_date, on)
    figures = {"age": age, "least": terms.age_min}
    if terms.age_min is None:
        return Finding("youngest_age", Outcome.UNKNOWN, figures, source=terms.source_of("age_min"))
    outcome = Outcome.PASSED if age >= terms.age_min else Outcome.FAILED
    return Finding("youngest_age", outcome, figures, source=terms.source_of("age_min"))


def _age_limit(terms: Terms, person: Person, on: date) -> list[Finding]:
    """Up to 60 (S7m S10m), 55 (S9m): that year of life included; or below the legal retirement age (S17m S24)."""
    source = terms.source_of("age_max")
    if terms.age_limit == AgeLimit.NONE:
        return []
    if terms.age_limit == AgeLimit.RETIREMENT:
        below = below_retirement(person.birth_date, on, person.retires_at)
        outcome = Outcome.UNKNOWN if below is None else Outcome.PASSED if below else Outcome.FAILED
        return [Finding("retirement_age", outcome, {"retires_at": person.retires_at}, source=source)]
    age = whole_years(person.birth_date, on)
    figures = {"age": age, "most": terms.age_max}
    if terms.age_limit != AgeLimit.FIXED or terms.age_max is None:
        return [Finding("oldest_age", Outcome.UNKNOWN, figures, source=source)]
    outcome = Outcome.PASSED if age <= terms.age_max else Outcome.FAILED
    return [Finding("oldest_age", outcome, figures, source=source)]


def _employed(person: Person, terms: Terms) -> Finding:
    """Retired, or not of this unit: refused (S8m S7m)."""
    outcome = Outcome.UNKNOWN if person.employed is None else Outcome.PASSED if person.employed else Outcome.FAILED
    return Finding("employed", outcome, {}, source=terms.source_of("employment_types"))


def _employment(terms: Terms, person: Person, on: date) -> list[Finding]:
    """Formal, contract, and temporary staff employed for over a year (S7m S8m S9m)."""
    findings, source = [], terms.source_of("employment_types")
    if terms.employment_types:
        figures = {"type": person.employment_type, "admitted": list(terms.employment_types)}
        known = bool(person.employment_type)
        outcome = Outcome.PASSED if person.employment_type in terms.employment_types else Outcome.FAILED
        findings.append(Finding("employment", outcome if known else Outcome.UNKNOWN, figures, source=source))
    if terms.temporary_months and person.employment_type == TEMPORARY:
        figures = {"months": terms.temporary_months, "since": person.hired_on.isoformat() if person.hired_on else ""}
        outcome = Outcome.UNKNOWN
        if person.hired_on is not None:
            enough = add_months(person.hired_on, terms.temporary_months) < on
            outcome = Outcome.PASSED if enough else Outcome.FAILED
        findings.append(Finding("temporary_staff", outcome, figures, source=source))
    return findings


def _health(terms: Terms, person: Person) -> list[Finding]:
    """A listed disease before: she may not join, or gets nothing for it (S10m S7m S16). Paid before: never again by
    some (S3m), only not for the same disease by others (S7m)."""
    findings = []
    if person.had_listed:
        bars = {PriorDisease.BARS.value: Outcome.FAILED, PriorDisease.NOT_COVERED.value: Outcome.NOTE}
        outcome = bars.get(terms.prior_disease, Outcome.UNKNOWN)
        findings.append(Finding("earlier_disease", outcome, {}, source=terms.source_of("prior_disease")))
    elif person.told:
        # Refused claims are no proof: where a disease before joining bars, somebody looks; elsewhere it isn't covered.
        note = terms.prior_disease == PriorDisease.NOT_COVERED.value
        outcome = Outcome.NOTE if note else Outcome.UNKNOWN
        findings.append(Finding("earlier_diagnosis", outcome, {}, source=terms.source_of("prior_disease")))
    if person.claimed:
        bars = {AfterClaim.NEVER.value: Outcome.FAILED, AfterClaim.NOT_THE_SAME.value: Outcome.NOTE}
        outcome = bars.get(terms.after_claim, Outcome.UNKNOWN)
        findings.append(Finding("earlier_claim", outcome, {}, source=terms.source_of("after_claim")))
    return findings


def _already(terms: Terms, person: Person, shares: int) -> list[Finding]:
    """Covered in this period already: the first counts and the second is void (S14), or shares add up (§1.4)."""
    if not person.held:
        return []
    first = person.held[0]
    figures = {
        "last": first.last.isoformat() if first.last else "",
        "shares": sum(one.shares for one in person.held),
        "in_this_batch": all(one.in_this_batch for one in person.held),
    }
    # Shares are added to one cover; between two of them it isn't said which.
    several = sum(not one.in_this_batch for one in person.held) > 1
    adding = Outcome.FAILED if several else Outcome.NOTE
    outcomes = {Duplicates.FIRST_COUNTS.value: Outcome.FAILED, Duplicates.ADD_UP.value: adding}
    outcome = outcomes.get(terms.duplicates, Outcome.UNKNOWN)
    return [Finding("already_covered", outcome, figures, source=terms.source_of("duplicates"))]


def _shares(terms: Terms, shares: int, person: Person) -> Finding:
    """At most so many shares a person and period (§1.2), those she holds included where they add up."""
    held = sum(one.shares for one in person.held) if terms.duplicates == Duplicates.ADD_UP else 0
    figures = {"shares": shares, "held": held, "most": terms.max_shares}
    source = terms.source_of("max_shares")
    if shares < 1:
        return Finding("shares", Outcome.FAILED, figures, source=source)
    if terms.max_shares is None:
        return Finding("shares", Outcome.UNKNOWN, figures, source=source)
    outcome = Outcome.PASSED if shares + held <= terms.max_shares else Outcome.FAILED
    return Finding("shares", outcome, figures, source=source)


def _mid_term(terms: Terms, person: Person) -> list[Finding]:
    """Additions while the period runs: nobody, only new hires (S17m S19m), anybody."""
    if person.unit_began is None:
        return []
    source = terms.source_of("mid_term")
    figures = {"began": person.unit_began.isoformat(), "rule": terms.mid_term}
    if terms.mid_term == MidTerm.NEW_HIRES:
        figures["hired"] = person.hired_on.isoformat() if person.hired_on else ""
        outcome = Outcome.UNKNOWN
        if person.hired_on is not None:
            outcome = Outcome.PASSED if person.hired_on >= person.unit_began else Outcome.FAILED
        return [Finding("addition", outcome, figures, source=source)]
    outcomes = {MidTerm.ANYBODY.value: Outcome.PASSED, MidTerm.NOBODY.value: Outcome.FAILED}
    return [Finding("addition", outcomes.get(terms.mid_term, Outcome.UNKNOWN), figures, source=source)]
