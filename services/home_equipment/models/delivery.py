"""What was bought, sent to which home, and what arrived there (M7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums


class ProcurementBatch(ScopedModel):
    """Bought at once: by the province for the whole city, matched by a county, or given by a donor."""

    number = models.CharField(pgettext_lazy("equipment", "number"), max_length=40, unique=True)
    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("equipment", "kept by"),
        help_text=_("The city for what the province buys, the county for what it matches or is given."),
    )
    source = models.CharField(_("source"), max_length=14, choices=enums.Source)
    name = models.CharField(pgettext_lazy("procurement", "what was bought"), max_length=80)
    supplier = models.CharField(_("supplier or donor"), max_length=80, blank=True)
    document = models.CharField(_("contract or letter"), max_length=80, blank=True)
    ordered_on = models.DateField(_("ordered on"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ScopedManager.over("keeper__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("procurement batch")
        verbose_name_plural = _("procurement batches")
        ordering = ["-ordered_on", "-pk"]

    def __str__(self) -> str:
        return self.number


class DeliveryOrder(ScopedModel):
    """One home's part of a batch. The teacher says what came; the county verifies it and puts it on the register."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(pgettext_lazy("equipment", "number"), max_length=40, unique=True)
    batch = models.ForeignKey(ProcurementBatch, on_delete=models.PROTECT, related_name="orders")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(
        _("state"), max_length=12, choices=enums.DeliveryState, default=enums.DeliveryState.ORDERED
    )
    due_on = models.DateField(_("to be there by"), null=True, blank=True)
    shipped_on = models.DateField(_("sent on"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    objection = models.CharField(_("what the county objects to"), max_length=300, blank=True)
    resolution = models.CharField(_("how it was resolved"), max_length=300, blank=True)
    changed_at = models.DateTimeField()

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "home"], name="equipment_one_delivery_a_batch_and_home"),
            models.CheckConstraint(
                condition=Q(state__in=["ordered", "shipped"]) | Q(received_on__isnull=False),
                name="equipment_received_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | ~Q(resolution=""), name="equipment_resolved_says_how"
            ),
        ]
        indexes = [models.Index(fields=["state", "home"], name="equipment_delivery_state")]

    def __str__(self) -> str:
        return self.number


class DeliveryLine(models.Model):
    """``received`` None: nobody has said yet. More than was sent can't arrive (V8); less needs a reason."""

    order = models.ForeignKey(DeliveryOrder, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(pgettext_lazy("equipment", "code"), max_length=6)
    name = models.CharField(pgettext_lazy("equipment", "item"), max_length=60)
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    category = models.CharField(pgettext_lazy("equipment", "category"), max_length=12, choices=enums.Category)
    unit = models.CharField(_("unit"), max_length=8, choices=enums.Unit)
    by_lot = models.BooleanField(_("one number for the whole lot"), default=False)
    price = models.DecimalField(_("price of one"), max_digits=10, decimal_places=2, null=True, blank=True)
    sent = models.PositiveIntegerField(pgettext_lazy("delivery", "sent"))
    received = models.PositiveIntegerField(pgettext_lazy("delivery", "received"), null=True, blank=True)
    reason = models.CharField(pgettext_lazy("equipment", "why it differs"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of a delivery")
        verbose_name_plural = _("lines of a delivery")
        ordering = ["code", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "code", "kind"], name="equipment_item_once_a_delivery"),
            models.CheckConstraint(condition=Q(sent__gte=1), name="equipment_sent_positive"),
            models.CheckConstraint(
                condition=Q(received__isnull=True) | Q(received__lte=F("sent")),
                name="equipment_received_within_sent",
                violation_error_message=_("More can't have been received than was sent."),
            ),
            models.CheckConstraint(
                condition=Q(received__isnull=True) | Q(received=F("sent")) | ~Q(reason=""),
                name="equipment_difference_has_reason",
                violation_error_message=_("Say why less was received than was sent."),
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="equipment_price_positive"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"{self.name}（{self.kind}）" if self.kind else self.name
