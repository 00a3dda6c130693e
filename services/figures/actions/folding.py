"""Fold marked organisations into the cells: count them anew, add the differences along their paths."""

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from services.figures.models import Mark
from services.figures.registry import counts, watches
from services.foundation.locks import hold
from services.organizations.actions.tree import TREE_LOCK
from services.organizations.models import Organization

LOCK = "figures.fold"
_STEP = Organization.steplen
# From so many organisations on the server looks at the tables anew before they are counted.
_MANY = 500

_BATCH = "CREATE TEMPORARY TABLE figures_batch AS SELECT id, organization FROM figures_mark"
_NET = """
CREATE TEMPORARY TABLE figures_net AS
SELECT d.organization, d.path, count, period, dimension, key, SUM(d.amount) AS amount,
       CASE WHEN o.id IS NULL THEN 1 ELSE 0 END AS gone
FROM figures_delta d LEFT JOIN organizations_organization o ON o.id = d.organization AND o.path = d.path
GROUP BY d.organization, d.path, count, period, dimension, key, o.id HAVING SUM(d.amount) <> 0
"""
_DELTA = """
CREATE TEMPORARY TABLE figures_delta (
    organization bigint, path varchar(255), count varchar(40), period varchar(10), dimension varchar(20),
    key varchar(60), amount bigint)
"""
_STORED = """
INSERT INTO figures_delta SELECT organization, path, count, period, dimension, key, -own FROM figures_cell
WHERE own <> 0 AND (organization IN (SELECT organization FROM figures_batch)
                    OR (count IN ({gathered}) AND organization IN (SELECT id FROM figures_place)))
"""
_PLACES = f"""
CREATE TEMPORARY TABLE figures_place AS
SELECT o.id, o.path FROM organizations_organization o
WHERE (o.numchild > 0 OR length(o.path) = {_STEP}) AND o.id IN (
    SELECT organization FROM figures_batch
    UNION SELECT above.id FROM organizations_organization above JOIN organizations_organization m
          ON above.path = substr(m.path, 1, length(m.path) - {_STEP})
    WHERE m.id IN (SELECT organization FROM figures_batch))
"""  # noqa: S608 - our own constant
_GATHERED = f"""
CREATE TEMPORARY TABLE figures_gathered AS
SELECT p.id AS unit, p.id AS home, p.path AS path FROM figures_place p
UNION ALL SELECT o.id, p.id, p.path FROM organizations_organization o
JOIN figures_place p ON p.path = substr(o.path, 1, length(o.path) - {_STEP}) WHERE o.numchild = 0
"""  # noqa: S608 - our own constant
_SUMS = """
INSERT INTO figures_delta SELECT o.{home}, o.path, %s, f.period, %s, {column}, SUM(f.amount)
FROM figures_fact f JOIN {places} o ON o.{unit} = f.unit
GROUP BY 1, 2, 4, 6 HAVING SUM(f.amount) <> 0
"""
_ADD = """
INSERT INTO figures_cell (count, period, dimension, key, path, parent_path, organization, own, total)
SELECT n.count, n.period, n.dimension, n.key, substr(n.path, 1, {length}), substr(n.path, 1, {above}),
       COALESCE(MAX(o.id), 0),
       SUM(CASE WHEN length(n.path) = {length} THEN n.amount ELSE 0 END), SUM(n.amount)
FROM figures_net n LEFT JOIN organizations_organization o ON o.path = substr(n.path, 1, {length})
WHERE n.gone = {gone} AND length(n.path) >= {length}
GROUP BY n.count, n.period, n.dimension, n.key, substr(n.path, 1, {length}), substr(n.path, 1, {above})
ON CONFLICT (count, period, dimension, key, path)
DO UPDATE SET own = figures_cell.own + excluded.own, total = figures_cell.total + excluded.total
"""
_NEXT_GENERATION = """
INSERT INTO figures_generation (id, number) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET number = figures_generation.number + 1
"""
_TEMPORARY = ("figures_batch", "figures_place", "figures_gathered", "figures_delta", "figures_net")
# Where a count's units are looked up, and the names of the columns there.
_AT_UNITS = {"places": "organizations_organization", "home": "id", "unit": "id"}
_AT_PLACES = {"places": "figures_gathered", "home": "home", "unit": "unit"}


def fold() -> int:
    """Bring the cells up to date; gives the number of organisations counted anew. Nothing marked costs one query.

    Holds the folding lock and the tree's, so that no path changes between two statements. Any other change that
    commits meanwhile keeps its own mark and is folded next time.
    """
    if not Mark.objects.exists():
        return 0
    with transaction.atomic():
        hold(LOCK)
        hold(TREE_LOCK)
        with connection.cursor() as cursor:
            return _fold(cursor)


def mark_everything() -> None:
    """Have every organisation counted anew: after a change of what a count means."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO figures_mark (organization) SELECT id FROM organizations_organization")
        cursor.execute("INSERT INTO figures_mark (organization) SELECT DISTINCT organization FROM figures_cell")


def _fold(cursor) -> int:
    cursor.execute(_BATCH)
    cursor.execute("SELECT COUNT(DISTINCT organization) FROM figures_batch")
    (number,) = cursor.fetchone()
    _analyse(cursor, "figures_batch")
    if number >= _MANY:
        # As after an import: what the server knew of these tables is from before, and it would plan for a few rows.
        for table in sorted({Organization._meta.db_table, *(watch.table for watch in watches)}):
            _analyse(cursor, table)
    cursor.execute(_PLACES)
    cursor.execute(_GATHERED)
    for table in ("figures_place", "figures_gathered"):
        _analyse(cursor, table)
    cursor.execute(_DELTA)
    gathered = [count.code for count in counts if count.gathered] or [""]
    cursor.execute(_STORED.format(gathered=", ".join(["%s"] * len(gathered))), gathered)
    for count in counts:
        _count_anew(cursor, count)
    cursor.execute(_NET)
    _analyse(cursor, "figures_net")
    # What left its place goes first: another organisation may stand there by now.
    _apply(cursor, gone=1)
    _apply(cursor, gone=0)
    cursor.execute("DELETE FROM figures_mark WHERE id IN (SELECT id FROM figures_batch)")
    cursor.execute(_NEXT_GENERATION)
    for table in _TEMPORARY:
        cursor.execute(f"DROP TABLE {table}")
    return number


def _analyse(cursor, table: str) -> None:
    """PostgreSQL plans a table that was just filled blindly."""
    if connection.vendor == "postgresql":
        cursor.execute(f"ANALYZE {table}")


def _count_anew(cursor, count) -> None:
    """What the batch's organisations are now; of a gathered count, what the places are at which they are held."""
    units = "SELECT unit FROM figures_gathered" if count.gathered else "SELECT organization FROM figures_batch"
    marked = Organization.objects.order_by().filter(pk__in=RawSQL(units, []))  # noqa: S611 - one of our own two
    count_facts(cursor, count, marked.values("pk"), _SUMS, **(_AT_PLACES if count.gathered else _AT_UNITS))


def count_facts(cursor, count, organizations, sums: str, **names: str) -> None:
    """Run ``sums`` over the facts of a count, once without a split and once for each dimension.

    ``sums`` finds the facts in ``figures_fact``, names the column to group by ``{column}``, and takes the codes of the
    count and of the dimension.
    """
    sql, params = count.facts(organizations).query.sql_with_params()
    cursor.execute(f"CREATE TEMPORARY TABLE figures_fact AS {sql}", params)
    _analyse(cursor, "figures_fact")
    for dimension in ("", *count.dimensions):
        column = f"COALESCE(f.by_{dimension}, '')" if dimension else "''"
        cursor.execute(sums.format(column=column, **names), [count.code, dimension])
    cursor.execute("DROP TABLE figures_fact")


def _apply(cursor, *, gone: int) -> None:
    """Add the differences at every level of the paths; then drop what became empty."""
    cursor.execute("SELECT COALESCE(MAX(length(path)), 0) FROM figures_net WHERE gone = %s", [gone])
    (longest,) = cursor.fetchone()
    for length in range(_STEP, longest + 1, _STEP):
        cursor.execute(_ADD.format(length=length, above=length - _STEP, gone=gone))
    if longest:
        cursor.execute("DELETE FROM figures_cell WHERE total = 0")
