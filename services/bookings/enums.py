"""Codes of the bookings app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfferingState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", pgettext_lazy("sign-up", "Open")
    CLOSED = "closed", pgettext_lazy("sign-up", "Closed")


class BookingState(models.TextChoices):
    HELD = "held", _("Held")
    OFFERED = "offered", _("Offered from the waiting list")
    CONFIRMED = "confirmed", _("Booked")
    ATTENDED = "attended", _("Attended")
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


class ScanOutcome(models.TextChoices):
    CHECKED_IN = "checked_in", _("Checked in")
    ALREADY = "already", _("Was checked in before")
    WRONG_VENUE = "wrong_venue", _("Belongs to another site")
    WRONG_DAY = "wrong_day", _("Belongs to another day")
    NOT_LIVE = "not_live", _("Cancelled or lapsed")
    UNKNOWN = "unknown", _("Unknown code")
