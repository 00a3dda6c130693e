"""The head signs: from then on the figures stand, and the sums of what lies below with them."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.stepping import insist_on, locked, step, store
from services.coverage.enums import WRITABLE, ReturnForm, ReturnState, ReturnVerb
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.coverage.return_points import open_points
from services.coverage.rules.return_totals import Below, derived, totals
from services.organizations.enums import Kind

_SIGNATURE = ("form", "state", "signed_name", "signed_at", "signed_by", "below", "totals", "incomplete_because")


@transaction.atomic
def sign(
    annual_return: AnnualReturn, *, name: str, by, now: datetime, because: str = "", seen: int | None = None
) -> AnnualReturn:
    """``name`` is the head's, ``by`` whoever enters that she signed. ``because``: why returns below are missing.

    Raises ``PermissionDenied``, ``SignedBefore``, ``WrongState``, ``ChangedMeanwhile``, ``NameMissing``,
    ``PointsOpen``, ``GapUnexplained``.
    """
    held = locked(annual_return)
    policies.may_write(by, held).insist()
    if held.state == ReturnState.SIGNED:
        raise errors.SignedBefore(name=held.signed_name)
    insist_on(held, *WRITABLE)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    if not name.strip():
        raise errors.NameMissing()
    if points := open_points(held, user=by):
        raise errors.PointsOpen(count=len(points))
    found = queries.below(held.organization_id, held.year)
    if found.missing and not because.strip():
        raise errors.GapUnexplained(missing=found.missing)
    if found.expected:
        # Unions can have come below since the year was opened.
        held.form = ReturnForm.UPPER
    held.below, held.totals = found.as_json(), _totals(held, found)
    held.state, held.signed_name, held.signed_at, held.signed_by = ReturnState.SIGNED, name.strip(), now, by
    held.incomplete_because = because.strip() if found.missing else ""
    store(held, *_SIGNATURE)
    step(held, ReturnVerb.SIGN, by=by, now=now, words=held.signed_name)
    log(instance=held.organization, action="coverage.sign_return", user=by, data={"year": held.year})
    return held


def _totals(held: AnnualReturn, found: Below) -> dict[str, int]:
    grassroots = held.organization.kind == Kind.GRASSROOTS_UNION
    added = derived(held.figures, grassroots=grassroots, committee_from=held.collection.committee_from)
    return totals({**held.figures, **added}, found)


@transaction.atomic
def take_back(annual_return: AnnualReturn, *, by, now: datetime) -> AnnualReturn:
    """Undo a signature while the return is still with the union. Raises ``PermissionDenied``, ``WrongState``."""
    held = locked(annual_return)
    policies.may_write(by, held).insist()
    insist_on(held, ReturnState.SIGNED)
    unsign(held, state=ReturnState.DRAFT)
    step(held, ReturnVerb.TAKE_BACK, by=by, now=now)
    return held


def unsign(held: AnnualReturn, *, state: str, **fields) -> None:
    """Make it writable again, without signature and sums."""
    fields |= {"state": state, "signed_name": "", "signed_at": None, "signed_by": None, "below": {}, "totals": {}}
    for field, value in fields.items():
        setattr(held, field, value)
    store(held, *fields)
