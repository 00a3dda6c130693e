"""The only place that says how payments locks. Order: the tree (shared) → batches → payables by ascending key → fund →
watchers' rows.

Watchers move cases, which share the tree: whoever waits for it with payables in hand would stand in the way of a move
of the tree that waits for these. Rows of one kind are locked by ascending key. What the constraints of the database
refuse comes out typed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction

from services.foundation.locks import hold_shared
from services.organizations.actions.tree import TREE_LOCK
from services.payments import errors
from services.payments.models import Batch, FundSource, Payable

LOCK_TIMEOUT = "10s"
_BUSY_STATES = {"55P03", "40P01"}  # lock not available, deadlock detected (PostgreSQL, appendix A)
_BY_CONSTRAINT = {
    "payments_fund_once_a_year": errors.FundExists,
    # SQLite names the columns.
    "payments_fundsource.organization_id, payments_fundsource.code, payments_fundsource.year": errors.FundExists,
    "payments_in_flight_once": errors.Busy,
    "payments_batchline.payable_id": errors.Busy,
    "payments_one_current_account": errors.Busy,
    "payments_account.worker_id": errors.Busy,
}


@contextmanager
def payments_transaction() -> Iterator[None]:
    """One transaction in which money is promised, moved or settled. Raises ``Busy`` after ``LOCK_TIMEOUT`` or a broken
    deadlock, and the error that stands for the constraint hit."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            hold_shared(TREE_LOCK)
            yield
    except IntegrityError as error:
        for name, typed in _BY_CONSTRAINT.items():
            if name in str(error):
                raise typed() from error
        raise
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in _BUSY_STATES or "database is locked" in str(error):
            raise errors.Busy() from error
        raise


def lock_batch(batch: Batch) -> Batch:
    """The batch as it is now, locked, with what its policies and files need."""
    rows = Batch.objects.unscoped().select_for_update(no_key=True, of=("self",))
    return rows.select_related("organization", "fund__organization", "layout").get(pk=batch.pk)


def lock_batches(keys: Iterable[int]) -> dict[int, Batch]:
    rows = Batch.objects.unscoped().select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_payables(keys: Iterable[int]) -> dict[int, Payable]:
    """The payables of these keys, locked in ascending order, without anything they point to."""
    rows = Payable.objects.unscoped().select_for_update(no_key=True)
    found: dict[int, Payable] = {}
    keys = sorted(set(keys))
    for start in range(0, len(keys), 5_000):
        found |= {row.pk: row for row in rows.filter(pk__in=keys[start : start + 5_000]).order_by("pk")}
    return found


def lock_payable(payable: Payable) -> Payable:
    """One payable, locked, with the woman and the organisation that pays."""
    rows = Payable.objects.unscoped().select_for_update(no_key=True, of=("self",))
    return rows.select_related("worker__user", "worker__organization", "organization").get(pk=payable.pk)


def lock_fund(key: int) -> FundSource:
    """The fund as it is now, locked: every move of its money waits here."""
    rows = FundSource.objects.unscoped().select_for_update(no_key=True, of=("self",))
    return rows.select_related("organization").get(pk=key)
