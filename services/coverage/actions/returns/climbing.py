"""A return climbs: submitted to the next level up, accepted or sent back there."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.signing import unsign
from services.coverage.actions.returns.stepping import insist_on, locked, step, store
from services.coverage.actions.returns.telling import tell_officers
from services.coverage.enums import COUNTED, WRITABLE, ReturnState, ReturnVerb
from services.coverage.models import AnnualReturn
from services.coverage.return_notifications import SENT_BACK

# Keys, not a query within a query within a query: that costs the cube of the returns on tables fresh from loading.
_AT_ONCE = 2_000


@transaction.atomic
def submit(annual_return: AnnualReturn, *, by, now: datetime, seen: int | None = None) -> AnnualReturn:
    """Hand a signed return to the next level up, as the tree stands now.

    Raises ``PermissionDenied``, ``SubmittedBefore``, ``NotSigned``, ``WrongState``, ``NothingAbove``,
    ``ChangedMeanwhile``.
    """
    held = locked(annual_return)
    policies.may_write(by, held).insist()
    if held.state in (ReturnState.SUBMITTED, *COUNTED):
        raise errors.SubmittedBefore()
    if held.state in WRITABLE:
        raise errors.NotSigned()
    insist_on(held, ReturnState.SIGNED)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    above = held.organization.get_parent()
    if above is None:
        raise errors.NothingAbove()
    held.reports_to, held.state, held.submitted_by = above, ReturnState.SUBMITTED, by
    held.first_submitted_on = held.first_submitted_on or localdate(now)
    store(held, "reports_to", "state", "submitted_by", "first_submitted_on")
    step(held, ReturnVerb.SUBMIT, by=by, now=now)
    return held


@transaction.atomic
def accept(annual_return: AnnualReturn, *, by, now: datetime, seen: int | None = None) -> AnnualReturn:
    """Count it at the next level up; an earlier version stops counting, and what it counts has reached that level too.
    Where the return above is locked, this one and what it counts are locked with it.

    The return above is locked first, then this one. Raises ``PermissionDenied``, ``AcceptedBefore``, ``WrongState``,
    ``ChangedMeanwhile``, ``AboveSigned``.
    """
    above = _return_above(annual_return)
    held = locked(annual_return)
    policies.may_decide(by, held).insist()
    if held.state in COUNTED:
        raise errors.AcceptedBefore()
    insist_on(held, ReturnState.SUBMITTED)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    if above is not None and above.state not in (*WRITABLE, ReturnState.LOCKED):
        raise errors.AboveSigned(above=held.reports_to)
    versions = AnnualReturn.objects.unscoped().filter(organization=held.organization_id, year=held.year)
    versions.filter(state__in=COUNTED).update(state=ReturnState.SUPERSEDED)
    held.state, held.accepted_at, held.reached_id = ReturnState.ACCEPTED, now, held.reports_to_id
    if above is not None and above.state == ReturnState.LOCKED:
        held.state, held.locked_at = ReturnState.LOCKED, now
    store(held, "state", "accepted_at", "reached", "locked_at")
    _carry(held, reached=held.reports_to_id, locked_at=held.locked_at)
    step(held, ReturnVerb.ACCEPT, by=by, now=now, where=held.reports_to_id)
    return held


def _carry(held: AnnualReturn, *, reached: int, locked_at: datetime | None = None) -> None:
    """What it counts has reached as far as it, level by level: what lies below a gap has not."""
    counted = AnnualReturn.objects.unscoped().filter(year=held.year, state__in=COUNTED).order_by()
    counting = [held.organization_id]
    while counting:
        below: list[int] = []
        for first in range(0, len(counting), _AT_ONCE):
            found = counted.filter(reports_to__in=counting[first : first + _AT_ONCE])
            found.update(reached=reached)
            if locked_at is not None:
                found.filter(state=ReturnState.ACCEPTED).update(state=ReturnState.LOCKED, locked_at=locked_at)
            below += found.values_list("organization", flat=True)
        counting = below


def _count_again(held: AnnualReturn) -> None:
    """The version before it counts once more, as it did; without one, what lies below has reached this level only."""
    earlier = (
        AnnualReturn.objects.unscoped()
        .select_for_update()
        .filter(
            organization=held.organization_id, year=held.year, version__lt=held.version, state=ReturnState.SUPERSEDED
        )
    )
    before = earlier.order_by("-version").first()
    if before is not None:
        before.state = ReturnState.LOCKED if before.locked_at else ReturnState.ACCEPTED
        store(before, "state")
    _carry(held, reached=before.reached_id if before is not None else held.organization_id)


@transaction.atomic
def send_back(annual_return: AnnualReturn, *, words: str, by, now: datetime, seen: int | None = None) -> AnnualReturn:
    """Give it back to the unit, with words that its officers read. What is locked is amended instead. Of one that was
    accepted the version before it counts again.

    Raises ``PermissionDenied``, ``WordsMissing``, ``WrongState``, ``ChangedMeanwhile``, ``CountedAbove`` while a signed
    return above counts it.
    """
    above = _return_above(annual_return)
    held = locked(annual_return)
    policies.may_decide(by, held).insist()
    insist_on(held, ReturnState.SUBMITTED, ReturnState.ACCEPTED)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    if not words.strip():
        raise errors.WordsMissing()
    if held.state == ReturnState.ACCEPTED and above is not None and above.state not in WRITABLE:
        raise errors.CountedAbove(above=held.reports_to)
    lay_at, counted = held.reports_to_id, held.state == ReturnState.ACCEPTED
    unsign(
        held,
        state=ReturnState.RETURNED,
        returned_because=words.strip(),
        submitted_by=None,
        accepted_at=None,
        reached=None,
    )
    if counted:
        _count_again(held)
    done = step(held, ReturnVerb.SEND_BACK, by=by, now=now, where=lay_at, words=held.returned_because)
    tell_officers([held], SENT_BACK, about=f"step:{done.pk}", now=now)
    return held


def _return_above(annual_return: AnnualReturn) -> AnnualReturn | None:
    """The latest version of the return that counts this one, held."""
    found = (
        AnnualReturn.objects.unscoped()
        .select_for_update()
        .filter(organization=annual_return.reports_to_id, year=annual_return.year, latest=True)
    )
    return found.first() if annual_return.reports_to_id else None
