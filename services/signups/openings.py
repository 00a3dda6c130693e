"""Activities and training as what women can get: what can be signed up for now or soon."""

from datetime import datetime

from django.utils.translation import gettext as _

from services.bookings.enums import LIVE, WaitingState
from services.bookings.models import Booking, WaitingEntry
from services.bookings.queries import places_for
from services.foundation.openings import Opening, Phase, Suggestion
from services.organizations.queries import ancestor_paths
from services.signups import wording
from services.signups.models import Activity
from services.signups.queries.live import ahead, live_state
from services.workers.models import Worker

# Activities that are weighed for one woman: each costs a query.
WEIGHED = 3


def openings(*, now: datetime) -> list[Opening]:
    """Every activity whose sign-up isn't over, in one query."""
    return [_opening(activity, now) for activity in ahead(now)]


def _opening(activity: Activity, now: datetime) -> Opening:
    state = live_state(activity, now=now)
    return Opening(
        key=f"signups:{activity.code}",
        title=activity.title,
        summary=activity.summary,
        url=state.url,
        phase=Phase(state.phase),
        left=state.left,
        waiting_list=state.waiting_list,
        opens_at=state.opens_at,
        closes_at=state.closes_at,
        kind=wording.form_of(activity),
    )


def suggestions(worker: Worker, *, now: datetime) -> list[Suggestion]:
    """Activities of her union and those above it in which a place is left for her and that she hasn't answered yet;
    the soonest to close first."""
    answered = Booking.objects.own(worker=worker).filter(state__in=LIVE).order_by()
    waits = WaitingEntry.objects.own(worker=worker).filter(state__in=(WaitingState.WAITING, WaitingState.OFFERED))
    hers = (
        ahead(now)
        .filter(organization__path__in=ancestor_paths(worker.organization.path))
        .exclude(offering__in=answered.values("offering"))
        .exclude(offering__in=waits.order_by().values("offering"))
        .order_by("offering__closes_at", "pk")
    )
    open_ones = [(one, live_state(one, now=now)) for one in hers]
    to_be_had = [(one, state) for one, state in open_ones if state.phase == Phase.OPEN][:WEIGHED]
    return [
        Suggestion(
            key=f"signups:{one.code}",
            title=one.title,
            url=state.url,
            why=_("Your union takes part, and places are left for you."),
            closes_at=state.closes_at,
        )
        for one, state in to_be_had
        if places_for(one.offering, worker.organization) > 0
    ]
