"""What would a diagnosis give? Judged by the very rule that decides claims, kept nowhere."""

from dataclasses import dataclass

from services.foundation.said import yuan
from services.mutual_aid import queries, wording
from services.mutual_aid.models import SchemeTerms
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Tried:
    """``amount`` is empty while a figure isn't known; ``rows``: (outcome, rule, value, remedy, word, source)."""

    amount: str
    refusal: str
    certain: bool
    rows: list[tuple]


def trial(version: SchemeTerms, said: dict) -> Tried:
    """``said``: the cleaned answers of ``forms.schemes.TryForm``."""
    days = said["hospital_days"]
    judged = benefit(
        queries.terms_of(version),
        Facts(
            effective=said["effective"],
            diagnosed=said["diagnosed"],
            grade=said["grade"],
            shares=said["shares"],
            renewal=said["renewal"],
            disease=said["disease"],
            hospitalised=None if days is None else days > 0,
            hospital_days=days,
            hospital_level=said["hospital_level"],
            surgery={"yes": True, "no": False}.get(said["surgery"]),
        ),
    )
    return Tried(
        amount="" if judged.amount is None else yuan(f"{judged.amount:.2f}"),
        refusal=wording.refusals.to_her(judged.reason) if judged.reason else "",
        certain=judged.certain,
        rows=[(str(one.outcome), *wording.explain(one), wording.outcome(one), one.source) for one in judged.findings],
    )
