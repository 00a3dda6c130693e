"""What happens to assets: repairs, transfers between homes or counties, requests to scrap."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums


class Repair(models.Model):
    """``back_on`` None: it is still away."""

    asset = models.ForeignKey("home_equipment.AssetItem", on_delete=models.PROTECT, related_name="repairs")
    fault = models.CharField(_("what is broken"), max_length=300)
    sent_on = models.DateField(_("sent to repair on"))
    repairer = models.CharField(_("repaired by"), max_length=80, blank=True)
    back_on = models.DateField(_("back on"), null=True, blank=True)
    result = models.CharField(_("what was done"), max_length=300, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(back_on__isnull=True), name="equipment_one_repair_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(back_on__isnull=True) | Q(back_on__gte=F("sent_on")), name="equipment_back_after_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ScrapRequest(models.Model):
    """``before``: the state it leads back to when refused. Whoever asked never decides: the database holds it."""

    asset = models.ForeignKey("home_equipment.AssetItem", on_delete=models.PROTECT, related_name="scrap_requests")
    before = models.CharField(max_length=16, choices=enums.AssetState)
    reason = models.CharField(pgettext_lazy("scrapping", "why"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(_("words of the decision"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("request to scrap")
        verbose_name_plural = _("requests to scrap")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(approved__isnull=True), name="equipment_one_scrap_request_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="equipment_scrapping_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(approved__isnull=True) | Q(decided_at__isnull=False), name="equipment_scrapping_decided_at"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AssetTransfer(ScopedModel):
    """From one home to another; both sides confirm. Between counties the custodian changes with it."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    giver = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(pgettext_lazy("transfer", "why"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=enums.TransferState, default=enums.TransferState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)

    objects = ScopedManager.over("giver__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("transfer of assets")
        verbose_name_plural = _("transfers of assets")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="equipment_transfer_between_two"),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | Q(given_by__isnull=True) | ~Q(taken_by=F("given_by")),
                name="equipment_transfer_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class TransferLine(models.Model):
    """``under_way``: the transfer is open; an asset is in one open transfer at most."""

    transfer = models.ForeignKey(AssetTransfer, on_delete=models.CASCADE, related_name="lines")
    asset = models.ForeignKey("home_equipment.AssetItem", on_delete=models.PROTECT, related_name="transfers")
    under_way = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "asset"], name="equipment_asset_once_a_transfer"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(under_way=True), name="equipment_asset_in_one_transfer"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
