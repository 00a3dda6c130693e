"""The proof: every cell counted anew by the ORM and added up in Python, and no statement shared with folding."""

from collections import Counter
from dataclasses import dataclass

from services.figures.models import Cell
from services.figures.registry import counts
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths

CellKey = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    count: str
    period: str
    dimension: str
    key: str
    path: str
    stored: tuple[int, int]
    counted: tuple[int, int]

    def __str__(self) -> str:
        split = f" {self.dimension}={self.key}" if self.dimension else ""
        return (
            f"{self.count} {self.period}{split} at {self.path}: own and total are {self.stored}, counted {self.counted}"
        )


def differences() -> list[Difference]:
    """Cells that differ from the recount, missing and surplus ones included; [] when all agree."""
    own, total = recount()
    stored = {
        (row[0], row[1], row[2], row[3], row[4]): (row[5], row[6])
        for row in Cell.objects.values_list("count", "period", "dimension", "key", "path", "own", "total").iterator()
    }
    return [
        Difference(*cell, stored.get(cell, (0, 0)), (own[cell], total[cell]))
        for cell in sorted(stored.keys() | total.keys())
        if stored.get(cell, (0, 0)) != (own[cell], total[cell])
    ]


def recount() -> tuple[Counter[CellKey], Counter[CellKey]]:
    """By (count, period, dimension, key, path): what belongs to the organisation itself, and with all below it."""
    tree = list(Organization.objects.order_by().values_list("pk", "path", "numchild"))
    paths = {pk: path for pk, path, _children in tree}
    # Of a gathered count: units at the bottom belong to the place above them.
    homes = {pk: path if children else path[: -Organization.steplen] or path for pk, path, children in tree}
    own: Counter[CellKey] = Counter()
    total: Counter[CellKey] = Counter()
    for count in counts:
        for row in count.facts(None).order_by().iterator():
            path = (homes if count.gathered else paths)[row["unit"]]
            for dimension in ("", *count.dimensions):
                key = (row[f"by_{dimension}"] or "") if dimension else ""
                name = (count.code, row["period"], dimension, key)
                own[*name, path] += row["amount"]
                for above in ancestor_paths(path):
                    total[*name, above] += row["amount"]
    empty = [cell for cell, number in total.items() if not number]
    for cell in empty:
        del own[cell], total[cell]
    return own, total
