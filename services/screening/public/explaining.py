"""An assessment as her page shows it: the verdict in a sentence, then every rule with its reason."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from services.foundation.verdict import Outcome
from services.screening import wording
from services.screening.rules import Assessment
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: its own words, her value and where it comes from, and what would change it."""

    outcome: str
    title: str
    value: str
    origin: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Explained:
    verdict: str
    sentence: str
    outlook: str
    rules: list[Row]


def explained(assessment: Assessment, worker: Worker | None = None) -> Explained:
    """Words in the language of the request; nothing is decided here. Of a woman on a roster it says of what day her
    record is."""
    rows, of = [], localdate(worker.updated_at) if worker else None
    for finding in assessment.findings:
        title, value, remedy = wording.explain(finding)
        known = finding.outcome is not Outcome.UNKNOWN
        rows.append(
            Row(str(finding.outcome), title, value, wording.origin(finding, roster_of=of) if known else "", remedy)
        )
    return Explained(str(assessment.verdict), wording.verdict(assessment), wording.outlook(assessment), rows)


@dataclass(frozen=True, slots=True)
class PoolShown:
    """A pool as the public reads it: its name, whom it is for, what is left; None where the number isn't asked for."""

    name: str
    lines: list[str]
    left: int | None


def pools_shown(pools) -> list[PoolShown]:
    return [PoolShown(str(pool), wording.pool_lines(pool), getattr(pool, "left", None)) for pool in pools]
