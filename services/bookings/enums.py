"""Codes of the bookings app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfferingState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", pgettext_lazy("sign-up", "Open")
    CLOSED = "closed", pgettext_lazy("sign-up", "Closed")


class ProviderKind(models.TextChoices):
    """Who runs a site: a hospital whose own staff are at the door, or a union in a room of its own."""

    CLINIC = "clinic", _("Hospital or clinic")
    OWN = "own", _("Rooms of a union")


class BookingState(models.TextChoices):
    HELD = "held", _("Held")
    OFFERED = "offered", _("Offered, waits for her answer")
    CONFIRMED = "confirmed", _("Booked")
    ATTENDED = "attended", pgettext_lazy("booking", "Attended")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Lapsed")


# States that take a place, and so at most one of them a person and offering.
LIVE = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED, BookingState.ATTENDED)

# States that pass by themselves when the time is up.
RUNNING = (BookingState.HELD, BookingState.OFFERED)


class WaitingState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("waiting list", "Waiting")
    OFFERED = "offered", _("A place is offered")
    PROMOTED = "promoted", _("Got a place")
    LAPSED = "lapsed", _("The offer lapsed")
    LEFT = "left", _("Left the list")


class EntryKind(models.TextChoices):
    """Kinds of ledger lines of an allocation."""

    OPENED = "opened", _("Places opened")
    RECEIVED = "received", _("Received from above")
    GIVEN = "given", _("Given below")
    RETURNED = "returned", _("Returned upward")
    RECLAIMED = "reclaimed", pgettext_lazy("places", "Taken back")
    MOVED_OUT = "moved_out", _("Moved to another pool")
    MOVED_IN = "moved_in", _("Moved here from another pool")
    FLOWED_OUT = "flowed_out", _("Went back on the announced day")
    FLOWED_IN = "flowed_in", _("Came back on the announced day")


class LineKind(models.TextChoices):
    """Kinds of lines in the book of an offering: a transfer is one line between two rows."""

    OPENED = "opened", _("Places opened")
    GIVEN = "given", _("Given below")
    RETURNED = "returned", _("Returned upward")
    RECLAIMED = "reclaimed", pgettext_lazy("places", "Taken back")
    MOVED = "moved", _("Moved to another pool")
    FLOWED = "flowed", _("Went back on the announced day")
    USED = "used", pgettext_lazy("places", "Taken by a booking")
    FREED = "freed", pgettext_lazy("places", "Freed by a booking")


class ScanOutcome(models.TextChoices):
    CHECKED_IN = "checked_in", _("Checked in")
    ALREADY = "already", _("Was checked in before")
    WRONG_VENUE = "wrong_venue", _("Belongs to another site")
    WRONG_DAY = "wrong_day", _("Belongs to another day")
    NOT_LIVE = "not_live", _("Cancelled or lapsed")
    UNKNOWN = "unknown", _("Unknown code")


class SignUpMode(models.TextChoices):
    """How places are given on the opening day; defined in docs/decisions/0010-draw.md."""

    FIRST_COME = "first_come", _("First come, first served")
    DRAW = "draw", _("Draw")
    DRAW_WINDOW = "draw_window", _("First come, with a draw among those of the first hours")


class AfterDraw(models.TextChoices):
    """What becomes of the places a draw leaves over."""

    FIRST_COME = "first_come", _("They can be booked by anybody, first come, first served")
    WAITING = "waiting", _("They go to the waiting list only")


class DrawState(models.TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("draw", "Open for entries")
    FROZEN = "frozen", pgettext_lazy("draw", "List closed, waiting for the number")
    ORDERED = "ordered", pgettext_lazy("draw", "Order drawn")
    GIVING = "giving", pgettext_lazy("draw", "Places are being given")
    DONE = "done", pgettext_lazy("draw", "Finished")
    VOID = "void", pgettext_lazy("draw", "Void")


class EntryState(models.TextChoices):
    ENTERED = "entered", pgettext_lazy("draw", "In the draw")
    LEFT = "left", pgettext_lazy("draw", "Left the draw")


class DrawOutcome(models.TextChoices):
    """What came of one entry, as it is published beside its number."""

    PENDING = "pending", pgettext_lazy("draw outcome", "not reached yet")
    PLACE = "place", pgettext_lazy("draw outcome", "place offered")
    WAITING = "waiting", pgettext_lazy("draw outcome", "waiting list, in this order")
    WITHDRAWN = "withdrawn", pgettext_lazy("draw outcome", "skipped: withdrawn")
    INELIGIBLE = "ineligible", pgettext_lazy("draw outcome", "skipped: doesn't meet the rules any more")
    HAS_PLACE = "has_place", pgettext_lazy("draw outcome", "skipped: has a place already")


class Missed(models.TextChoices):
    """Why a booked place was lost to everybody."""

    NO_SHOW = "no_show", _("Did not come")
    LATE = "late", _("Cancelled late")


class Consequence(models.TextChoices):
    """What follows when a woman has missed too many places."""

    NOTHING = "nothing", _("Nothing")
    WARNING = "warning", _("She is reminded when she books")
    BEHIND = "behind", _("She waits behind others")
    PAUSE = "pause", _("She can't book by herself for a time; her union's officer can")


class ExcuseReason(models.TextChoices):
    """Why a missed place doesn't count. What kept her is nobody's business: illness isn't a code of its own."""

    UNABLE = "unable", _("She couldn't come, for a good reason")
    ORGANISER = "organiser", _("The site or the organiser was the cause")
    EMERGENCY = "emergency", _("Weather, traffic or an emergency")
    MISTAKE = "mistake", _("Recorded by mistake")


class Priority(models.IntegerChoices):
    """Steps of the waiting list; within a step the earlier entry comes first."""

    BEHIND = -1, _("Behind the others")
    NORMAL = 0, _("By time")
    FIRST = 1, _("With the group served first")
    NEXT = 2, _("Before everybody else")


class PriorityReason(models.TextChoices):
    """Why an entry stands out of the order of time. She reads it."""

    SERVED_FIRST = "served_first", _("The programme serves this group first")
    MISSED_PLACES = "missed_places", _("Booked places were missed before")
    ORGANISER_CANCELLED = "organiser_cancelled", _("The organiser had to cancel an earlier appointment")
    RECORD_CORRECTED = "record_corrected", _("The record was corrected")
    OUR_MISTAKE = "our_mistake", _("A mistake of the union put her back")
    URGENT = "urgent", _("She can't wait long")
    WITHDRAWN = "withdrawn", _("An earlier change is taken back")
    OTHER = "other", _("Another reason, given in words")


# What staff may choose: the two others follow from rules.
STAFF_REASONS = tuple(
    reason for reason in PriorityReason if reason not in (PriorityReason.SERVED_FIRST, PriorityReason.MISSED_PLACES)
)
