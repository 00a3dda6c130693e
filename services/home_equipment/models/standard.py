"""What a home of a profile is to have: the standard list in versions, each line with the words it was read from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import Profile
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums

IDLE_AFTER = 90


class EquipmentStandard(ScopedModel):
    """One version for one profile of a programme. One in force never changes: what was judged by it stays judged so."""

    programme = models.ForeignKey(
        "childrens_homes.Programme",
        on_delete=models.PROTECT,
        related_name="equipment_standards",
        verbose_name=_("programme"),
    )
    profile = models.CharField(_("standard"), max_length=10, choices=Profile)
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=enums.StandardState, default=enums.StandardState.DRAFT)
    source = models.CharField(_("source"), max_length=300, help_text=_("The document that sets the list."))
    idle_days = models.PositiveSmallIntegerField(
        _("idle after so many days"),
        default=IDLE_AFTER,
        help_text=_("From then on an item that nobody uses stands on the list of idle ones."),
    )
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    put_in_force_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    superseded_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("programme__city__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("standard list of equipment")
        verbose_name_plural = _("standard lists of equipment")
        ordering = ["-programme__year", "profile", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "profile", "version"], name="equipment_version_once"),
            models.UniqueConstraint(
                fields=["programme", "profile"], condition=Q(state="in_force"), name="equipment_one_list_in_force"
            ),
            models.UniqueConstraint(
                fields=["programme", "profile"], condition=Q(state="draft"), name="equipment_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(in_force_on__isnull=False), name="equipment_in_force_has_its_day"
            ),
            models.CheckConstraint(condition=Q(idle_days__gte=1), name="equipment_idle_days_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_profile_display()} · {self.version}"


class StandardLine(models.Model):
    """``minimum`` None: the plan names no quantity (适量) and ``each_kind`` pieces of every kind are asked for.

    ``by_lot``: the whole lot bears one number in the register (300 titles), not each piece.
    """

    standard = models.ForeignKey(EquipmentStandard, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField(pgettext_lazy("equipment", "code"), max_length=6)
    name = models.CharField(pgettext_lazy("equipment", "item"), max_length=60)
    category = models.CharField(pgettext_lazy("equipment", "category"), max_length=12, choices=enums.Category)
    applicable = models.BooleanField(_("asked of this profile"), default=True)
    minimum = models.PositiveIntegerField(
        pgettext_lazy("equipment", "quantity"), null=True, blank=True, help_text=_("Empty: the plan names none (适量).")
    )
    tolerance = models.PositiveSmallIntegerField(
        _("tolerance in %"), default=0, help_text=_("“About 300” with 10 %: 270 will do.")
    )
    each_kind = models.PositiveSmallIntegerField(
        _("of each kind at least"), default=1, help_text=_("Counts where no quantity is named.")
    )
    kinds = models.JSONField(_("named kinds"), default=list, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=enums.Unit)
    supplier = models.CharField(_("supplier"), max_length=8, choices=enums.Supplier)
    by_lot = models.BooleanField(_("one number for the whole lot"), default=False)
    phrase = models.TextField(_("words of the plan"), blank=True)
    reading = models.CharField(_("how they are read"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("line of a standard list")
        verbose_name_plural = _("lines of a standard list")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="equipment_code_once_a_list"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(minimum__gte=1), name="equipment_minimum_positive"
            ),
            models.CheckConstraint(condition=Q(tolerance__lte=50), name="equipment_tolerance_bounded"),
            models.CheckConstraint(condition=Q(each_kind__gte=1), name="equipment_each_kind_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
