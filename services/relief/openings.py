"""Relief programmes as what women can get. Nobody is told that she looks poor: nothing is suggested by what is held."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from services.foundation.openings import Opening, Phase, Suggestion
from services.relief.enums import VersionState
from services.relief.models import Programme
from services.relief.wording.programmes import summary, title
from services.workers.models import Worker


def openings(*, now: datetime) -> list[Opening]:
    """Every programme in force, in one query. All begin with the questions that anybody may answer."""
    address = reverse("relief:start")
    programmes = Programme.objects.filter(state=VersionState.ACTIVE).order_by("kind", "code")
    return [
        Opening(
            key=f"relief:{programme.code}",
            title=title(programme),
            summary=summary(programme),
            url=address,
            phase=_phase(programme, timezone.localdate(now)),
            opens_at=_midnight(programme.opens_on),
            closes_at=_midnight(programme.closes_on and programme.closes_on + timedelta(days=1)),
        )
        for programme in programmes
    ]


def _phase(programme: Programme, today: date) -> Phase:
    if programme.opens_on and today < programme.opens_on:
        return Phase.COMING
    return Phase.CLOSED if programme.closes_on and today > programme.closes_on else Phase.OPEN


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def suggestions(worker: Worker, *, now: datetime) -> list[Suggestion]:
    """None: a line on a screen that others see must not say that somebody holds her to be in hardship."""
    return []
