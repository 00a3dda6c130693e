"""After the lock a return changes only by a new version with a reason; the old one counts until the new is accepted."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.actions.returns.stepping import locked, step, store
from services.coverage.enums import ReturnState, ReturnVerb
from services.coverage.models import AnnualReturn


@transaction.atomic
def amend(annual_return: AnnualReturn, *, reason: str, by, now: datetime) -> AnnualReturn:
    """Begin the next version, with the figures of this one.

    Raises ``PermissionDenied``, ``NotLocked``, ``ReasonMissing``.
    """
    held = locked(annual_return)
    policies.may_write(by, held).insist()
    if held.state != ReturnState.LOCKED or not held.latest:
        raise errors.NotLocked(state=held.get_state_display())
    if not reason.strip():
        raise errors.ReasonMissing()
    held.latest = False
    store(held, "latest")
    following = AnnualReturn.objects.create(
        collection_id=held.collection_id,
        organization_id=held.organization_id,
        year=held.year,
        version=held.version + 1,
        form=held.form,
        reports_to_id=held.reports_to_id,
        known=held.known,
        figures=held.figures,
        reasons=held.reasons,
        # What came in time did so, whatever is corrected afterwards.
        first_submitted_on=held.first_submitted_on,
        amended_because=reason.strip(),
    )
    step(following, ReturnVerb.AMEND, by=by, now=now, words=following.amended_because)
    log(instance=held.organization, action="coverage.amend_return", user=by, data={"year": held.year})
    return following
