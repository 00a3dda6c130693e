"""Stock-taking: the book at one moment, what was counted, the reasons for differences and who approved them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums


class StockTake(ScopedModel):
    """Of one home. Its lines are the book as it stood when the counting began."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="stock_takes")
    state = models.CharField(_("state"), max_length=10, choices=enums.TakeState, default=enums.TakeState.COUNTING)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    counted_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=300, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("stock-taking")
        verbose_name_plural = _("stock-takings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home"], condition=~Q(state="approved"), name="equipment_one_stock_take_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(counted_by__isnull=True) | ~Q(approved_by=F("counted_by")),
                name="equipment_counting_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class StockTakeLine(models.Model):
    """``book`` 0: it turned up here and stands in the books of another place. ``actual`` None: not counted."""

    take = models.ForeignKey(StockTake, on_delete=models.CASCADE, related_name="lines")
    asset = models.ForeignKey("home_equipment.AssetItem", on_delete=models.PROTECT, related_name="+")
    book = models.PositiveIntegerField(pgettext_lazy("stock-taking", "in the books"))
    actual = models.PositiveIntegerField(pgettext_lazy("stock-taking", "counted"), null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text=_("By the clock of the phone that counted."))
    reason = models.CharField(pgettext_lazy("equipment", "why it differs"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a stock-taking")
        verbose_name_plural = _("lines of a stock-taking")
        ordering = ["asset__code", "asset__number"]
        constraints = [models.UniqueConstraint(fields=["take", "asset"], name="equipment_asset_once_a_count")]

    def __str__(self) -> str:
        return f"#{self.pk}"
