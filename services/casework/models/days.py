"""What staff keep beside the cases: exceptions to the calendar of working days, reasons to choose from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.casework.enums import Verb


class DayException(models.Model):
    """One day that differs from the State Council's arrangement, or that the arrangement doesn't know yet."""

    day = models.DateField(_("day"), unique=True)
    working = models.BooleanField(_("is a working day"), default=False)
    name = models.CharField(_("occasion"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("exception to working days")
        verbose_name_plural = _("exceptions to working days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class CannedReason(models.Model):
    """Words that staff may choose and change; what she reads is copied into the case."""

    service = models.CharField(_("service"), max_length=40, blank=True, help_text=_("Empty: for every service."))
    verb = models.CharField(_("for"), max_length=20, choices=Verb)
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text"))
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )

    class Meta:
        verbose_name = _("reason to choose from")
        verbose_name_plural = _("reasons to choose from")
        ordering = ["verb", "title"]

    def __str__(self) -> str:
        return self.title
