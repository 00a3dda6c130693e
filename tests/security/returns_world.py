"""The annual return of the town, written in, for the matrix of addresses."""

from django.utils import timezone

from services.coverage.models import AnnualReturn
from services.coverage.rules.return_period import latest_year
from tests.factories.returns import FIGURES, opened, return_of


def returns_records(city, town) -> dict:
    """``towns_return``: with a figure that the system knows and a word beside another."""
    now = timezone.now()
    year = latest_year(timezone.localdate(now))
    opened(city, year, now=now)
    known = {"staff": [{"value": 61, "provider": "organizations", "on": f"{year}-09-30"}]}
    AnnualReturn.objects.unscoped().filter(organization=town, year=year).update(
        figures=FIGURES, known=known, reasons={"staff": "示例"}
    )
    return {"towns_return": return_of(town, year)}
