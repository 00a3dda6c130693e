"""The second person says yes to exactly what she saw."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.log_actions import log

from services.payments import errors, policies, queries
from services.payments.actions.batches import insist_on
from services.payments.actions.lines import drop_held, sums_in
from services.payments.actions.locking import lock_batch, lock_payables, payments_transaction
from services.payments.enums import BatchState, LineState
from services.payments.models import Batch, BatchLine


def approve(batch: Batch, *, seen: str, by, now: datetime, handed_in: datetime | None = None) -> Batch:
    """Approve a frozen batch; ``seen`` is the digest she was shown. Her approving it twice changes nothing;
    once it has gone on, or somebody else approved it, she learns by whom and when (``ApprovedBefore``).

    ``handed_in`` is when the batch that she was shown was handed in: one sent back and handed in again may have the
    same lines and another layout. None: whichever stands.

    The services are asked once more: what they hold now is void, the others go on. Locks batch, payables. Raises
    ``ChangedMeanwhile`` when what she saw is not what stands, ``Tampered``, ``WrongState``, ``PermissionDenied`` for
    whoever had a hand in it.
    """
    with payments_transaction():
        batch = lock_batch(batch)
        if batch.state == BatchState.APPROVED and batch.approved_by_id == by.pk:
            return batch
        policies.may_approve(by, batch).insist()
        if batch.approved_by_id and batch.digest == seen:
            raise errors.ApprovedBefore(**_by_whom(batch))
        insist_on(batch, BatchState.FROZEN)
        if batch.digest != seen or handed_in not in (None, batch.frozen_at):
            raise errors.ChangedMeanwhile()
        sums = sums_in(batch, LineState.IN)
        if (sums.count, sums.total, sums.digest) != (batch.count, batch.total, batch.digest):
            raise errors.Tampered()
        batch.state, batch.approved_by, batch.approved_at = BatchState.APPROVED, by, now
        batch.save()
        keys = BatchLine.objects.filter(batch=batch, state=LineState.IN).values_list("payable", flat=True)
        drop_held(batch, lock_payables(keys), now=now)
        said = {"lines": batch.count, "total": f"{batch.total:.2f}", "digest": batch.digest}
        log(instance=batch, action="payments.approve", user=by, data=said)
    return batch


def _by_whom(batch: Batch) -> dict[str, str]:
    at = date_format(localtime(batch.approved_at), "DATETIME_FORMAT")
    return {"who": batch.approved_by.full_name, "at": at, "state": queries.in_words(batch.state)}
