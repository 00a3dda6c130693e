"""Places handed down the tree: one row an organisation, and a ledger of every transfer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import EntryKind
from services.foundation.scope import ScopedManager, ScopedModel


class Allocation(ScopedModel):
    """``slots`` received, ``passed_down`` to organisations below, ``used`` by bookings drawn from this row."""

    offering = models.ForeignKey("bookings.Offering", on_delete=models.PROTECT, related_name="allocations")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    slots = models.PositiveIntegerField(_("places"), default=0)
    passed_down = models.PositiveIntegerField(_("passed down"), default=0)
    used = models.PositiveIntegerField(_("used"), default=0)

    objects = ScopedManager.over("organization__path")

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        constraints = [
            models.UniqueConstraint(fields=["offering", "organization"], name="bookings_allocation_once"),
            models.CheckConstraint(
                condition=Q(slots__gte=F("used") + F("passed_down")), name="bookings_allocation_not_oversold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.slots}"

    @property
    def left(self) -> int:
        return self.slots - self.passed_down - self.used


class AllocationEntry(models.Model):
    """One line of the ledger: a change of ``slots`` or ``passed_down``, with the balances after it. Append-only."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    change = models.IntegerField()
    slots_after = models.PositiveIntegerField()
    passed_down_after = models.PositiveIntegerField()
    counterpart = models.ForeignKey(Allocation, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
