"""The one writer of a file's state."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies, workflow
from services.child_files.enums import CURRENT, ExitReason, FileState
from services.child_files.models import Child, Enrolment
from services.child_files.queries.files import locked, rules_of
from services.child_files.queries.guarding import rule_in_force
from services.child_files.rules.clocks import years_after
from services.foundation.months import add_months
from services.organizations.queries import ancestors_and_self


@transaction.atomic
def move_file(child: Child, verb: str, *, by, now: datetime, reason: str = "") -> Child:
    """Take a file one step further. Locks it; a step taken already changes nothing.

    ``by`` is None where the guardian or the clock moves it: the calling action has asked who that is. Raises
    ``PermissionDenied``, ``NoSuchStep``, ``ReasonNeeded``.
    """
    child = locked(child)
    step = workflow.edge(workflow.FILE, child.state, verb)
    if step is None:
        if any(one.verb == verb and one.target == child.state for one in workflow.FILE):
            return child
        raise errors.NoSuchStep(state=FileState(child.state).label)
    if step.who == workflow.TEACHER:
        policies.may_keep(by, child).insist()
    if step.needs_reason and not reason.strip():
        raise errors.ReasonNeeded()
    child.state, child.state_since = step.target, now
    _follow(child, verb, localdate(now))
    child.save()
    log(instance=child, action=f"child_files.{verb}", user=by, data={"reason": reason.strip()[:200]}, timestamp=now)
    return child


def _follow(child: Child, verb: str, today: date) -> None:
    if child.state in CURRENT and verb in ("activate", "review", "readmit"):
        child.review_due_on = add_months(today, rules_of(child.home.programme).review_every_months)
        child.ended_on = child.purge_on = None
        if not child.enrolments.filter(to_on__isnull=True).exists():
            Enrolment.objects.create(child=child, home=child.home, from_on=today)
    if verb in ("withdraw", "lapse"):
        end_enrolment(child, on=today, why=ExitReason.CONSENT_WITHDRAWN)


def end_enrolment(child: Child, *, on: date, why: str) -> None:
    """She has left the home on that day; from it on the retention rule counts, if there is one."""
    open_ones = Enrolment.objects.unscoped().filter(child=child, to_on__isnull=True)
    for one in open_ones:
        one.to_on, one.exit_reason = max(on, one.from_on), why
        one.save(update_fields=["to_on", "exit_reason"])
    child.ended_on = child.ended_on or on
    child.purge_on = purge_day(child, on)


def purge_day(child: Child, on: date) -> date | None:
    city = ancestors_and_self(child.home.host).first()
    rule = rule_in_force(city, on)
    return years_after(child.ended_on or on, rule.years) if rule else None


@transaction.atomic
def exit_file(child: Child, *, why: str, on: date, by, now: datetime) -> Child:
    """The child leaves the home. Raises ``PermissionDenied``, ``NoSuchStep``, ``DayOdd``."""
    child = locked(child)
    policies.may_keep(by, child).insist()
    enrolled = child.enrolments.filter(to_on__isnull=True).first()
    if on > localdate(now) or (enrolled and on < enrolled.from_on):
        raise errors.DayOdd()
    if why not in ExitReason.values or why == ExitReason.CONSENT_WITHDRAWN:
        raise errors.ReasonNeeded()
    was = child.state
    child = move_file(child, "exit", by=by, now=now)
    if was == child.state:
        return child
    end_enrolment(child, on=on, why=why)
    child.save()
    return child
