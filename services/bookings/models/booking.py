"""A place taken by one woman, its history, the waiting list, and the scans at the door."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import LIVE, BookingState, ScanOutcome, WaitingState
from services.foundation.references import human_number, unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


class Booking(ScopedModel):
    """``token`` is in her links and her QR code; ``number`` is for the telephone and opens nothing."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    offering = models.ForeignKey("bookings.Offering", on_delete=models.PROTECT, related_name="bookings")
    session = models.ForeignKey("bookings.Session", on_delete=models.PROTECT, related_name="bookings")
    allocation = models.ForeignKey("bookings.Allocation", on_delete=models.PROTECT, related_name="bookings")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="bookings")
    letters = models.CharField(max_length=2, default="TJ", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=BookingState)
    held_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("booked at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        indexes = [
            models.Index(fields=["session", "state"]),
            models.Index(fields=["worker", "-created_at"]),
            models.Index(
                fields=["held_until"], condition=Q(state__in=["held", "offered"]), name="bookings_running_out"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "worker"],
                condition=Q(state__in=[str(s) for s in LIVE]),
                name="bookings_one_live_booking",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return human_number(self.letters, self.created_at.year, self.pk)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class BookingEvent(models.Model):
    """Her timeline: what happened to the booking, by whom, when. Append-only; no sensitive value."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="events")
    verb = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_staff = models.BooleanField(default=False)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class WaitingEntry(ScopedModel):
    """Her place on the list; ``session`` empty means any session. Order: priority, then time, then key."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    offering = models.ForeignKey("bookings.Offering", on_delete=models.PROTECT, related_name="waiting")
    session = models.ForeignKey(
        "bookings.Session", null=True, blank=True, on_delete=models.PROTECT, related_name="waiting"
    )
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey(Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    priority = models.SmallIntegerField(_("priority"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    created_at = models.DateTimeField(_("since"))
    changed_at = models.DateTimeField()

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("waiting-list entry")
        verbose_name_plural = _("waiting list")
        ordering = ["-priority", "created_at", "pk"]
        indexes = [models.Index(fields=["offering", "state", "-priority", "created_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "worker"],
                condition=Q(state__in=["waiting", "offered"]),
                name="bookings_waiting_once",
            )
        ]


class CheckInScan(models.Model):
    """Every scan at the door, the odd ones too. Append-only."""

    venue = models.ForeignKey("bookings.Venue", on_delete=models.PROTECT, related_name="scans")
    booking = models.ForeignKey(Booking, null=True, on_delete=models.PROTECT, related_name="scans")
    outcome = models.CharField(max_length=12, choices=ScanOutcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def booking_here(self) -> Booking | None:
        """The booking, where it is one of this very site: of another's nothing is told."""
        return self.booking if self.booking and self.booking.session.venue_id == self.venue_id else None
