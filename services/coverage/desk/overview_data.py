"""What the charts of the leader's page are drawn from, for other programs; and what names a version of it."""

import hashlib
from datetime import date, datetime

from django.conf import settings

from services.coverage.figures.overview import Overview
from services.figures.models import Snapshot, Target
from services.figures.queries import Line
from services.figures.registry import Column
from services.figures.rules.numbers import rounded
from services.organizations.models import Organization


def version(organization: Organization, ground, generation: int, today: date, language: str) -> str:
    kept = ground.snapshot.pk if ground.snapshot else Snapshot.objects.values_list("pk", flat=True).first() or 0
    target = Target.objects.filter(organization=organization).values_list("pk", flat=True).first() or 0
    least = settings.COVERAGE_RANKED_FROM
    named = f"{organization.pk}:{bool(ground.snapshot)}:{kept}:{generation}:{target}:{today}:{least}:{language}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def data(seen: Overview, *, as_of: datetime) -> dict:
    """Every chart of the page: what it counts in words, its numbers, and their date."""
    return {
        "place": {"code": seen.place.code, "name": seen.place.name},
        "as_of": as_of.isoformat(timespec="seconds"),
        "month_end": f"{seen.day:%Y-%m-%d}" if seen.ground.snapshot else None,
        "statistics": [_data_of(seen, one) for one in seen.whole.totals.values()],
    }


def _data_of(seen: Overview, line: Line) -> dict:
    statistic = line.statistic
    aim, months = seen.aims.get(statistic.code), seen.months.get(statistic.code, ())
    return {
        "code": statistic.code,
        "title": str(statistic.title),
        "definition": str(statistic.definition),
        **_fraction(line),
        "target": float(aim.target.value) if aim else None,
        "months": [{"day": f"{one.day:%Y-%m-%d}", "rate": rounded(one.value)} for one in months],
        "branches": [
            {"code": one.place.code, "name": one.place.name, **_fraction(one)}
            for one in seen.whole.branches[statistic.code]
        ],
    }


def _fraction(line: Line) -> dict:
    def told(column: Column) -> dict:
        return {"label": str(column.label), "value": line.figures[column.code].value}

    statistic = line.statistic
    return {
        "numerator": told(statistic.numerator),
        "denominator": told(statistic.denominator),
        "rate": rounded(line.rate),
    }
