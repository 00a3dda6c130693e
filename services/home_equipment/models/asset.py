"""The register of state assets (国有资产, A1.30-A1.32) and its history, which only grows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums

_WITH_A_HOME = ["issued", "in_use"]


class AssetItem(ScopedModel):
    """A thing, or a lot of things, that bears one number. ``custodian`` is the county's women's federation, whose
    register it stands in (A1.31); ``place`` is where it is: the host of ``home``, or the custodian's store.

    ``meant_for``: the home it was delivered to, until the county issues it. ``token`` is what its label's QR code
    leads to; it says nothing by itself.
    """

    number = models.CharField(pgettext_lazy("equipment", "number"), max_length=40, unique=True)
    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    serial = models.CharField(_("serial number"), max_length=60, blank=True)
    code = models.CharField(pgettext_lazy("equipment", "code"), max_length=6)
    name = models.CharField(pgettext_lazy("equipment", "item"), max_length=60)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    category = models.CharField(pgettext_lazy("equipment", "category"), max_length=12, choices=enums.Category)
    unit = models.CharField(_("unit"), max_length=8, choices=enums.Unit)
    quantity = models.PositiveIntegerField(pgettext_lazy("equipment", "quantity"), default=1)
    owner = models.CharField(
        pgettext_lazy("asset", "owner"), max_length=6, choices=enums.Owner, default=enums.Owner.STATE
    )
    custodian = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("custodian")
    )
    place = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("where it is")
    )
    home = models.ForeignKey(
        "childrens_homes.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="assets"
    )
    meant_for = models.ForeignKey(
        "childrens_homes.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(_("source"), max_length=14, choices=enums.Source)
    line = models.ForeignKey(
        "home_equipment.DeliveryLine", null=True, blank=True, on_delete=models.PROTECT, related_name="assets"
    )
    value = models.DecimalField(_("value of the whole"), max_digits=12, decimal_places=2, null=True, blank=True)
    acquired_on = models.DateField(_("acquired on"))
    state = models.CharField(_("state"), max_length=16, choices=enums.AssetState, default=enums.AssetState.IN_STOCK)
    state_since = models.DateField(_("in this state since"))
    condition = models.CharField(_("condition"), max_length=8, choices=enums.Condition, default=enums.Condition.GOOD)
    condition_on = models.DateField(_("condition seen on"), null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0, help_text=_("Of its history."))

    objects = ScopedManager.over("place__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("state assets", "asset")
        verbose_name_plural = pgettext_lazy("state assets", "assets")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="equipment_quantity_positive"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="equipment_value_positive"),
            models.CheckConstraint(condition=Q(owner="state"), name="equipment_owned_by_the_state"),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_A_HOME) | Q(home__isnull=False), name="equipment_in_use_has_a_home"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_stock") | Q(home__isnull=True), name="equipment_in_stock_has_no_home"
            ),
        ]
        indexes = [
            models.Index(fields=["home", "code"], name="equipment_asset_home"),
            models.Index(fields=["custodian", "state"], name="equipment_asset_custodian"),
        ]

    @property
    def label(self) -> str:
        return f"{self.name}（{self.kind}）" if self.kind else self.name

    @property
    def user_unit(self):
        """The school or kindergarten that uses it and keeps it in order (A1.32)."""
        return self.home.host if self.home else None

    def __str__(self) -> str:
        return self.number


class AssetEvent(models.Model):
    """One line of an asset's history with how it stood afterwards, so that the register of any day can be read back.

    Lines are added and never changed; ``number`` counts from one for each asset.
    """

    asset = models.ForeignKey(AssetItem, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=16, choices=enums.AssetState)
    home = models.ForeignKey("childrens_homes.Home", null=True, on_delete=models.PROTECT, related_name="+")
    custodian = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    condition = models.CharField(max_length=8, choices=enums.Condition)
    quantity = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    serial = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("line of an asset's history")
        verbose_name_plural = _("lines of assets' histories")
        ordering = ["asset", "-number"]
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="equipment_history_in_order")]
        indexes = [models.Index(fields=["at"], name="equipment_history_at")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The history of an asset only grows.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The history of an asset only grows.")
