"""Judging a claim by the rules, and keeping what was found: the version of the terms, the inputs, the findings.

Nothing is decided without a stored trace (D1): what a decision rested on is marked, and judging its inputs again under
its version gives the same outcome (T58).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.models import Assessment, Claim, CoverVersion, SchemeTerms
from services.mutual_aid.queries import claiming as known
from services.mutual_aid.queries.terms import terms_of, with_rows
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a claim stands now. ``facts`` is None while day or grade of the diagnosis aren't known; then nothing else is
    either. ``reason``: a code of ``enums.Reason``, or empty."""

    terms: SchemeTerms
    version: CoverVersion | None
    facts: Facts | None
    amount: Decimal | None
    ends_cover: bool | None
    reason: str
    certain: bool
    findings: tuple[Finding, ...]


def judge(claim: Claim, *, now: datetime) -> Judgement:
    """By the cover that answers for the day of the diagnosis as it is known now, and by that cover's own terms."""
    version = known.answering(claim, known.confirmed_of(claim).diagnosed)
    if version is None:
        return Judgement(claim.terms, None, None, None, None, "", False, ())
    filed = timezone.localdate(claim.case.submitted_at or now)
    facts = known.facts_of(claim, version, on=filed)
    if facts is None:
        return Judgement(version.terms, version, None, None, None, "", False, ())
    found = benefit(terms_of(version.terms), facts)
    return Judgement(
        version.terms, version, facts, found.amount, found.ends_cover, found.reason, found.certain, found.findings
    )


def assess(claim: Claim, *, by, now: datetime, decisive: bool = False) -> Judgement:
    """Judge and keep it. What is found again unchanged isn't kept twice, unless a decision rests on it.

    Must run in the transaction of what it is for. Writes ``computed``, cover and terms; a sum that nobody changed
    follows the rules.
    """
    judgement = judge(claim, now=now)
    if judgement.version is not None:
        claim.cover, claim.terms = judgement.version.cover, judgement.terms
    claim.computed = judgement.amount
    if claim.changed_by_id is None:
        claim.amount, claim.ends_cover = judgement.amount, judgement.ends_cover
    claim.save(update_fields=["cover", "terms", "computed", "amount", "ends_cover"])
    if judgement.facts is not None:
        _keep(claim, judgement, by=by, now=now, decisive=decisive)
    return judgement


def _keep(claim: Claim, judgement: Judgement, *, by, now: datetime, decisive: bool) -> None:
    inputs = judgement.facts.as_json()
    last = claim.assessments.order_by("-pk").first()
    if not decisive and last and (last.terms_id, last.inputs) == (judgement.terms.pk, inputs):
        return
    Assessment.objects.create(
        claim=claim,
        terms=judgement.terms,
        inputs=inputs,
        findings=[finding.as_json() for finding in judgement.findings],
        amount=judgement.amount,
        at=now,
        by=by,
        decisive=decisive,
    )


def again(assessment: Assessment) -> tuple[list[dict], Decimal | None]:
    """The stored inputs judged once more: findings as JSON and the sum, to be compared with what is stored."""
    version = with_rows(SchemeTerms.objects.filter(pk=assessment.terms_id)).get()
    found = benefit(terms_of(version), Facts.from_json(assessment.inputs))
    return [finding.as_json() for finding in found.findings], found.amount


def refuses(judgement: Judgement) -> list[Finding]:
    """What keeps it from being approved: rules that fail or can't be told."""
    return [one for one in judgement.findings if one.outcome in (Outcome.FAILED, Outcome.UNKNOWN)]
