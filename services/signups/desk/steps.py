"""The next thing to do for an activity, in the order in which it is prepared, held and finished."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from services.bookings.enums import BookingState, OfferingState
from services.bookings.models import Booking
from services.signups.desk.pages import desk_url
from services.signups.models import Activity


@dataclass(frozen=True, slots=True)
class Step:
    """``text`` says what is missing, ``button`` what pressing it does."""

    text: str
    button: str
    url: str


def next_step(activity: Activity, sessions: list, *, now: datetime) -> Step | None:
    """The first of the open steps, or None when nothing waits. One query at most."""
    code = activity.code
    if not sessions:
        return Step(_("There is no session yet."), _("Add a session"), desk_url("session_add", code))
    if activity.offering.state == OfferingState.DRAFT:
        return Step(_("Everything is prepared."), _("Open sign-up"), desk_url("activity_open", code))
    over = [session for session in sessions if session.ends_at <= now]
    if not over:
        return None
    rows = Booking.objects.unscoped().filter(session__in=over).order_by("session__ends_at", "pk")
    known = list(rows.values_list("session__token", "state", "certificate"))
    if waits := next((token for token, state, _c in known if state == BookingState.CONFIRMED), None):
        return Step(_("A session is over: say who came."), _("Record attendance"), desk_url("attendance", code, waits))
    if activity.certificates and any(state == BookingState.ATTENDED and not paper for _t, state, paper in known):
        return Step(
            _("Women who came have no certificate yet."), _("Issue certificates"), desk_url("certificates_issue", code)
        )
    return None
