"""What counts as income and as spending that can't be avoided (§3.2)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.foundation.identifiers import whole_years
from services.foundation.verdict import Finding, Outcome
from services.relief.enums import Health, IncomeKind, WorkState
from services.relief.rules.income import MONTHS, IncomeTerms
from services.relief.rules.money import plain
from services.relief.rules.values import AsJson

# What stands in the place of a wage: as much of it as there is isn't imputed again.
_EARNED = frozenset({IncomeKind.WAGES, IncomeKind.BUSINESS, IncomeKind.UNEMPLOYMENT, IncomeKind.PENSION})
_UNABLE = frozenset({Health.SERIOUS, Health.DISABLED})
_SOURCE = "§3.2 S77m"


@dataclass(frozen=True, slots=True)
class MoneyFact(AsJson):
    """One line of income or spending: a code of ``IncomeKind`` or ``SpendingKind``, yuan a year, and the key of the
    member whose it is (empty: of all)."""

    AMOUNTS = frozenset({"yearly"})

    kind: str
    yearly: Decimal
    member: str = ""


@dataclass(frozen=True, slots=True)
class MemberFact(AsJson):
    """One person of the household, named by a key. ``excused``: it was proven why she or he can't earn (S77m)."""

    DATES = frozenset({"birth_date"})

    key: str
    birth_date: date | None
    work: str | None = None
    health: str | None = None
    lives_with: bool = True
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Yuan a year. ``income`` is None while it isn't known whether a wage must be counted for somebody."""

    income: Decimal | None
    rigid: Decimal
    persons: int
    findings: tuple[Finding, ...]


def count(
    incoming: tuple[MoneyFact, ...],
    outgoing: tuple[MoneyFact, ...],
    members: tuple[MemberFact, ...],
    terms: IncomeTerms,
    *,
    minimum_wage: Decimal | None,
    on: date,
) -> Counted:
    """Income and spending of those who live together (§3.2 S77m S68 S79m).

    Counted are wages of all members, business, maintenance, pension, unemployment benefit, survivors' allowance,
    compensation, interest, rent, gifts, union grants. Left out are the kinds of ``terms.not_counted`` and what
    belongs to somebody who doesn't live with her. ``minimum_wage`` is yuan a month.
    """
    living = {member.key for member in members if member.lives_with}
    findings = []
    counted = defaultdict(Decimal)
    left_out, apart = defaultdict(Decimal), Decimal(0)
    for line in incoming:
        if line.member and line.member not in living:
            apart += line.yearly
        elif line.kind in terms.not_counted:
            left_out[line.kind] += line.yearly
        else:
            counted[line.kind] += line.yearly
    if counted:
        findings.append(_note("income_counted", {"kinds": _plain(counted)}))
    if left_out:
        findings.append(_note("income_not_counted", {"kinds": _plain(left_out)}))
    if apart:
        findings.append(_note("income_lives_apart", {"yearly": plain(apart)}))
    imputed, added = _imputed(incoming, members, terms, minimum_wage, on)
    findings += imputed
    spent = defaultdict(Decimal)
    for line in outgoing:
        if not line.member or line.member in living:
            spent[line.kind] += line.yearly
    if spent:
        findings.append(Finding("rigid_counted", Outcome.NOTE, {"kinds": _plain(spent)}, source="§3.2 S68 S79m"))
    unknown = any(finding.outcome is Outcome.UNKNOWN for finding in imputed)
    income = None if unknown else sum(counted.values(), added)
    return Counted(income, sum(spent.values(), Decimal(0)), len(living), tuple(findings))


def _imputed(
    incoming, members, terms: IncomeTerms, minimum_wage: Decimal | None, on: date
) -> tuple[list[Finding], Decimal]:
    """Who could work, is without a job and not at school counts with the minimum wage unless proven otherwise (S77m).

    Only what is missing to a year's minimum wage is added to what she or he has of her own.
    """
    findings, added = [], Decimal(0)
    for member in members:
        answer = _could_earn(member, terms, on)
        if answer and member.excused:
            findings.append(_note("wage_excused", {"member": member.key}))
        elif answer is None:
            findings.append(Finding("work_known", Outcome.UNKNOWN, {"member": member.key}, source=_SOURCE))
        elif answer and minimum_wage is None:
            findings.append(_note("minimum_wage_unset", {"member": member.key}))
        elif answer:
            own = sum((f.yearly for f in incoming if f.member == member.key and f.kind in _EARNED), Decimal(0))
            more = max(minimum_wage * MONTHS - own, Decimal(0))
            figures = {"member": member.key, "wage": plain(minimum_wage), "own": plain(own), "added": plain(more)}
            findings.append(_note("wage_imputed", figures))
            added += more
    return findings, added


def _could_earn(member: MemberFact, terms: IncomeTerms, on: date) -> bool | None:
    """Would the minimum wage be counted for this member? None: her work isn't known. Laid off isn't idle: only those
    without a job are (§3.4 tells 有劳动能力未就业 from 下岗失业)."""
    if not member.lives_with or member.health in _UNABLE:
        return False
    age = whole_years(member.birth_date, on) if member.birth_date else terms.working_age_from
    if not terms.working_age_from <= age <= terms.working_age_to:
        return False
    if not member.work:
        return None
    return member.work == WorkState.JOBLESS


def _note(code: str, figures: dict) -> Finding:
    return Finding(code, Outcome.NOTE, figures, source=_SOURCE)


def _plain(sums: dict[str, Decimal]) -> dict[str, str]:
    return {str(kind): plain(total) for kind, total in sums.items()}
