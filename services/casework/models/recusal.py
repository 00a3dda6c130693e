"""Keeping away (回避): who of staff has nothing to do with what a certain woman applies for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.casework.enums import Tie


class Recusal(models.Model):
    """Declared by the member of staff herself at one of the woman's cases; it holds for all of them, also those that
    she begins later. Never taken back by whoever declared it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="recusals")
    tie = models.CharField(_("relation to her"), max_length=10, choices=Tie)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared at"))

    class Meta:
        verbose_name = _("declared relation")
        verbose_name_plural = _("declared relations")
        ordering = ["-declared_at"]
        constraints = [models.UniqueConstraint(fields=["user", "worker"], name="casework_recusal_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"
