"""The top locks the year: its own return, and everything below that was accepted, in one statement."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.stepping import insist_on, locked, step, store
from services.coverage.enums import COUNTED, WRITABLE, ReturnState, ReturnVerb
from services.coverage.models import AnnualReturn, ReturnYear


@transaction.atomic
def lock_year(annual_return: AnnualReturn, *, by, now: datetime, seen: int | None = None) -> int:
    """Lock the top's signed return and what it counts; gives how many returns that is. Those still missing stay open,
    and what was accepted below one of them has reached no further by it.

    Raises ``PermissionDenied``, ``LockedBefore``, ``LockedUnsigned``, ``WrongState``, ``ChangedMeanwhile``.
    """
    held = locked(annual_return)
    policies.may_lock(by, held).insist()
    if held.state == ReturnState.LOCKED:
        raise errors.LockedBefore()
    if held.state in WRITABLE:
        raise errors.LockedUnsigned()
    insist_on(held, ReturnState.SIGNED)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    versions = AnnualReturn.objects.unscoped().filter(organization=held.organization_id, year=held.year)
    versions.filter(state__in=COUNTED).update(state=ReturnState.SUPERSEDED)
    held.state, held.locked_at, held.reached_id = ReturnState.LOCKED, now, held.organization_id
    store(held, "state", "locked_at", "reached")
    below = AnnualReturn.objects.below(held.organization.path).filter(year=held.year, state=ReturnState.ACCEPTED)
    number = below.update(state=ReturnState.LOCKED, locked_at=now)
    ReturnYear.objects.filter(pk=held.collection_id).update(locked_by=by, locked_at=now)
    step(held, ReturnVerb.LOCK, by=by, now=now)
    log(
        instance=held.organization,
        action="coverage.lock_returns",
        user=by,
        data={"year": held.year, "returns": number + 1},
    )
    return number + 1
