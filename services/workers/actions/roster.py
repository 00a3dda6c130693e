"""Writing a checked chunk of a roster: set-based, inside the import's transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import connections, models, router

from services.foundation.references import unguessable
from services.foundation.rows import store_rows
from services.workers.enums import MaritalStatus, WorkerState
from services.workers.models import Worker

_AS_THEY_ARE = (models.CharField, models.ForeignKey)

# What a roster may say about somebody. Her union is not among it: an import moves nobody.
STATED = (
    "name",
    "birth_date",
    "phone",
    "position",
    "employment_type",
    "hired_on",
    "joined_on",
    "marital_status",
    "note",
)
_UPDATED = (*STATED, "phone_index", "phone_last4", "state", "left_on", "updated_at")


def add_workers(workers: Sequence[Worker], *, now: datetime) -> None:
    """Insert new records with their derived columns filled. Raises ``IntegrityError`` when somebody was faster.

    Every column of the model is written, dates and sealed ones through their fields, as prepared rows: those built by
    ``bulk_create`` took as long as reading, judging and encrypting them together.
    """
    if not workers:
        return
    for worker in workers:
        worker.created_at = worker.updated_at = now
    columns = [field for field in Worker._meta.local_concrete_fields if not field.primary_key]
    connection = connections[router.db_for_write(Worker)]
    store_rows(Worker, columns, _as_stored(workers, columns, connection))


class _Days(dict):
    """Dates and moments as the database takes them; a roster repeats few, so each is prepared once."""

    def __init__(self, field: models.Field, connection):
        super().__init__()
        self.field, self.connection = field, connection

    def __missing__(self, value):
        self[value] = prepared = self.field.get_db_prep_save(value, self.connection)
        return prepared


def _preparing(field: models.Field, connection) -> Callable | None:
    """What makes a column's value ready to be stored; None where it is stored as it is."""
    if isinstance(field, _AS_THEY_ARE):
        return None
    if isinstance(field, models.DateField):
        return _Days(field, connection).__getitem__
    return partial(field.get_db_prep_save, connection=connection)


def _as_stored(workers: Iterable[Worker], columns: Sequence[models.Field], connection) -> Iterator[list]:
    steps = [(field.attname, _preparing(field, connection)) for field in columns]
    for worker in workers:
        held = worker.__dict__
        yield [prepare(held[name]) if prepare else held[name] for name, prepare in steps]


def restate_workers(stated: Mapping[int, Worker], *, now: datetime) -> None:
    """Bring locked records (by key) in line with what the roster says; what it leaves empty stays.

    The caller holds the rows' locks. One query reads, one statement writes.
    """
    if not stated:
        return
    records = []
    for record in Worker.objects.unscoped().filter(pk__in=stated):
        for field in STATED:
            value = getattr(stated[record.pk], field)
            if value and value != MaritalStatus.UNKNOWN:
                setattr(record, field, value)
        record.state, record.left_on, record.updated_at = WorkerState.ACTIVE, None, now
        record.fill_derived()
        # The statement tries to insert before it meets the record by its identity index: nothing else that is
        # unique may stand in its way.
        record.pk, record.user_id, record.token = None, None, unguessable()
        records.append(record)
    Worker.objects.bulk_create(records, update_conflicts=True, unique_fields=["id_index"], update_fields=list(_UPDATED))
