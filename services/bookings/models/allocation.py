"""Places in pools, handed down the tree: one row a pool and organisation, and a ledger of every transfer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import EntryKind
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class Pool(models.Model):
    """A named part of an offering's places. Pools are drawn on in the order of ``position``.

    ``conditions`` says which women may draw on it, in words of the app whose offering it is; empty: every woman.
    ``returns_at`` is announced beforehand: from then on what is unused goes to the top of ``returns_to``.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    offering = models.ForeignKey("bookings.Offering", on_delete=models.PROTECT, related_name="pools")
    general = models.BooleanField(default=False, editable=False)
    name = models.CharField(_("name"), max_length=40, blank=True, help_text=_("Everybody reads it: name no illness."))
    position = models.PositiveSmallIntegerField(_("drawn on in this order"), default=50)
    assigned_only = models.BooleanField(_("only for the unions the places were given to"), default=False)
    conditions = models.JSONField(default=dict, blank=True)
    returns_at = models.DateTimeField(_("unused places go back on"), null=True, blank=True)
    returns_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("they go to")
    )

    class Meta:
        verbose_name = _("pool of places")
        verbose_name_plural = _("pools of places")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offering"], condition=Q(general=True), name="bookings_pool_one_general"),
            models.UniqueConstraint(
                fields=["offering", "name"],
                name="bookings_pool_once",
                violation_error_message=_("There is a pool of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(returns_at__isnull=True, returns_to__isnull=True)
                | Q(returns_at__isnull=False, returns_to__isnull=False),
                name="bookings_pool_return_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Open places"))


class Allocation(ScopedModel):
    """``slots`` received, ``passed_down`` to organisations below, ``used`` by bookings drawn from this row."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="allocations")
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
            models.UniqueConstraint(fields=["offering", "pool", "organization"], name="bookings_allocation_once"),
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
    """One line of the ledger: a change of ``slots`` or ``passed_down``, with the balances after it. Append-only.

    A transfer has a line on every row it touches; ``rules.ledger`` says which column each of them changes.
    """

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind)
    change = models.IntegerField()
    slots_after = models.PositiveIntegerField()
    passed_down_after = models.PositiveIntegerField()
    counterpart = models.ForeignKey(Allocation, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
