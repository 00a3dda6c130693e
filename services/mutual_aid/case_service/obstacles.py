"""Why a verb can't be done yet. Everything at once, each as a finding that has words."""

from collections.abc import Iterator
from datetime import datetime

from services.casework.enums import StepKind, Verb
from services.casework.policies import step_of
from services.foundation.verdict import Finding, Outcome
from services.foundation.yuan import plain
from services.mutual_aid.actions.adjudicating import looks_now
from services.mutual_aid.actions.judging import Judgement, judge, refuses
from services.mutual_aid.actions.sums import waits_for_a_second
from services.mutual_aid.enums import DocumentKind
from services.mutual_aid.models import Claim
from services.mutual_aid.queries.claiming import found_of
from services.mutual_aid.queries.given import given_beside, sister_paid
from services.organizations.enums import Kind
from services.payments.queries import fund_short


def obstacles_of(claim: Claim, verb: str, *, by, now: datetime) -> list[Finding]:
    if verb == Verb.PUBLISH:
        return [_no("never_public")]
    if verb == Verb.PASS_STEP:
        step = step_of(claim.case)
        at_unit = bool(step) and step.kind == StepKind.VERIFY and step.level == Kind.GRASSROOTS_UNION
        return list(_statement(claim)) if at_unit else []
    if verb not in (Verb.REFUSE, Verb.UPHOLD, Verb.APPROVE):
        return []
    if not looks_now(by, claim, now=now):
        # Nobody decides about a diagnosis that she hasn't looked at, and nobody reads of it before.
        return [_no("look_first", Outcome.UNKNOWN)]
    if verb != Verb.APPROVE:
        return [] if claim.reason else [_no("reason_code_missing")]
    judgement = judge(claim, now=now)
    return [
        *_statement(claim),
        *_known(judgement),
        *_sister(claim, now=now),
        *_rules(claim, judgement),
        *_sum(claim, judgement),
    ]


def _no(code: str, outcome: Outcome = Outcome.FAILED, **figures) -> Finding:
    return Finding(code, outcome, figures)


def _statement(claim: Claim) -> Iterator[Finding]:
    asked = any(one["kind"] == DocumentKind.UNIT_STATEMENT and one.get("required") for one in claim.terms.documents)
    if asked and not claim.statement:
        yield _no("statement_missing", Outcome.UNKNOWN)


def _known(judgement: Judgement) -> Iterator[Finding]:
    if judgement.version is None:
        yield _no("cover_void")
    elif judgement.facts is None:
        yield _no("diagnosis_unknown", Outcome.UNKNOWN)


def _sister(claim: Claim, *, now: datetime) -> Iterator[Finding]:
    """Where the sum depends on a sister plan, and another scheme did pay, somebody has said whether it is one."""
    if claim.terms.sister_per_share is None or found_of(claim).get("paid_elsewhere") is not None:
        return
    if sister_paid(given_beside(claim, now=now)):
        yield _no("sister_unjudged", Outcome.UNKNOWN)


def overrules(claim: Claim) -> bool:
    """Two people have agreed on a sum that the rules don't give."""
    return claim.changed_by_id is not None and claim.seconded_by_id is not None


def _rules(claim: Claim, judgement: Judgement) -> Iterator[Finding]:
    if not overrules(claim):
        yield from refuses(judgement)


def _sum(claim: Claim, judgement: Judgement) -> Iterator[Finding]:
    """A sum above zero, agreed to by two where it was changed, and a fund that has it."""
    if waits_for_a_second(claim):
        yield _no("sum_needs_second", Outcome.UNKNOWN)
    changed = claim.changed_by_id is not None
    if changed and claim.computed != judgement.amount:
        yield _no("sum_differs")
    amount = claim.amount if changed else judgement.amount
    if judgement.facts is not None and not amount:
        yield _no("nothing_to_pay")
    if (claim.ends_cover if changed else judgement.ends_cover) is None and amount:
        yield _no("ending_unknown", Outcome.UNKNOWN)
    fund = judgement.terms.fund
    if fund is None:
        yield _no("fund_missing")
    elif amount and (short := fund_short(fund, amount)):
        yield _no("fund_short", missing=plain(short))
