"""Why a verb can't be done yet. Everything at once, each as a finding that ``wording`` explains."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from services.casework.enums import StepKind, Verb
from services.casework.policies import step_of
from services.foundation.verdict import Finding, Outcome
from services.foundation.yuan import plain
from services.payments.queries import fund_short
from services.relief import policies, queries
from services.relief.actions.assessing import Judgement, judge, refuses
from services.relief.actions.sums import waits_for_a_second
from services.relief.enums import CheckResult, FileState, OverlapChoice, ProgrammeKind
from services.relief.models import Application
from services.relief.queries.facts import judged_on
from services.relief.queries.overlaps import overlaps_of, undecided


def obstacles_of(application: Application, verb: str, *, by, now: datetime) -> list[Finding]:
    """For handing in: the time and what the rules need. For a visit's step: the visit. For approving: everything."""
    if verb == Verb.SUBMIT:
        return list(_window(application, now=now))
    if verb == Verb.PASS_STEP:
        step = step_of(application.case)
        return list(_visit(application)) if step and step.kind == StepKind.HOME_VISIT else []
    if verb != Verb.APPROVE:
        return []
    judgement = judge(application, now=now)
    return [
        *_standards(application, now=now),
        *_visit(application),
        *_exclusions(application),
        *_overlaps(application, now=now),
        *_unfit(judgement),
        *_sum(application, judgement, by=by),
    ]


def _no(code: str, outcome: Outcome = Outcome.FAILED, **figures) -> Finding:
    return Finding(code, outcome, figures)


def _window(application: Application, *, now: datetime) -> Iterator[Finding]:
    programme, today = application.programme, timezone.localdate(now)
    begin, end = programme.opens_on, programme.closes_on
    if (begin and today < begin) or (end and today > end):
        days = {name: day.isoformat() if day else "" for name, day in (("begin", begin), ("end", end))}
        yield _no("outside_window", **days)


def _standards(application: Application, *, now: datetime) -> Iterator[Finding]:
    on = judged_on(application, now=now)
    if queries.line_for(application.case.organization, on) is None:
        yield _no("no_living_line", Outcome.UNKNOWN, year=on.year)
    if queries.test_for(application.case.organization) is None:
        yield _no("no_income_test", Outcome.UNKNOWN)


def _visit(application: Application) -> Iterator[Finding]:
    """Where the route has a visit, one is on record."""
    kinds = {step.kind for step in application.case.route.steps.all()}
    if StepKind.HOME_VISIT in kinds and not application.visits.exists():
        yield _no("visit_missing")


def exclusions_to_confirm(application: Application) -> list[str]:
    """Those of the income test in force, for a household that isn't on file yet."""
    test = queries.test_for(application.case.organization)
    return list(test.exclusions) if test and application.household.state == FileState.DRAFT else []


def _exclusions(application: Application) -> Iterator[Finding]:
    found = {check.code: check.result for check in application.exclusions.all()}
    for code in exclusions_to_confirm(application):
        result = found.get(code, CheckResult.UNCLEAR)
        if result == CheckResult.PRESENT:
            yield _no("exclusion_applies", exclusion=code)
        elif result == CheckResult.UNCLEAR:
            yield _no("exclusion_open", Outcome.UNKNOWN, exclusion=code)


def _overlaps(application: Application, *, now: datetime) -> Iterator[Finding]:
    if application.programme.kind == ProgrammeKind.FILING:
        return
    found = overlaps_of(application, now=now)
    if open_ones := undecided(found):
        yield _no("overlap_undecided", Outcome.UNKNOWN, count=len(open_ones))
    choices = {overlap.decision.choice for overlap in found if overlap.decision}
    if OverlapChoice.REFUSE in choices:
        yield _no("overlap_refused")
    full = application.computed is not None and (application.amount or 0) >= application.computed
    if OverlapChoice.REDUCE in choices and full:
        yield _no("overlap_not_reduced")


def _unfit(judgement: Judgement) -> Iterator[Finding]:
    yield from refuses(judgement)


def _sum(application: Application, judgement: Judgement, *, by) -> Iterator[Finding]:
    """A sum above zero, agreed to by two where it was changed, decided by whoever may, and a fund that has it."""
    if application.programme.kind == ProgrammeKind.FILING:
        return
    if waits_for_a_second(application):
        yield _no("sum_needs_second", Outcome.UNKNOWN)
    changed = application.changed_by_id is not None
    if changed and application.computed != judgement.amount:
        yield _no("sum_differs")
    amount = application.amount if changed else judgement.amount
    if amount is not None and not amount:
        yield _no("nothing_to_award")
    if amount:
        yield from _referred(application, amount, by=by)
    fund = application.programme.fund
    if fund is None:
        yield _no("fund_missing")
    elif amount and (short := fund_short(fund, amount)):
        yield _no("fund_short", missing=plain(short))


def _referred(application: Application, amount: Decimal, *, by) -> Iterator[Finding]:
    """Above the programme's bound the level above the desk decides (§3.8 S78f: 20,000, then 50,000)."""
    bound, case = application.programme.caps.get("refer_over"), application.case
    if bound in (None, "") or amount <= Decimal(bound) or policies.may_decide_above(by, case):
        return
    figures = {"bound": plain(Decimal(bound)), "sum": plain(amount), "place": case.desk.get_parent().name}
    yield _no("refer_undecided", Outcome.UNKNOWN, **figures)
