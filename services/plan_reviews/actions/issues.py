"""Problems: opened by the evaluation of a locked year, worked on, handed in, closed by a second person."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.indicators.enums import Level, RoundState
from services.indicators.models import Place, Round
from services.indicators.rules.ratios import rounded
from services.plan_reviews import errors, policies
from services.plan_reviews.enums import IssueKind, IssueState, Status
from services.plan_reviews.models import Issue, Plan, Unit, Visit
from services.plan_reviews.queries.evaluation import Evaluation, Line, evaluate

# Problems are kept of places that answer for a plan: the top and its counties.
LOWEST = Level.COUNTY
_KIND = {Status.NO_DATA: IssueKind.NO_DATA, Status.NOT_MET: IssueKind.NOT_MET}
# Of a status that is withheld: what stands in the report is followed up by who reads it there.
_KEPT = {Status.NOT_MET: IssueKind.FEW}


def follow_lock(round: Round, *, by, now: datetime) -> None:
    open_issues(round, by=by, now=now)


def follow_recount(place: Place, *, by, now: datetime) -> None:
    """New figures of a locked year: problems that follow from them are opened; none is closed by itself."""
    open_issues(place.round, by=by, now=now, path=place.organization.path)


def open_all(*, now: datetime) -> int:
    """Every locked year of every running plan: what is missing in the ledger is added. Gives how many."""
    return sum(
        open_issues(round, by=None, now=now)
        for round in Round.objects.unscoped().filter(state=RoundState.LOCKED).select_related("owner")
    )


@transaction.atomic
def open_issues(round: Round, *, by, now: datetime, path: str = "") -> int:
    """Open what the year's evaluation finds: no data, not met, judged by estimates; what so few miss that it isn't told
    stands in it for who reads the report, and in no count. Idempotent: a problem stands once for indicator, place,
    year and kind. ``path``: only this place and those above it. Lock: the ledger of the tree."""
    hold(f"plan_reviews.ledger:{round.owner_id}")
    places = Place.objects.unscoped().filter(round=round, level__lte=LOWEST).select_related("organization")
    plans = Plan.objects.unscoped().filter(owner=round.owner_id, first_year__lte=round.year, last_year__gte=round.year)
    found: list[Issue] = []
    for plan in plans.select_related("owner"):
        for place in places:
            if not path or path.startswith(place.organization.path):
                found += _found(evaluate(plan, place.organization, round.year), now)
    there = set(
        Issue.objects.unscoped()
        .filter(plan__owner=round.owner_id, year=round.year)
        .values_list("plan_id", "indicator_id", "organization_id", "kind")
    )
    new = [one for one in found if (one.plan_id, one.indicator_id, one.organization_id, one.kind) not in there]
    Issue.objects.bulk_create(new, batch_size=500)
    told = sum(one.kind != IssueKind.FEW for one in new)
    if told:
        log(
            round.owner,
            "plan_reviews.open_issues",
            user=by,
            data={"year": round.year, "count": told},
            timestamp=now,
        )
    return len(new)


def _found(evaluation: Evaluation, now: datetime) -> list[Issue]:
    due_on = localdate(now) + timedelta(days=evaluation.plan.issue_days)
    found = []
    for line in evaluation.lines:
        kinds = [kind for kind in (_KIND.get(line.status), _KEPT.get(line.kept)) if kind]
        if line.doubtful and line.target is not None:
            kinds.append(IssueKind.DOUBTFUL)
        found += [
            Issue(
                plan=evaluation.plan,
                indicator=line.indicator,
                organization=evaluation.organization,
                year=evaluation.year,
                kind=kind,
                opened_at=now,
                due_on=due_on,
                lead=line.target.goal.lead if line.target else None,
                found=_as_found(line),
            )
            for kind in kinds
        ]
    return found


def _as_found(line: Line) -> dict:
    """What it rests on; no number of few people."""
    value = rounded(line.value, line.indicator.decimals)
    return {
        "value": None if value is None else f"{value:f}",
        "hidden": line.hidden,
        "missing": line.result.missing,
        "cause": line.cause,
        "target": str(line.target.value) if line.target and line.target.value is not None else "",
        "comparator": line.target.comparator if line.target else "",
    }


def _locked(issue: Issue) -> Issue:
    rows = Issue.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("organization", "plan", "indicator").get(pk=issue.pk)


@transaction.atomic
def assign(
    issue: Issue, *, cause: str, measure: str, owner_name: str, due_on: date, lead: Unit | None, by, now: datetime
) -> Issue:
    """Cause, measure, who answers, until when. Raises ``PermissionDenied``, ``ClosedBefore``, ``MeasureMissing``,
    ``OwnerMissing``, ``DuePast``. Lock: the problem."""
    held = _locked(issue)
    policies.may_work_on(by, held).insist()
    if held.state == IssueState.CLOSED:
        raise errors.ClosedBefore()
    if not measure.strip():
        raise errors.MeasureMissing()
    if not owner_name.strip():
        raise errors.OwnerMissing()
    if due_on < localdate(now):
        raise errors.DuePast()
    held.cause, held.measure, held.owner_name = cause.strip()[:300], measure.strip()[:500], owner_name.strip()[:40]
    held.due_on, held.lead = due_on, lead
    if held.state == IssueState.OPEN:
        held.state = IssueState.ASSIGNED
    held.save()
    log(held, "plan_reviews.assign", user=by, data={"due": due_on.isoformat()}, timestamp=now)
    return held


@transaction.atomic
def hand_in(issue: Issue, *, done: str, by, now: datetime) -> Issue:
    """Say what was done; a second person looks at it. Raises ``PermissionDenied``, ``ClosedBefore``, ``NotAssigned``,
    ``WordsMissing``."""
    held = _locked(issue)
    policies.may_work_on(by, held).insist()
    if held.state == IssueState.CLOSED:
        raise errors.ClosedBefore()
    if held.state == IssueState.OPEN:
        raise errors.NotAssigned()
    if not done.strip():
        raise errors.WordsMissing()
    held.state, held.done, held.done_by, held.done_at = IssueState.HANDED_IN, done.strip()[:500], by, now
    held.returned_because = ""
    held.save()
    log(held, "plan_reviews.hand_in", user=by, timestamp=now)
    return held


@transaction.atomic
def close(issue: Issue, *, because: str, by, now: datetime) -> Issue:
    """Only what was handed in, by somebody else, with grounds. Raises ``PermissionDenied``, ``ClosedBefore``,
    ``NotHandedIn``, ``WordsMissing``."""
    held = _locked(issue)
    policies.may_close(by, held).insist()
    if held.state == IssueState.CLOSED:
        raise errors.ClosedBefore()
    if held.state != IssueState.HANDED_IN:
        raise errors.NotHandedIn()
    if not because.strip():
        raise errors.WordsMissing()
    held.state, held.closed_by, held.closed_at = IssueState.CLOSED, by, now
    held.closed_because = because.strip()[:300]
    held.save()
    log(held, "plan_reviews.close", user=by, data={"reason": held.closed_because}, timestamp=now)
    return held


@transaction.atomic
def give_back(issue: Issue, *, because: str, by, now: datetime) -> Issue:
    """Not convinced: back to those who work on it. Raises ``PermissionDenied``, ``NotHandedIn``, ``WordsMissing``."""
    held = _locked(issue)
    policies.may_close(by, held).insist()
    if held.state != IssueState.HANDED_IN:
        raise errors.NotHandedIn()
    if not because.strip():
        raise errors.WordsMissing()
    held.state, held.returned_because = IssueState.ASSIGNED, because.strip()[:300]
    held.save()
    log(held, "plan_reviews.give_back", user=by, data={"reason": held.returned_because}, timestamp=now)
    return held


@transaction.atomic
def visit(
    issue: Issue, *, visited_on: date, unit: Unit | None, finding: str, due_on: date | None, by, now: datetime
) -> Visit:
    """Record a supervision visit. Raises ``PermissionDenied``, ``ClosedBefore``, ``WordsMissing``, ``DayAhead``."""
    held = _locked(issue)
    policies.may_work_on(by, held).insist()
    if held.state == IssueState.CLOSED:
        raise errors.ClosedBefore()
    if not finding.strip():
        raise errors.WordsMissing()
    if visited_on > localdate(now):
        raise errors.DayAhead()
    made = Visit.objects.create(
        issue=held, visited_on=visited_on, unit=unit, finding=finding.strip()[:500], due_on=due_on, by=by
    )
    log(held, "plan_reviews.visit", user=by, data={"day": visited_on.isoformat()}, timestamp=now)
    return made
