"""Month ends: copy the cells and the tree as they stand, once."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from services.figures.actions.folding import LOCK as FOLDING
from services.figures.actions.folding import count_facts, fold
from services.figures.errors import MonthLongOver, MonthNotOver
from services.figures.models import Snapshot
from services.figures.registry import counts
from services.foundation.locks import hold
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.models import Organization

LOCK = "figures.snapshot"
_STEP = Organization.steplen
_COPY_CELLS = """
INSERT INTO figures_snapshotcell (snapshot_id, count, period, dimension, key, path, parent_path, own, total)
SELECT %s, count, period, dimension, key, path, parent_path, own, total FROM figures_cell
WHERE count NOT IN ({others})
"""
# A month end is kept whole: units at the bottom get cells of their own, the places above them what is theirs alone.
_UNITS = """
CREATE TEMPORARY TABLE figures_unit (
    path varchar(255), count varchar(40), period varchar(10), dimension varchar(20), key varchar(60), amount bigint)
"""
_COUNTED = """
INSERT INTO figures_unit SELECT o.path, %s, f.period, %s, {column}, SUM(f.amount)
FROM figures_fact f JOIN organizations_organization o ON o.id = f.unit
GROUP BY 1, 3, 5 HAVING SUM(f.amount) <> 0
"""
_COPY_GATHERED = f"""
INSERT INTO figures_snapshotcell (snapshot_id, count, period, dimension, key, path, parent_path, own, total)
SELECT %s, c.count, c.period, c.dimension, c.key, c.path, c.parent_path, COALESCE(u.amount, 0), c.total
FROM figures_cell c LEFT JOIN figures_unit u ON u.path = c.path AND u.count = c.count AND u.period = c.period
                    AND u.dimension = c.dimension AND u.key = c.key
WHERE c.count IN ({{gathered}})
UNION ALL
SELECT %s, u.count, u.period, u.dimension, u.key, u.path, substr(u.path, 1, length(u.path) - {_STEP}),
       u.amount, u.amount
FROM figures_unit u JOIN organizations_organization o ON o.path = u.path
WHERE o.numchild = 0 AND length(o.path) > {_STEP}
"""  # noqa: S608 - our own constant
_COPY_TREE = """
INSERT INTO figures_snapshotnode (snapshot_id, organization, path, parent_path, code, name)
SELECT %s, id, path, substr(path, 1, length(path) - %s), code, name FROM organizations_organization
"""


def month_end_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


@transaction.atomic
def keep_month_end(day: date, *, now: datetime) -> tuple[Snapshot, bool]:
    """Keep the figures of the month that ended on ``day``; says whether it was done now. Safe to run again.

    Folds first; nothing folds or moves until both copies are made. Raises ``MonthNotOver``, and ``MonthLongOver`` for
    any month but the last: the cells know the present alone.
    """
    today = timezone.localdate(now)
    if (day + timedelta(days=1)).day != 1 or day >= today:
        raise MonthNotOver()
    for name in (LOCK, FOLDING, TREE_LOCK):
        hold(name)
    kept = Snapshot.objects.filter(day=day).first()
    if kept is not None:
        return kept, False
    if day != month_end_before(today):
        raise MonthLongOver()
    fold()
    snapshot = Snapshot.objects.create(day=day, taken_at=now)
    with connection.cursor() as cursor:
        _copy_cells(cursor, snapshot.pk)
        cursor.execute(_COPY_TREE, [snapshot.pk, _STEP])
    return snapshot, True


def _copy_cells(cursor, snapshot: int) -> None:
    gathered = [count.code for count in counts if count.gathered and count.kept] or [""]
    others = [*gathered, *(count.code for count in counts if not count.kept)]
    cursor.execute(_COPY_CELLS.format(others=_slots(others)), [snapshot, *others])
    cursor.execute(_UNITS)
    for count in counts:
        if count.code in gathered:
            count_facts(cursor, count, None, _COUNTED)
    cursor.execute(_COPY_GATHERED.format(gathered=_slots(gathered)), [snapshot, *gathered, snapshot])
    cursor.execute("DROP TABLE figures_unit")


def _slots(values: list[str]) -> str:
    return ", ".join(["%s"] * len(values))
