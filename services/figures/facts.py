"""What the facts of counts are made of: texts for keys, months in local time, sums in fen."""

from collections.abc import Iterable
from datetime import date

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet
from django.db.models.functions import Cast, Round, TruncMonth
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone


def text(expression) -> Cast:
    """A key; of an expression, or of a field by its name."""
    return Cast(expression, CharField(max_length=40))


def month_of(moment: str) -> Cast:
    """The first day of the local month, as text that sorts. PostgreSQL truncates a date to a moment, whose text would
    bear a time."""
    return text(Cast(TruncMonth(moment, DateField(), tzinfo=get_default_timezone()), DateField()))


def fen(field: str) -> Cast:
    """A sum of yuan as whole fen. Rounded first: SQLite keeps decimals as binary fractions."""
    return Cast(Round(F(field) * 100), BigIntegerField())


def facts_at(rows: QuerySet, unit: str, organizations: QuerySet | None, amount, **columns) -> QuerySet:
    """The rows of a count at ``unit``, an organisation's key; ``organizations`` as ``Count.facts`` is given them."""
    if organizations is not None:
        rows = rows.filter(**{f"{unit}__in": organizations})
    return rows.order_by().values(unit=F(unit), amount=amount, **columns)


def month_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: date_format(date.fromisoformat(key), "YEAR_MONTH_FORMAT") for key in keys if key}
