"""Who was reminded of what by whom, and when: append-only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage.enums import Subject
from services.foundation.scope import ScopedManager, ScopedModel


class Reminder(ScopedModel):
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("union")
    )
    about = models.CharField(pgettext_lazy("reminder", "about"), max_length=20, choices=Subject)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(help_text=_("How many officers of the union were written to."))

    objects = ScopedManager.over("organization__path")

    class Meta:
        verbose_name = _("reminder of a union")
        verbose_name_plural = _("reminders of unions")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organization", "about", "at"], name="coverage_reminded")]

    def __str__(self) -> str:
        return f"#{self.organization_id} {self.about}"
