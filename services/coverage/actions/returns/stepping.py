"""What every verb of a return does: lock its row, look at where it stands, leave a step."""

from datetime import datetime

from services.coverage import return_errors as errors
from services.coverage.models import AnnualReturn, ReturnStep


def locked(annual_return: AnnualReturn, *, seen: int | None = None) -> AnnualReturn:
    """The return as it stands, held until the transaction ends. Raises ``ChangedMeanwhile`` when ``seen`` is past."""
    held = AnnualReturn.objects.unscoped().select_for_update(of=("self",)).get(pk=annual_return.pk)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    return held


def insist_on(annual_return: AnnualReturn, *states: str) -> None:
    if annual_return.state not in states:
        raise errors.WrongState(state=annual_return.get_state_display())


def store(annual_return: AnnualReturn, *fields: str) -> None:
    """Write these fields; the return counts as changed."""
    annual_return.changes += 1
    annual_return.save(update_fields=[*fields, "changes"])


def step(annual_return: AnnualReturn, verb: str, *, by, now: datetime, where: int | None = None, words: str = ""):
    """One line of the log; ``where`` is the union itself unless named."""
    return ReturnStep.objects.create(
        annual_return=annual_return,
        verb=verb,
        at=now,
        where_id=where or annual_return.organization_id,
        by=by,
        words=words,
    )
