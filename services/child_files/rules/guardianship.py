"""Who may consent for a child, and who may be entrusted with one.

Sources: Civil Code Arts. 27-31 (parents stay guardians while they are away; others need a legal ground), Law on the
Protection of Minors Arts. 22-23 (a carer is entrusted, four grounds exclude, the child's opinion is heard, weekly
contact, written notice to school and village committee).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from services.foundation.verdict import Finding, Outcome

PARENT = "parent"
_PARENTS = frozenset({"mother", "father"})
GUARDIANS_ONLY = "guardian_consents"
EXCLUSIONS = ("violence", "addiction", "neglected_duty", "otherwise_unfit")
CONTACT_EVERY = timedelta(days=7)


def may_consent(
    *, basis: str, relation: str, evidence: bool, valid_from: date, valid_to: date | None, on: date
) -> Finding:
    """Whether a stated guardianship lets somebody consent on a day; ``figures["why"]`` is a code where it doesn't."""
    why = ""
    if not basis:
        why = "carer_only"
    elif basis == PARENT and relation not in _PARENTS:
        why = "not_a_parent"
    elif basis != PARENT and not evidence:
        why = "no_evidence"
    elif on < valid_from or (valid_to and on > valid_to):
        why = "not_in_force"
    outcome = Outcome.FAILED if why else Outcome.PASSED
    return Finding(GUARDIANS_ONLY, outcome, {"why": why}, source="民法典第二十七条、第二十八条、第三十一条")


def excluded_by(checks: dict[str, bool | None]) -> tuple[str, ...]:
    """The grounds that apply. ``checks``: True where the ground applies, False where it was looked into and doesn't."""
    return tuple(ground for ground in EXCLUSIONS if checks.get(ground))


def all_checked(checks: dict[str, bool | None]) -> bool:
    return all(checks.get(ground) is not None for ground in EXCLUSIONS)


def contact_due(last: date | None, begun: date) -> date:
    """The day by which the parents have to be in touch again: at least once a week (Art. 23)."""
    return (last or begun) + CONTACT_EVERY


@dataclass(frozen=True, slots=True)
class Stated:
    """A guardian as the teacher writes her down."""

    name: str
    phone: str
    relation: str
    basis: str
    evidence: str = ""
    address: str = ""
    lives_with_child: bool = False
