"""The life of a file: months observed, the yearly check, suspending, leaving, return visits (§3.7)."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.messaging.actions import notify
from services.relief import errors, notifications, policies, queries
from services.relief.actions.assessing import IN_HARDSHIP, judge_file
from services.relief.enums import Category, ExitReason, FileState, ReturnFinding
from services.relief.models import Household, IncomeTest, MonthObserved, ReturnVisit
from services.relief.queries.programmes import line_for
from services.relief.rules import exits
from services.relief.rules.plausibility import BOUNDS, amount_fault

_ON_FILE = frozenset({FileState.ON_FILE, FileState.SUSPENDED})
# Who leaves for these reasons is visited afterwards: she may fall back.
WATCHED = frozenset({ExitReason.OUT_OF_HARDSHIP, ExitReason.SAFETY_NET})
_LEAST_REASON = 4


def _held(household: Household, *, by, states: frozenset = _ON_FILE) -> Household:
    """The file, locked, in one of ``states``. Raises ``FileClosed``, ``PermissionDenied``."""
    rows = Household.objects.unscoped().select_for_update(no_key=True, of=("self",))
    household = rows.select_related("worker__user", "organization").get(pk=household.pk)
    if by is not None:
        policies.may_keep_file(by, household).insist()
    if household.state not in states:
        raise errors.FileClosed()
    return household


def _save(household: Household, *, now: datetime, by, action: str, **data) -> Household:
    household.version += 1
    household.changed_at = now
    household.save()
    log(instance=household, action=action, user=by, data=data)
    return household


def _why(reason: str) -> str:
    reason = redact(" ".join(reason.split()))[:200]
    if len(reason) < _LEAST_REASON:
        raise errors.ReasonMissing()
    return reason


@transaction.atomic
def observe_month(household: Household, *, month: date, per_person: Decimal, by, now: datetime) -> MonthObserved:
    """What the household had a person in one month, yuan; the newest statement about a month counts.

    Locks the file. Raises ``MonthInvalid``, ``SumInvalid``, ``NoLivingLine``, ``FileClosed``.
    """
    household = _held(household, by=by)
    first = month.replace(day=1)
    began = household.on_file_since.replace(day=1)
    if first > timezone.localdate(now) or first < began:
        raise errors.MonthInvalid()
    if amount_fault(per_person, BOUNDS.line):
        raise errors.SumInvalid()
    line = line_for(household.organization, first)
    if line is None:
        raise errors.NoLivingLine()
    observed = exits.Month(first, per_person, line.monthly)
    row, _made = MonthObserved.objects.update_or_create(
        household=household,
        month=first,
        defaults={
            "per_person": format(per_person, "f"),
            "line": line.monthly,
            "above": observed.above,
            "by": by,
            "at": now,
        },
    )
    log(instance=household, action="relief.month", user=by, data={"month": f"{first:%Y-%m}"})
    return row


def months_of(household: Household) -> list[exits.Month]:
    return [exits.Month(one.month, Decimal(one.per_person), one.line) for one in household.months.all()]


def leaving_of(household: Household, reason: str) -> exits.Leaving:
    """Whether the household may leave for this reason, and the findings that say why."""
    test = queries.test_for(household.organization)
    needed = test.exit_months if test else exits.MONTHS_ABOVE
    return exits.may_leave(reason, months_of(household), needed=needed, cause=household.cause)


@transaction.atomic
def suspend(household: Household, *, reason: str, by, now: datetime) -> Household:
    """Nothing new is granted until it is taken up again. Suspending twice changes nothing. Locks the file."""
    household = _held(household, by=by)
    reason = _why(reason)
    if household.state == FileState.SUSPENDED:
        return household
    household.state = FileState.SUSPENDED
    return _save(household, now=now, by=by, action="relief.suspend", reason=reason)


@transaction.atomic
def resume(household: Household, *, reason: str, by, now: datetime) -> Household:
    """A suspended file counts again. Locks the file."""
    household = _held(household, by=by)
    reason = _why(reason)
    if household.state == FileState.ON_FILE:
        return household
    household.state = FileState.ON_FILE
    return _save(household, now=now, by=by, action="relief.resume", reason=reason)


@transaction.atomic
def recheck(household: Household, *, by, now: datetime, seen: int) -> Household:
    """The yearly check: the income test anew over the file as it stands. Its category follows, and the next day.

    A household that is no longer in hardship keeps its category and stays, its months being observed, until it
    leaves by the rule. Locks the file. Raises ``FileChanged``, ``NoLivingLine``, ``FactMissing``, ``FileClosed``.
    """
    household = _held(household, by=by)
    if household.version != seen:
        raise errors.FileChanged()
    today = timezone.localdate(now)
    test = queries.test_for(household.organization)
    if test is None or line_for(household.organization, today) is None:
        raise errors.NoLivingLine()
    found = judge_file(household, on=today)
    if found.outcome not in {*IN_HARDSHIP, Category.NONE}:
        raise errors.FactMissing()
    if found.outcome in IN_HARDSHIP:
        household.category = found.outcome
    household.recheck_due_on = exits.next_check(today, test.recheck_months)
    return _save(household, now=now, by=by, action="relief.recheck", outcome=found.outcome)


@transaction.atomic
def leave(household: Household, *, reason: str, note: str = "", on: date | None = None, by, now: datetime) -> Household:
    """The household leaves the file; those in it are free for another. Who may fall back is visited afterwards.

    Out of hardship only by the rule of months above the line. ``by`` None: the system, when she withdrew her
    consent. Leaving twice changes nothing. Locks the file. Raises ``NotYetLeaving``, ``StillInHardship``,
    ``FileClosed``.
    """
    household = _held(household, by=by, states=_ON_FILE | {FileState.EXITED})
    if household.state == FileState.EXITED:
        return household
    reason = ExitReason(reason)
    found = leaving_of(household, reason)
    if not found.may:
        if reason == ExitReason.OUT_OF_HARDSHIP:
            raise errors.NotYetLeaving(months=found.streak, needed=found.findings[0].figures["needed"])
        raise errors.StillInHardship()
    left = on or timezone.localdate(now)
    household.state, household.exit_reason, household.exited_on = FileState.EXITED, reason, left
    household.members.update(live=False)
    _save(household, now=now, by=by, action="relief.leave", reason=str(reason), note=redact(note.strip())[:200])
    if reason in WATCHED:
        _plan_visits(household, left)
    if reason != ExitReason.DIED:
        _tell(household, notifications.LEFT_FILE)
    return household


def _plan_visits(household: Household, left: date) -> None:
    test = queries.test_for(household.organization) or IncomeTest()
    days = exits.return_visits(left, test.watch_months, test.visit_months)
    ReturnVisit.objects.bulk_create(ReturnVisit(household=household, due_on=day) for day in days)


@transaction.atomic
def record_return_visit(visit: ReturnVisit, *, finding: str, note: str = "", by, now: datetime) -> ReturnVisit:
    """What a visit or call found. Whoever is in hardship again is told that she can apply anew; what her file knew
    is taken over then. Not reached: it stays due. Locks the visit. Raises ``VisitMade``, ``PermissionDenied``."""
    visit = ReturnVisit.objects.select_for_update(no_key=True, of=("self",)).get(pk=visit.pk)
    household = Household.objects.unscoped().select_related("worker__user", "organization").get(pk=visit.household_id)
    policies.may_keep_file(by, household).insist()
    if visit.made_on is not None:
        raise errors.VisitMade()
    visit.finding, visit.note, visit.by = ReturnFinding(finding), note.strip()[:500], by
    if finding != ReturnFinding.NOT_REACHED:
        visit.made_on = timezone.localdate(now)
    visit.save()
    log(instance=household, action="relief.return_visit", user=by, data={"finding": finding})
    if finding == ReturnFinding.RELAPSED:
        _tell(household, notifications.APPLY_AGAIN)
    return visit


def _tell(household: Household, key: str) -> None:
    her = household.worker
    notify(
        key,
        to=her.user,
        phone="" if her.user_id else her.phone,
        context={"union": household.organization.name},
        dedupe_key=f"{key}:{household.pk}:{household.version}",
    )
