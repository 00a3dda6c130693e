"""Booked places that were missed, and changes of the order in which women wait."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import Missed, Priority, PriorityReason
from services.bookings.errors import WrittenOnce
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS, Role


class MissedPlace(ScopedModel):
    """A place she neither used nor gave back in time. An excuse, a correction or time deletes the row altogether."""

    worker = models.ForeignKey("workers.Worker", on_delete=models.CASCADE, related_name="+")
    booking = models.OneToOneField("bookings.Booking", on_delete=models.CASCADE, related_name="missed")
    kind = models.CharField(max_length=10, choices=Missed)
    on = models.DateField(_("day of the session"))

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("missed place")
        verbose_name_plural = _("missed places")
        indexes = [models.Index(fields=["worker", "on"])]


class PriorityChange(ScopedModel):
    """Why an entry of the waiting list moved out of the order of time. Append-only: the database refuses changes.

    ``by`` is empty where a rule did it; she reads the role, never the name. ``text`` names nobody.
    """

    entry = models.ForeignKey("bookings.WaitingEntry", on_delete=models.PROTECT, related_name="priority_changes")
    before = models.SmallIntegerField(choices=Priority)
    after = models.SmallIntegerField(_("priority"), choices=Priority)
    reason = models.CharField(_("reason"), max_length=20, choices=PriorityReason)
    text = models.CharField(_("in words"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=30, choices=Role, blank=True)
    at = models.DateTimeField(_("changed at"))

    objects = ScopedManager.over("entry__worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("change of priority")
        verbose_name_plural = _("changes of priority")
        ordering = ["at", "pk"]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise WrittenOnce()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise WrittenOnce()
