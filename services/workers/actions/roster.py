"""Writing a checked chunk of a roster: set-based, inside the import's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, models

from services.foundation.references import unguessable
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
_UPDATED = (*STATED, "phone_index", "phone_last4", "state", "updated_at")


def add_workers(workers: Sequence[Worker], *, now: datetime) -> None:
    """Insert new records with their derived columns filled. Raises ``IntegrityError`` when somebody was faster.

    One prepared statement for the chunk: building rows through ``bulk_create`` took as long as reading, judging and
    encrypting them together. Every column of the model is written, dates and sealed ones through their fields.
    """
    if not workers:
        return
    columns = [field for field in Worker._meta.local_concrete_fields if not field.primary_key]
    ready = [None if isinstance(field, _AS_THEY_ARE) else field.get_db_prep_save for field in columns]
    steps = [(field.attname, prepare) for field, prepare in zip(columns, ready, strict=True)]
    for worker in workers:
        worker.created_at = worker.updated_at = now
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(Worker._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [prepare(getattr(w, name), connection) if prepare else getattr(w, name) for name, prepare in steps]
                for w in workers
            ],
        )


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
        record.state, record.updated_at = WorkerState.ACTIVE, now
        record.fill_derived()
        # The statement tries to insert before it meets the record by its identity index: nothing else that is
        # unique may stand in its way.
        record.pk, record.user_id, record.token = None, None, unguessable()
        records.append(record)
    Worker.objects.bulk_create(records, update_conflicts=True, unique_fields=["id_index"], update_fields=list(_UPDATED))
