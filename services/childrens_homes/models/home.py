"""A home for left-behind children, in the rooms of a school or kindergarten."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, HomeState, Profile, SiteType
from services.foundation.scope import ScopedManager, ScopedModel


class Home(ScopedModel):
    """Areas are square metres; what isn't measured or known yet is None, never nought or no."""

    code = models.CharField(_("code"), max_length=20, unique=True, help_text="LSZJ-<division>-<nnn>")
    programme = models.ForeignKey(
        "childrens_homes.Programme", on_delete=models.PROTECT, related_name="homes", verbose_name=_("programme")
    )
    host = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="childrens_homes",
        verbose_name=_("school or kindergarten"),
    )
    county = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("county"),
        help_text=_("The women's federation that keeps it: a list by county needs no walk up the tree."),
    )
    site_type = models.CharField(pgettext_lazy("home", "site"), max_length=20, choices=SiteType)
    profile = models.CharField(_("standard"), max_length=10, choices=Profile)
    state = models.CharField(_("state"), max_length=20, choices=HomeState, default=HomeState.PLANNED)
    room_m2 = models.DecimalField(_("classroom (m²)"), max_digits=8, decimal_places=2, null=True, blank=True)
    outdoor_m2 = models.DecimalField(_("outdoor ground (m²)"), max_digits=8, decimal_places=2, null=True, blank=True)
    internet = models.BooleanField(_("online"), null=True, blank=True)
    video_call = models.BooleanField(_("video calls with parents"), null=True, blank=True)
    safe = models.BooleanField(_("premises meet the safety requirements"), null=True, blank=True)
    safety_checked_on = models.DateField(_("safety checked on"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)

    objects = ScopedManager.over("host__path", roles=READERS)

    class Meta:
        verbose_name = _("home for left-behind children")
        verbose_name_plural = _("homes for left-behind children")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "host"], name="homes_host_once_a_programme"),
            models.CheckConstraint(condition=Q(room_m2__isnull=True) | Q(room_m2__gt=0), name="homes_room_has_a_size"),
            models.CheckConstraint(
                condition=Q(outdoor_m2__isnull=True) | Q(outdoor_m2__gte=0), name="homes_outdoor_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["county", "state"], name="homes_by_county")]

    def __str__(self) -> str:
        return self.code
