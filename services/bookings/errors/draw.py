"""What the steps of a draw refuse."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class DrawDecides(Refused):
    """Nobody books directly, or waits, before the draw is over."""

    code = "draw_decides"
    for_her = _("The places are drawn here: enter the draw instead. Nobody can book directly before it is over.")
    for_staff = _("The places of this offering are drawn. Enter her in the draw; direct booking opens after it.")


class WaitingListOnly(Refused):
    """The draw is over and what is left passes through the waiting list."""

    code = "waiting_list_only"
    for_her = _("The places were drawn. What becomes free goes to the waiting list: please join it.")
    for_staff = _("The places were drawn. What becomes free goes to the waiting list only.")


class EntriesClosed(Refused):
    code = "entries_closed"
    for_her = _("The list of the draw is closed. You can join the waiting list: it is served after the draw.")
    for_staff = _("The list of the draw is closed.")


class DrawnAlready(Refused):
    code = "drawn_already"
    for_her = _("You have been drawn already. Answer the offer, or leave the waiting list, instead.")
    for_staff = _("She has been drawn already; cancel her booking or take her off the waiting list instead.")


class SignUpBegan(Refused):
    """Women have booked, or could have: the way of giving places is part of what they relied on."""

    code = "sign_up_began"
    for_her = for_staff = _(
        "Sign-up has begun or women hold places already: how places are given can't be changed any more."
    )


class DrawFixed(Refused):
    code = "draw_fixed"
    for_her = for_staff = _(
        "Women have entered: what was announced stands. If it can't be kept, announce a new draw with a reason."
    )


class DrawNeedsWaitingList(Refused):
    code = "draw_needs_waiting_list"
    for_her = for_staff = _("A draw needs the waiting list: switch it on in the programme first.")


class DrawNeedsWindow(Refused):
    code = "draw_needs_window"
    for_her = for_staff = _("Set when sign-up opens and closes first.")


class ListClosesOutside(Refused):
    """Context: ``begin``, ``end`` (text) between which the list may close."""

    code = "list_closes_outside"
    for_her = for_staff = _("The list must close after %(begin)s and before %(end)s.")


class NumberTooEarly(Refused):
    code = "number_too_early"
    for_her = for_staff = _("The number must come out on a later day than the list closes: nobody may know it before.")


class TooEarlyToFreeze(Refused):
    """Context: ``at`` (text)."""

    code = "too_early_to_freeze"
    for_her = for_staff = _("Women may enter until %(at)s. The list can be closed then, not earlier.")


class NumberKnown(Refused):
    """The list wasn't frozen before the day of the number: a draw on it would prove nothing."""

    code = "number_known"
    for_her = for_staff = _(
        "The day of the number has come before the list was closed. Announce a new draw with a later day."
    )


class TooEarlyForNumber(Refused):
    """Context: ``day`` (text)."""

    code = "too_early_for_number"
    for_her = for_staff = _("The number comes out on %(day)s. It can be entered from that day on.")


class NumberMalformed(Refused):
    """Context: ``digits``."""

    code = "number_malformed"
    for_her = for_staff = _("Announced was a number of %(digits)s digits. Type exactly these.")


class NumberFixed(Refused):
    code = "number_fixed"
    for_her = for_staff = _("A number was entered already and can't be changed. A mistake is corrected in a new draw.")


class SecondPersonNeeded(Refused):
    code = "second_person_needed"
    for_her = for_staff = _("Another officer than the one before must take this step.")


class DrawNotThere(Refused):
    """The draw is at another step than the one this belongs to."""

    code = "draw_not_there"
    for_her = for_staff = _("The draw is at another step meanwhile. Look at the page again.")


class PlacesGiven(Refused):
    code = "places_given"
    for_her = for_staff = _("The order is drawn: it can't be drawn anew, only a mistyped number can be corrected.")
