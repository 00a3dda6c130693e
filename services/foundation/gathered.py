"""The rows of a subquery as one value: several facts about somebody in the query that is asked anyway."""

from django.db.models import Aggregate, JSONField, QuerySet, Subquery


class Gathered(Aggregate):
    """The values of an expression as a JSON list, in no order. Dates come as ISO texts."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def gathered(rows: QuerySet, of: str, expression) -> Subquery:
    """A column for any query: ``expression`` of all ``rows``, which share one value of the field ``of``.

    None without any row.
    """
    grouped = rows.order_by().values(of).annotate(gathered=Gathered(expression))
    return Subquery(grouped.values("gathered"), output_field=JSONField())
