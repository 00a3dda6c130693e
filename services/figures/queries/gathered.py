"""What units at the bottom are of a gathered count, read from the facts: they have no cells."""

from collections.abc import Iterable

from django.db.models import CharField, F, Q, QuerySet, Value

from services.figures.queries.ground import Ground
from services.figures.registry import counts
from services.organizations.models import Organization

# By count, path and key; without a split the key is empty.
Numbers = dict[tuple[str, str, str], int]


def at_place(path: str) -> QuerySet[Organization]:
    """The place itself, and the units directly below it that have none below them."""
    depth = len(path) // Organization.steplen + 1
    bottom = Q(path__startswith=path, depth=depth, numchild=0)
    return Organization.objects.order_by().filter(bottom | Q(path=path))


def alone(*paths: str) -> QuerySet[Organization]:
    """Those of the places that are units at the bottom themselves."""
    return Organization.objects.order_by().filter(path__in=paths, numchild=0)


def numbers(
    codes: Iterable[str], ground: Ground, units: QuerySet[Organization], period: str, dimension: str = ""
) -> Numbers:
    """What each of these units is by itself; {} at a month end, which is kept unit by unit. Two queries, one where
    there is no such unit."""
    asked = [code for code in codes if counts[code].gathered and _is_split(code, dimension)]
    if ground.snapshot is not None or not asked:
        return {}
    paths = dict(units.values_list("pk", "path"))
    if not paths:
        return {}
    first, *rest = [_facts(code, list(paths), dimension) for code in asked]
    found: Numbers = {}
    for code, unit, of, key, amount in first.union(*rest, all=True):
        if of == period:
            at = (code, paths[unit], key or "")
            found[at] = found.get(at, 0) + amount
    return found


def _is_split(code: str, dimension: str) -> bool:
    return not dimension or dimension in counts[code].dimensions


def _facts(code: str, units: list[int], dimension: str) -> QuerySet:
    text = CharField(max_length=60)
    split = F(f"by_{dimension}") if dimension else Value("", text)
    rows = counts[code].facts(units).annotate(code=Value(code, text), split=split)
    return rows.values_list("code", "unit", "period", "split", "amount")
