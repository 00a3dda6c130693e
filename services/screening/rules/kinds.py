"""The three kinds of programme as data: which rules belong to each, what they usually say, and what is fixed.

Employer duty, union charity and public health rest on different ground and are never merged (DOMAIN-services §2.1).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.foundation.months import add_months

CHARITY, EMPLOYER_DUTY, PUBLIC_HEALTH = "charity", "employer_duty", "public_health"
ALL, SAME = "all", "same"
BLOCK, WARN = "block", "warn"
HPV = "hpv"

# The employer's check-up is due every one to two years, by region (S41m, S42, S43m).
SHORTEST_DUTY, LONGEST_DUTY = 12, 24
DUTY_MONTHS: dict[str, int] = {
    "fujian": 24,  # Fujian 2020, article 7: every two years (S41m)
    "shanxi": 12,  # Shanxi: at least one gynaecological check-up a year (S42)
}


@dataclass(frozen=True, slots=True)
class KindRules:
    """``terms`` are the fields of the terms that belong to the kind, in sections (heading code, names).

    ``usual`` is what a new programme begins with, ``fixed`` what holds for every programme of the kind, ``booking`` the
    same for its offering; ``employed`` says whether only women who work in a unit may take part. ``source`` names
    where the kind's rules come from.
    """

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    usual: dict[str, object]
    fixed: dict[str, object]
    source: str
    booking: dict[str, object] = field(default_factory=dict)
    employed: bool = True

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(name for _heading, names in self.sections for name in names)


_NOBODY_ASKED = {
    "age_min": None,
    "age_max": None,
    "interval_months_hpv": None,
    "membership_required": False,
    "marital_rule": "any",
    "employment_types": [],
    "priority_employment_types": [],
    "residence_required": False,
    "roster_only": False,
    "region": "",
    "added_from_age": None,
    "added_items": [],
}
_CONSENT = ("consent", ("paper_consent",))
_INTERVAL = ("interval_months", "interval_counts", "elsewhere")


def _but(*names: str, **fixed) -> dict[str, object]:
    """What is fixed for a kind: nobody is asked for what isn't among its own terms."""
    return {name: value for name, value in _NOBODY_ASKED.items() if name not in names} | fixed


_CHARITY_WHO = ("age_min", "age_max", "membership_required", "marital_rule", "employment_types")
_HEALTH_WHO = ("age_min", "age_max", "residence_required")
KINDS: dict[str, KindRules] = {
    CHARITY: KindRules(
        sections=(
            ("who", _CHARITY_WHO),
            ("first", ("priority_employment_types",)),
            ("interval", _INTERVAL),
            _CONSENT,
        ),
        usual={"age_min": 35, "age_max": 64, "interval_months": 24, "interval_counts": ALL, "elsewhere": BLOCK},
        fixed=_but(*_CHARITY_WHO, "priority_employment_types"),
        source="DOMAIN-services §2.1-2.2: S46m, S47, S49",
    ),
    EMPLOYER_DUTY: KindRules(
        sections=(
            ("region", ("region", "interval_months")),
            ("interval", ("interval_counts", "elsewhere")),
            ("items", ("added_from_age", "added_items")),
            _CONSENT,
        ),
        # What she had from others takes nothing from what her employer owes her: DESIGN.
        usual={
            "region": "other",
            "interval_months": LONGEST_DUTY,
            "interval_counts": SAME,
            "elsewhere": WARN,
            "added_from_age": 35,
        },
        fixed=_but("region", "added_from_age", "added_items", roster_only=True),
        source="DOMAIN-services §2.1: S41m, S42, S43m",
        booking={"remainder_open": False},
    ),
    PUBLIC_HEALTH: KindRules(
        sections=(
            ("who", _HEALTH_WHO),
            ("interval", ("interval_months", "interval_months_hpv", "interval_counts", "elsewhere")),
            _CONSENT,
        ),
        # Cytology every three years or HPV every five (S62m); whoever her employer screened waits as well (S48m).
        usual={
            "age_min": 35,
            "age_max": 64,
            "residence_required": True,
            "interval_months": 36,
            "interval_months_hpv": 60,
            "interval_counts": ALL,
            "elsewhere": BLOCK,
        },
        fixed=_but(*_HEALTH_WHO, "interval_months_hpv"),
        source="DOMAIN-services §2.1-2.3: S48m, S52m, S62m",
        employed=False,
    ),
}


def duty_months(region: str, months: int | None) -> int | None:
    """The interval of an employer's check-up: the region's own figure, else the one given. None: it must be given.

    Raises ``ValueError`` when it isn't the region's, or lies outside the one to two years that are seen anywhere.
    """
    known = DUTY_MONTHS.get(region)
    if months is None:
        return known
    if (known is not None and months != known) or not SHORTEST_DUTY <= months <= LONGEST_DUTY:
        raise ValueError(f"{months} months")
    return months


@dataclass(frozen=True, slots=True)
class Past:
    """One screening she had. ``kind`` and ``method`` are empty where they are not known."""

    on: date
    kind: str = ""
    method: str = ""
    source: str = ""


class IntervalTerms(Protocol):
    interval_months: int | None
    interval_months_hpv: int | None
    interval_counts: str


def months_after(method: str, terms: IntervalTerms) -> int | None:
    """The interval that follows a screening by the method: an HPV test may hold longer (S62m)."""
    return terms.interval_months_hpv if method == HPV and terms.interval_months_hpv else terms.interval_months


def counts(kind: str, terms: IntervalTerms, own: str) -> bool:
    """Does a screening of the kind count for a programme of the kind ``own``? One of unknown kind may."""
    return terms.interval_counts == ALL or kind in ("", own)


def deciding(past: Iterable[Past], terms: IntervalTerms, *, own: str) -> Past | None:
    """Of the screenings that count, the one after which she waits longest; a known kind decides before an unknown."""
    counted = [one for one in past if counts(one.kind, terms, own)]

    def waits_until(one: Past) -> tuple[date, bool]:
        return add_months(one.on, months_after(one.method, terms) or 0), bool(one.kind)

    return max(counted, key=waits_until, default=None)
