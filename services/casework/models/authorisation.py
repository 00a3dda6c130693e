"""A woman's leave for somebody of her union to apply in her name, and a colleague's leave to take over a desk."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import ConsentWay
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


class Authorisation(ScopedModel):
    """One representative, one service and programme, a time that ends. She may revoke it at any moment."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="authorisations")
    representative = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(_("service"), max_length=40)
    subject_code = models.CharField(_("applied for"), max_length=40)
    way = models.CharField(_("how she agreed"), max_length=10, choices=ConsentWay)
    signed_on = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"), help_text=_("The last day on which it counts."))
    recorded_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    paper = models.ForeignKey(
        "casework.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["representative", "-recorded_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("signed_on")), name="casework_authorisation_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Deputy(models.Model):
    """While it is in force, the cases on the desk of ``absent`` stand on the deputy's as well. It lends no right:
    the deputy holds a post at the same organisations herself."""

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputies", verbose_name=_("absent")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deputises", verbose_name=_("deputy")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=~Q(absent=F("deputy")), name="casework_deputy_is_another"),
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="casework_deputy_until_later"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
