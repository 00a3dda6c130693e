"""Protection concerns: closed list, same-day clock, two named readers, no deletion."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.child_files import enums
from services.foundation.crypto import SealedField
from services.foundation.references import unguessable


class ConcernKeepers(models.Model):
    """The two people of a county who read protection concerns, and nobody besides them."""

    county = models.OneToOneField("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("readers of protection concerns")
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="child_files_two_different_readers")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A post doesn't help: only the two who are named in the row."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(Q(first_reader=user) | Q(second_reader=user))

    def delete(self):
        raise TypeError("a protection concern is never deleted")

    delete.queryset_only = True


class ProtectionConcern(models.Model):
    """What somebody saw and had to report (Law on the Protection of Minors, Art. 11). It has no word in any list,
    search or export; counts below five are never shown."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("what it is about"), max_length=14, choices=enums.ConcernCategory)
    words = SealedField(_("what was seen"))
    observed_at = models.DateTimeField(_("seen at"))
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    report_due = models.DateTimeField(_("to be reported by"))
    reported_to = models.CharField(_("reported to"), max_length=14, choices=enums.Authority, blank=True)
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    receipt = SealedField(_("receipt"), blank=True, default="")
    first_reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("protection concern")
        verbose_name_plural = _("protection concerns")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_reader__isnull=True) | ~Q(first_reader=F("second_reader")),
                name="child_files_concern_two_readers",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, reported_to="")
                | (Q(reported_at__gte=F("observed_at")) & ~Q(reported_to="")),
                name="child_files_reported_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def delete(self, *args, **kwargs):
        raise TypeError("a protection concern is never deleted")
