"""Rules about missed places in words: before she cancels, when she is refused, and on the programme's page; and what
a line of the waiting list says."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.bookings import rules
from services.bookings.enums import Priority, PriorityReason, WaitingState
from services.bookings.models import PriorityChange, WaitingEntry
from services.bookings.rules.draw import DRAWN_FIRST
from services.foundation.verdict import Finding, Outcome
from services.organizations.enums import Role


def conduct_terms(offering) -> list[str]:
    """What the offering says about missed places, in sentences; empty where nothing follows and nothing is late."""
    said = []
    hours = offering.late_cancel_hours
    if hours is not None:
        said.append(
            ngettext(
                "Cancelling less than %(hours)s hour before the session counts as late.",
                "Cancelling less than %(hours)s hours before the session counts as late.",
                hours,
            )
            % {"hours": hours}
        )
    if offering.consequence != rules.NO_CONSEQUENCE:
        words = {"count": offering.missed_limit, "months": offering.missed_months}
        said.append(
            _("Who misses %(count)s booked places within %(months)s months (not come, or cancelled late):") % words
            + " "
            + _consequence(offering.consequence, offering.pause_days)
        )
        said.append(_("If illness or something else kept you, tell your union: an excused place doesn't count."))
    return said


def _consequence(code: str, days: int) -> str:
    if code == rules.PAUSE:
        return ngettext(
            "she can't book by herself for %(days)s day; her union's officer can book for her.",
            "she can't book by herself for %(days)s days; her union's officer can book for her.",
            days,
        ) % {"days": days}
    if code == rules.BEHIND:
        return _("she waits behind others on waiting lists.")
    return _("she is reminded when she books.")


def standing(finding: Finding) -> list[str]:
    """How she stands, in sentences: what was counted, what follows, what she can do. Empty when nothing follows."""
    if finding.outcome is Outcome.PASSED:
        return []
    figures = finding.figures
    counted = ngettext(
        "%(count)s booked place was missed within %(months)s months.",
        "%(count)s booked places were missed within %(months)s months.",
        figures["count"],
    ) % {"count": figures["count"], "months": figures["months"]}
    return [counted, _follows(figures)]


def _follows(figures: dict) -> str:
    code = figures["consequence"]
    if code == rules.PAUSE:
        until = date_format(date.fromisoformat(figures["until"]), "DATE_FORMAT")
        return _(
            "You can book by yourself again from %(until)s on. Until then your union's officer can book for you."
        ) % {"until": until}
    if code == rules.BEHIND:
        return _("On waiting lists you stand behind others.")
    return _("Please cancel early when you can't come: another woman can use the place.")


def late(finding: Finding, hours: int) -> list[str]:
    """What cancelling now would mean: ``finding`` is her standing as if the place were missed already."""
    first = ngettext(
        "It is less than %(hours)s hour to the session: this counts as a late cancellation.",
        "It is less than %(hours)s hours to the session: this counts as a late cancellation.",
        hours,
    ) % {"hours": hours}
    figures = finding.figures
    if finding.outcome is not Outcome.PASSED:
        counted = ngettext(
            "With this one, %(count)s booked place is missed within %(months)s months.",
            "With this one, %(count)s booked places are missed within %(months)s months.",
            figures["count"],
        ) % {"count": figures["count"], "months": figures["months"]}
        return [first, counted, _follows(figures)]
    if figures["consequence"] == rules.NO_CONSEQUENCE:
        return [first, _("Nothing else follows from it.")]
    so_far = _("With it you have missed %(count)s of %(limit)s places from which something follows.")
    return [first, so_far % {"count": figures["count"], "limit": figures["limit"]}]


def wish(entry: WaitingEntry) -> str:
    if entry.session is None:
        return _("any session")
    return f"{entry.session.venue.name} {localtime(entry.session.starts_at):%Y-%m-%d %H:%M}"


def why_here(entry: WaitingEntry) -> str:
    """The step she stands on, and what put her there: a draw, or the recorded reason."""
    if entry.priority >= DRAWN_FIRST:
        return _("In the order drawn")
    if entry.last_reason:
        return _(": ").join([str(Priority(entry.priority).label), str(PriorityReason(entry.last_reason).label)])
    return _("By time")


def place(entry) -> str:
    """Her number in the line; a dash for one who waits no more."""
    return str(entry.place) if entry.place else "–"


def lapses_at(entry: WaitingEntry):
    """When the offer made to her lapses."""
    return entry.booking.held_until if entry.state == WaitingState.OFFERED and entry.booking else None


def step_of(entry: WaitingEntry) -> str:
    """The step of the list she stands on."""
    return _("In the order drawn") if entry.priority >= DRAWN_FIRST else str(Priority(entry.priority).label)


def step_words(change: PriorityChange) -> str:
    """From which step of the list to which."""
    return f"{Priority(change.before).label} → {Priority(change.after).label}"


# The reasons of a change of priority, said to her.
_TO_HER = {
    PriorityReason.SERVED_FIRST: gettext_lazy("The programme serves your group first."),
    PriorityReason.MISSED_PLACES: gettext_lazy("Booked places were missed before, so others come first by the rules."),
    PriorityReason.ORGANISER_CANCELLED: gettext_lazy(
        "An earlier appointment of yours had to be cancelled by the organiser."
    ),
    PriorityReason.RECORD_CORRECTED: gettext_lazy("Your record was corrected."),
    PriorityReason.OUR_MISTAKE: gettext_lazy("A mistake of the union had put you back."),
    PriorityReason.URGENT: gettext_lazy("It was found that you can't wait long."),
    PriorityReason.WITHDRAWN: gettext_lazy("An earlier change was taken back."),
    PriorityReason.OTHER: gettext_lazy("There was another reason."),
}


def moved_to_her(change: PriorityChange, ahead_by_rule: str) -> tuple[str, str, datetime, str]:
    """A change of her place as she reads it: what it was and by whose role, that it is done, when, and why."""
    up = change.after > change.before
    if change.by_id:
        words = _("Put ahead by: %(role)s") if up else _("Put behind by: %(role)s")
        title = words % {"role": Role(change.by_role).label}
    else:
        title = str(ahead_by_rule) if up else _("You were put behind by a rule")
    return title, "done", change.at, _why(change)


def _why(change: PriorityChange) -> str:
    """The coded reason as it is said to her, then the words of whoever decided."""
    reason = str(_TO_HER[PriorityReason(change.reason)])
    return _("%(reason)s In words: “%(text)s”") % {"reason": reason, "text": change.text} if change.text else reason
