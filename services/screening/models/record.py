"""What a booking was decided on, and when each woman was last screened."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS
from services.screening.enums import HistorySource, Method, ProgrammeKind


class EligibilityRecord(models.Model):
    """The terms, inputs and findings under which a booking was admitted. Written once."""

    booking = models.OneToOneField("bookings.Booking", on_delete=models.PROTECT, related_name="eligibility")
    terms = models.ForeignKey("screening.ProgrammeTerms", on_delete=models.PROTECT, related_name="+")
    inputs = models.JSONField()
    inputs_digest = models.CharField(max_length=64)
    findings = models.JSONField()
    at = models.DateTimeField()


class PastScreening(ScopedModel):
    """A screening she had, wherever the knowledge comes from: the date, who arranged it and the method (empty where
    that isn't known), never a result."""

    worker = models.ForeignKey("workers.Worker", on_delete=models.CASCADE, related_name="past_screenings")
    screened_on = models.DateField(_("screened on"))
    source = models.CharField(_("known from"), max_length=10, choices=HistorySource)
    kind = models.CharField(_("arranged by"), max_length=20, choices=ProgrammeKind, blank=True)
    method = models.CharField(_("method"), max_length=10, choices=Method, blank=True)
    booking = models.OneToOneField(
        "bookings.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("past screening")
        verbose_name_plural = _("past screenings")
        ordering = ["-screened_on"]
        constraints = [models.UniqueConstraint(fields=["worker", "screened_on"], name="screening_past_once")]


class HistoryStatement(models.Model):
    """What she said about her last screening when she asked to take part; no date means never."""

    programme = models.ForeignKey("screening.Programme", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("workers.Worker", on_delete=models.CASCADE, related_name="+")
    last_screened_on = models.DateField(_("last screened on"), null=True, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("statement about the last screening")
        verbose_name_plural = _("statements about the last screening")
        constraints = [models.UniqueConstraint(fields=["programme", "worker"], name="screening_statement_once")]


class ResidenceStatement(models.Model):
    """What she said about living where a public-health programme is for; nobody checks it here."""

    programme = models.ForeignKey("screening.Programme", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("workers.Worker", on_delete=models.CASCADE, related_name="+")
    resident = models.BooleanField(_("lives in the area"))
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("statement about residence")
        verbose_name_plural = _("statements about residence")
        constraints = [models.UniqueConstraint(fields=["programme", "worker"], name="screening_residence_once")]
