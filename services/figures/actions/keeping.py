"""Month ends: copy the cells and the tree as they stand, once."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from services.figures.actions.folding import LOCK as FOLDING
from services.figures.actions.folding import fold
from services.figures.errors import MonthLongOver, MonthNotOver
from services.figures.models import Snapshot
from services.foundation.locks import hold
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.models import Organization

LOCK = "figures.snapshot"
_STEP = Organization.steplen
_COPY_CELLS = """
INSERT INTO figures_snapshotcell (snapshot_id, count, period, dimension, key, path, parent_path, own, total)
SELECT %s, count, period, dimension, key, path, parent_path, own, total FROM figures_cell
"""
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
        cursor.execute(_COPY_CELLS, [snapshot.pk])
        cursor.execute(_COPY_TREE, [snapshot.pk, _STEP])
    return snapshot, True
