"""The next thing to do for a programme, in the order in which it is prepared and run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.bookings.enums import OfferingState
from services.screening.desk.pages import desk_url
from services.screening.models import Programme

CLOSING_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Step:
    """``text`` says what is missing, ``button`` what pressing it does."""

    text: str
    button: str
    url: str


def next_step(programme: Programme, standing, *, now: datetime) -> Step | None:
    """The first of the open steps, or None when nothing waits."""
    return _preparing(programme, standing, now) or _running(programme, standing, now)


def _preparing(programme: Programme, standing, now: datetime) -> Step | None:
    code, offering = programme.code, programme.offering
    if standing.terms_in_force is None:
        return Step(
            _("The terms are not published: nobody can see whether she is eligible."),
            _("Check and publish the terms"),
            desk_url("terms", code),
        )
    if not standing.sessions_ahead and offering.state != OfferingState.CLOSED:
        return Step(_("There is no session ahead."), _("Add sessions"), desk_url("series", code))
    if standing.root is None:
        return Step(_("The number of places is not set."), _("Set the places"), desk_url("places", code))
    if offering.state == OfferingState.DRAFT:
        return Step(_("Everything is prepared."), _("Open sign-up"), desk_url("programme_open", code))
    return None


def _running(programme: Programme, standing, now: datetime) -> Step | None:
    code, offering = programme.code, programme.offering
    if standing.draft_terms is not None:
        return Step(
            _("Version %(version)s of the terms is written but not published.")
            % {"version": standing.draft_terms.version},
            _("Check and publish the terms"),
            desk_url("terms", code),
        )
    if offering.state != OfferingState.OPEN:
        return None
    if standing.root.slots > standing.seats:
        return Step(
            _("The sessions hold %(seats)s women, but %(places)s places are promised.")
            % {"seats": standing.seats, "places": standing.root.slots},
            _("Add sessions"),
            desk_url("series", code),
        )
    if standing.root.left and not offering.remainder_open:
        text = ngettext("%(count)s place is not given out.", "%(count)s places are not given out.", standing.root.left)
        return Step(text % {"count": standing.root.left}, _("Give places"), desk_url("places", code))
    closing_soon = offering.closes_at and now <= offering.closes_at <= now + CLOSING_SOON
    if closing_soon and standing.figures.left:
        text = ngettext(
            "Sign-up closes on %(day)s and %(count)s place is still free.",
            "Sign-up closes on %(day)s and %(count)s places are still free.",
            standing.figures.left,
        )
        text = text % {"day": f"{offering.closes_at:%Y-%m-%d}", "count": standing.figures.left}
        return Step(text, _("See who is behind"), desk_url("uptake", code))
    return None
