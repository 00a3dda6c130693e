"""The bank's file: written once from what was approved, read back before it is kept, handed out on record, deleted."""

import hashlib
import tempfile
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from wagtail.log_actions import log

from services.foundation.errors import Refused
from services.foundation.stored import put
from services.foundation.strays import delete_strays
from services.payments import errors, policies, queries
from services.payments.actions.batches import insist_on, set_states
from services.payments.actions.lines import drop_held, sums_in
from services.payments.actions.locking import lock_batch, lock_payables, payments_transaction
from services.payments.actions.payables import watcher_of
from services.payments.enums import BatchState, LineState, PayableState
from services.payments.models import Batch, BatchLine, Payable, ResultFile
from services.payments.models.batch import FOLDER, private_storage
from services.payments.workbooks import sums_in_file, write_bank_file
from services.privacy.actions import record_routine_looks

_IN_MEMORY = 4 * 1024 * 1024


def write_file(batch: Batch, *, by, now: datetime) -> Batch:
    """Write the file of an approved batch. Written already: nothing changes.

    From here on its lines count as being at the bank. What the services hold is void, as is a line whose account was
    changed; the others must be the very ones that were approved. The file is read back and compared before it is kept.
    One whose keeping time ran out before it was given to the bank is written again, with the same references. Locks
    batch, payables. Raises ``Tampered``, ``FileDiffers``, ``NothingToPay``, ``NotKept``, ``WrongState``.
    """
    policies.may_prepare(by, batch.organization).insist()
    with payments_transaction():
        batch = lock_batch(batch)
        insist_on(batch, BatchState.APPROVED)
        if is_kept(batch, now=now) and _is_stored(batch):
            return batch
        if not batch.file_digest:
            _take_to_the_bank(batch, now)
        _write(batch, now)
        said = {"file": batch.file_digest, "lines": batch.count, "total": f"{batch.total:.2f}"}
        log(instance=batch, action="payments.write_file", user=by, data=said)
    return batch


def _take_to_the_bank(batch: Batch, now: datetime) -> None:
    keys = BatchLine.objects.filter(batch=batch, state=LineState.IN).values_list("payable", flat=True)
    payables = lock_payables(keys)
    held = drop_held(batch, payables, now=now)
    approved = sums_in(batch, LineState.IN, LineState.VOIDED)
    if (approved.count, approved.total, approved.digest) != (batch.count, batch.total, batch.digest):
        raise errors.Tampered()
    going = [key for key in payables if key not in held]
    if not going:
        raise errors.NothingToPay()
    BatchLine.objects.filter(batch=batch, state=LineState.IN).update(state=LineState.SENT)
    set_states(going, PayableState.SENT, now=now, attempts=F("attempts") + 1)


def _write(batch: Batch, now: datetime) -> None:
    lines = BatchLine.objects.filter(batch=batch, state=LineState.SENT).order_by("pk")
    lines = lines.select_related("payable", "account").only(
        *("reference", "amount", "payable__title"),
        *(f"account__{name}" for name in ("holder", "bank", "bank_branch", "number")),
    )
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        write_bank_file(target, lines, batch.layout_kept)
        _insist_on_what_was_written(target, batch)
        target.seek(0)
        batch.file_digest = hashlib.file_digest(target, "sha256").hexdigest()
        target.seek(0)
        batch.file_written_at = now
        put(batch.file, "bank.xlsx", target)
    batch.save()


def _insist_on_what_was_written(target: BinaryIO, batch: Batch) -> None:
    try:
        found = sums_in_file(target, batch.layout_kept)
    except Refused as unreadable:
        raise errors.FileDiffers() from unreadable
    if found != sums_in(batch, LineState.SENT):
        raise errors.FileDiffers()


def mark_sent(batch: Batch, *, by, now: datetime) -> Batch:
    """The file was given to the bank. Saying it twice changes nothing. Locks the batch. Raises ``WrongState``."""
    policies.may_prepare(by, batch.organization).insist()
    with payments_transaction():
        batch = lock_batch(batch)
        if batch.state == BatchState.SENT:
            return batch
        insist_on(batch, BatchState.APPROVED)
        if not batch.file_digest:
            raise errors.WrongState(state=queries.in_words(batch.state))
        batch.state, batch.sent_at = BatchState.SENT, now
        batch.save(update_fields=["state", "sent_at"])
        rows = Payable.objects.unscoped().filter(lines__batch=batch, lines__state=LineState.SENT)
        for payable in rows.order_by("pk"):
            watcher_of(payable).sent(payable, now=now)
        log(instance=batch, action="payments.mark_sent", user=by)
    return batch


def take_file(batch: Batch, *, by, now: datetime) -> BinaryIO:
    """The bank's file, open for reading, once it is written down whose accounts were taken along and by whom.

    Her post is asked anew. It is her daily work: it has a limit of its own, counted in files, and the same file again
    within half a day stands on record already. Raises ``FileGone``, ``PermissionDenied``, privacy's ``TooManyLooks``.
    """
    with override(settings.LANGUAGE_CODE):  # whoever reads it later
        reason = gettext("File for the bank, batch %(number)s") % {"number": batch.number}
    said = {"action": "payments.take_file", "digest": batch.file_digest}
    return _handed_out(batch, batch.file, kept=is_kept(batch, now=now), reason=reason, by=by, now=now, **said)


def take_result(result: ResultFile, *, by, now: datetime) -> BinaryIO:
    """A file that the bank sent back, as it came: it may hold names and numbers. As ``take_file``."""
    batch = result.batch
    with override(settings.LANGUAGE_CODE):
        words = {"number": batch.number, "at": localtime(result.uploaded_at).strftime("%Y-%m-%d %H:%M:%S")}
        reason = gettext("Answer of the bank of %(at)s, batch %(number)s") % words
    said = {"action": "payments.take_result", "digest": result.digest}
    kept = result_is_kept(result, now=now)
    return _handed_out(batch, result.file, kept=kept, reason=reason, by=by, now=now, **said)


def _handed_out(batch: Batch, file, *, kept: bool, reason: str, action: str, digest: str, by, now) -> BinaryIO:
    policies.may_take_file(by, batch).insist()
    if not file or not kept:
        raise errors.FileGone()
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        raise errors.FileGone() from None
    try:
        _write_down(batch, reason, by, now)
    except BaseException:
        stream.close()
        raise
    log(instance=batch, action=action, user=by, data={"file": digest})
    return stream


def _write_down(batch: Batch, reason: str, by, now: datetime) -> None:
    lines = BatchLine.objects.filter(batch=batch).exclude(state__in=[LineState.TAKEN_OUT, LineState.VOIDED])
    record_routine_looks(
        viewer=by,
        subject_type="workers.worker",
        subjects=lines.values_list("payable__worker_id", "payable__path").order_by("pk"),
        fields=["bank account"],
        reason=reason,
        limit=settings.PAYMENT_FILES_PER_HOUR,
        now=now,
    )


def is_kept(batch: Batch, *, now: datetime) -> bool:
    """Whether there is a file whose keeping time still runs."""
    return bool(batch.file and batch.file_written_at) and now < batch.file_written_at + kept_for()


def result_is_kept(result: ResultFile, *, now: datetime) -> bool:
    return bool(result.file) and now < result.uploaded_at + kept_for()


def _is_stored(batch: Batch) -> bool:
    return batch.file.storage.exists(batch.file.name)


def kept_for() -> timedelta:
    return timedelta(hours=settings.PAYMENT_FILE_HOURS)


def expire_files(*, now: datetime) -> int:
    """Delete bank and result files whose keeping time is over; digests and outcomes stay. Returns how many."""
    over = now - kept_for()
    due = [(Batch.objects.unscoped(), batch) for batch in queries.files_due(over)]
    due += [(ResultFile.objects, result) for result in queries.results_due(over)]
    files = 0
    for rows, one in due:
        name = one.file.name
        # Only this name: the file may be written anew at this very moment. What stays behind is swept.
        if rows.filter(pk=one.pk, file=name).update(file=""):
            one.file.storage.delete(name)
            files += 1
    return files


def sweep_files(*, now: datetime) -> int:
    """Delete stored bank and result files that no row names: a transaction that failed or was killed leaves its file
    behind, and it holds account numbers in clear. Returns how many."""
    return delete_strays(private_storage(), FOLDER, queries.files_named, now=now)
