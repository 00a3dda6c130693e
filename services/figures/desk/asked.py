"""What an address asks for: the day, the period, the part, the split. What can't be shown so doesn't exist (404)."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from services.figures import queries
from services.figures.queries import Ground
from services.figures.registry import Dimension, Statistic, Where
from services.foundation import clock

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """``part`` and ``key`` narrow the whole page to one key of a dimension; ``by`` is the split shown below."""

    statistic: Statistic
    organization: str
    period: str
    ground: Ground
    part: Dimension | None = None
    key: str = ""
    by: Dimension | None = None

    def address(self, name: str = "at", **changes) -> str:
        other = replace(self, **changes)
        parameters = {"period": other.period}
        if other.ground.snapshot:
            parameters["day"] = other.ground.snapshot.day.isoformat()
        if other.part:
            parameters |= {"part": other.part.code, "key": other.key}
        if other.by and other.by != default_split(other.statistic):
            parameters["by"] = other.by.code
        at = reverse(f"figures:{name}", args=[other.statistic.code, other.organization])
        return f"{at}?{urlencode(parameters)}"

    @property
    def aim_period(self) -> str:
        """The period whose target counts: what is counted as it stands is to be reached within a year."""
        return queries.aim_period(self.period, self.ground, today=clock.today())

    def where(self, organization, *, direct: bool = False) -> Where:
        part = self.part.code if self.part else ""
        return Where(organization, self.period, part, self.key, direct, self.day)

    @property
    def day(self) -> date | None:
        """The month end that is looked at; None: the present."""
        return self.ground.snapshot.day if self.ground.snapshot else None


def default_split(statistic: Statistic) -> Dimension | None:
    return statistic.median_of or next(iter(statistic.dimensions), None)


def read(statistic: Statistic, organization: str, parameters) -> Asked:
    """From the parameters of a request. Raises ``Http404`` for a day, period or part there isn't."""
    ground = Ground(_snapshot(parameters.get("day", "")))
    periods = queries.periods(statistic, ground)
    latest = periods[0] if periods else str(clock.today().year)
    period = parameters.get("period") or latest
    part = _dimension(statistic, parameters.get("part", ""))
    by = _dimension(statistic, parameters.get("by", "")) or default_split(statistic)
    key = parameters.get("key", "")[:LONGEST] if part else ""
    if (period not in periods and period != latest) or (part is not None and part is statistic.median_of):
        raise Http404
    return Asked(statistic, organization, period, ground, part, key, by)


def _snapshot(text: str):
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    found = queries.snapshots().filter(day=day).first()
    if found is None:
        raise Http404
    return found


def _dimension(statistic: Statistic, code: str) -> Dimension | None:
    if not code:
        return None
    found = statistic.dimension(code)
    if found is None:
        raise Http404
    return found
