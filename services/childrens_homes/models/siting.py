"""A site application (申请建议书, M4): how many children, how much demand, what room (A1.02-A1.06)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, ApplicationState, Profile, SiteType
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class SiteApplication(ScopedModel):
    """Drafted by the school or township, checked by the county, decided on by the city."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    programme = models.ForeignKey(
        "childrens_homes.Programme", on_delete=models.PROTECT, related_name="applications", verbose_name=_("programme")
    )
    host = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("school or kindergarten"),
    )
    county = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("county")
    )
    site_type = models.CharField(pgettext_lazy("home", "site"), max_length=20, choices=SiteType)
    profile = models.CharField(_("standard"), max_length=10, choices=Profile)
    lbc_count = models.PositiveIntegerField(_("left-behind children"))
    lbc_preschool_count = models.PositiveIntegerField(
        _("of these below school age"), help_text=_("0 when there is none.")
    )
    demand_note = models.CharField(
        _("demand"), max_length=500, help_text=_("Who asked for the home, what the children lack.")
    )
    capacity_note = models.CharField(
        _("capacity to run it"), max_length=500, help_text=_("Who would teach and manage, on which days.")
    )
    room_m2 = models.DecimalField(_("classroom (m²)"), max_digits=8, decimal_places=2)
    outdoor_m2 = models.DecimalField(_("outdoor ground (m²)"), max_digits=8, decimal_places=2)
    state = models.CharField(_("state"), max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT)
    reason = models.CharField(pgettext_lazy("site application", "reason"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True, help_text=_("Since when it stands where it stands."))

    objects = ScopedManager.over("host__path", roles=READERS)

    class Meta:
        verbose_name = _("site application")
        verbose_name_plural = _("site applications")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "host"],
                condition=~Q(state=ApplicationState.REJECTED),
                name="homes_one_application_a_host",
                violation_error_message=_("This school or kindergarten has an application in this programme already."),
            ),
            models.CheckConstraint(
                condition=Q(lbc_preschool_count__lte=F("lbc_count")),
                name="homes_preschool_among_all",
                violation_error_message=_("Children below school age are counted among all left-behind children."),
            ),
            models.CheckConstraint(condition=Q(room_m2__gt=0), name="homes_applied_room_has_a_size"),
            models.CheckConstraint(condition=Q(outdoor_m2__gte=0), name="homes_applied_outdoor_not_negative"),
            models.CheckConstraint(
                condition=~Q(state__in=[ApplicationState.RETURNED, ApplicationState.REJECTED]) | ~Q(reason=""),
                name="homes_returned_says_why",
            ),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="homes_application_waits")]

    def __str__(self) -> str:
        return f"#{self.pk}"
