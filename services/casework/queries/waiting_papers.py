"""Papers of every kind that the virus scanner has still to judge."""

from collections.abc import Iterator

from django.db.models import Count, Q

from services.casework.enums import ScanState
from services.casework.registry import papers


def papers_without_verdict() -> Iterator[tuple[str, int, int]]:
    """Of each kind of paper that has some: its name, how many wait, how many are held back. One query a kind."""
    for kind in papers:
        rows = kind.rows().filter(removed_at__isnull=True).order_by()
        found = rows.aggregate(
            waiting=Count("pk", filter=Q(scan=ScanState.WAITING)),
            held=Count("pk", filter=Q(scan=ScanState.QUARANTINED)),
        )
        if found["waiting"] or found["held"]:
            yield str(rows.model._meta.verbose_name_plural), found["waiting"], found["held"]
