"""How an activity stands right now, in the shape in which public pages show live state."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from services.bookings.enums import OfferingState
from services.signups.models import Activity
from services.signups.queries.activities import public_activities, with_places_left
from services.signups.rules import phase


@dataclass(frozen=True, slots=True)
class ActivityState:
    """``phase`` is ``coming``, ``open``, ``full`` or ``closed``; ``left`` is the number of the sign-up pages."""

    activity_id: int
    title: str
    summary: str
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None
    left: int
    waiting_list: bool
    next_at: datetime | None
    url: str


def _shown(now: datetime) -> QuerySet[Activity]:
    return with_places_left(public_activities(), now=now)


def live_state(activity: Activity, *, now: datetime) -> ActivityState:
    """Of a row with ``places_left`` and ``next_at``. No query."""
    offering = activity.offering
    return ActivityState(
        activity_id=activity.pk,
        title=activity.title,
        summary=activity.summary,
        phase=phase(
            is_open=offering.state == OfferingState.OPEN,
            opens_at=offering.opens_at,
            closes_at=offering.closes_at,
            left=activity.places_left,
            ahead=activity.next_at is not None,
            now=now,
        ),
        opens_at=offering.opens_at,
        closes_at=offering.closes_at,
        left=activity.places_left,
        waiting_list=offering.waiting_list,
        next_at=activity.next_at,
        url=reverse("signups:activity", args=[activity.code]),
    )


def ahead(now: datetime) -> QuerySet[Activity]:
    """Those whose sign-up isn't over, with what ``live_state`` reads."""
    return _shown(now).filter(offering__state=OfferingState.OPEN, offering__closes_at__gt=now)


def state_of(activity_id: int | None, *, now: datetime) -> ActivityState | None:
    """State of one activity; ``None`` without an activity or while it is in preparation. One query."""
    if activity_id is None:
        return None
    activity = _shown(now).filter(pk=activity_id).first()
    return live_state(activity, now=now) if activity else None
