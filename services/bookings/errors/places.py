"""What taking, moving and handing out places refuses."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class SessionFull(Refused):
    """Raised when the session has no place left, also when the last one went a moment ago."""

    code = "session_full"
    for_her = _("This session is full. Choose another one, or join the waiting list.")
    for_staff = _("This session is full.")


class NoPlacesForUnit(Refused):
    code = "no_places_for_unit"
    for_her = _("There are no places left for your union. You can join the waiting list.")
    for_staff = _("Her union and the unions above it have no places left.")


class PoolNotHers(NoPlacesForUnit):
    """Her union could still draw places, but only from pools whose conditions she doesn't fulfil."""

    code = "pool_not_hers"
    for_her = _(
        "The places open to everybody are taken. What is left is kept for certain groups, and as far as your record "
        "says you are in none of them. You can join the waiting list."
    )
    for_staff = _("What is left lies in pools whose conditions she doesn't fulfil.")


class WindowNotOpen(Refused):
    """``opens`` (text) is in the context when the opening is known."""

    code = "window_not_open"
    for_her = _("Booking has not opened yet.")
    for_staff = _("Booking has not opened yet.")


class WindowClosed(Refused):
    code = "window_closed"
    for_her = _("Booking is closed.")
    for_staff = _("Booking is closed.")


class PastCutoff(Refused):
    """Context: ``hours`` before the session until which she could change it herself."""

    code = "past_cutoff"
    for_her = _(
        "Changes online end %(hours)s hours before the session. Please call your union or the site if you can't come."
    )
    for_staff = _("Women can change it themselves until %(hours)s hours before the session.")


class AlreadyBooked(Refused):
    """``booking`` is the live booking she has, when it is known."""

    code = "already_booked"
    for_her = _("You have a booking already. You can move it to another session.")
    for_staff = _("She has a booking already.")

    def __init__(self, booking=None, **context):
        super().__init__(**context)
        self.booking = booking


class AlreadyWaiting(Refused):
    code = "already_waiting"
    for_her = _("You are on the waiting list already.")
    for_staff = _("She is on the waiting list already.")


class HoldLapsed(Refused):
    """The held or offered place was passed on because the time ran out."""

    code = "hold_lapsed"
    for_her = _("The time to confirm ran out and the place was passed on. Please choose a session again.")
    for_staff = _("The hold has lapsed.")


class NotChangeable(Refused):
    """The booking is in a state in which this can't be done any more."""

    code = "not_changeable"
    for_her = _("This booking can't be changed any more.")
    for_staff = _("This booking can't be changed any more.")


class SessionPast(Refused):
    code = "session_past"
    for_her = _("This session has begun or is over. Please choose another one.")
    for_staff = _("This session has begun or is over.")


class SessionGone(Refused):
    """The session was taken away or given other dates while she was choosing."""

    code = "session_gone"
    for_her = _("This session has been changed. Please choose again.")
    for_staff = _("This session has been changed meanwhile.")


class WrongOffering(Refused):
    code = "wrong_offering"
    for_her = _("This session belongs to something else.")
    for_staff = _("This session belongs to another offering.")


class NoWaitingList(Refused):
    code = "no_waiting_list"
    for_her = _("There is no waiting list here.")
    for_staff = _("This offering keeps no waiting list.")


class Busy(Refused):
    """A lock was not granted in time, or the database broke a deadlock."""

    code = "busy"
    for_her = _("Many people are booking at the moment. Nothing was taken; please try again.")
    for_staff = _("The system is busy. Nothing was taken; please try again.")


class Overtaken(Busy):
    """The pool that was to pay was emptied while its lock was waited for; a fresh look leaves it out."""


class InTheWay(Refused):
    """``bookings`` lists those that stand in the way."""

    def __init__(self, bookings=(), **context):
        super().__init__(**context)
        self.bookings = list(bookings)


class CapacityBelowTaken(InTheWay):
    """Context: ``capacity`` asked for, ``taken``, ``affected``."""

    code = "capacity_below_taken"
    for_her = for_staff = _(
        "%(taken)s places are taken: %(capacity)s would leave %(affected)s women without one. Move them first."
    )


class SessionInUse(InTheWay):
    """Context: ``taken``, how many women would lose their place."""

    code = "session_in_use"
    for_her = for_staff = _("%(taken)s women have a place in this session. Move or cancel their bookings first.")


class SessionExists(Refused):
    code = "session_exists"
    for_her = for_staff = _("There is a session at this site and time already.")


class SessionWindow(Refused):
    code = "session_window"
    for_her = for_staff = _("A session must start before it ends.")


class NotBelow(Refused):
    """Places go down the tree only."""

    code = "not_below"
    for_her = for_staff = _("Places can be given only to organisations below.")


class NotEnoughLeft(Refused):
    """Context: ``left``, ``asked``."""

    code = "not_enough_left"
    for_her = for_staff = _("Only %(left)s places are left here; %(asked)s were asked for.")


class AnotherGiver(Refused):
    """Context: ``giver``, the organisation it received its places from."""

    code = "another_giver"
    for_her = for_staff = _("This organisation receives its places from %(giver)s.")


class CountNotPositive(Refused):
    code = "count_not_positive"
    for_her = for_staff = _("Give a number of at least 1.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_her = for_staff = _("Say why: the reason is kept with the booking.")


class NotReady(Refused):
    """The offering can't open: it has no window or no session."""

    code = "not_ready"
    for_her = for_staff = _("Set when sign-up opens and closes, and add at least one session, before opening.")


class NotBegun(Refused):
    code = "not_begun"
    for_her = for_staff = _("This day is still to come.")


class NotOver(Refused):
    code = "not_over"
    for_her = for_staff = _("The session is not over yet.")


class IntoThePast(InTheWay):
    code = "into_the_past"
    for_her = for_staff = _("A session can't be moved to a time that is over.")


class ChangedSince(Refused):
    """The booking isn't as it was when somebody decided about it."""

    code = "changed_since"
    for_her = for_staff = _("The booking was changed meanwhile and was left as it is. Look at it again.")


class NotBooked(Refused):
    code = "not_booked"
    for_her = for_staff = _("She has no confirmed place.")


class RemindedAlready(Refused):
    code = "reminded_already"
    for_her = for_staff = _("She was reminded within the last day.")
