"""What an offering says about places that are booked and not used: its rules, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import Consequence


class ConductTerms(models.Model):
    """Columns of an offering. They read as one rule: ``missed_limit`` places missed within ``missed_months`` have the
    ``consequence``; see ``rules.conduct``."""

    late_cancel_hours = models.PositiveSmallIntegerField(
        _("hours before the session from which cancelling counts as late"),
        null=True,
        blank=True,
        help_text=_("Empty: cancelling never counts."),
    )
    consequence = models.CharField(
        _("what follows from missed places"), max_length=10, choices=Consequence, default=Consequence.NOTHING
    )
    missed_limit = models.PositiveSmallIntegerField(_("missed places from which it follows"), default=2)
    missed_months = models.PositiveSmallIntegerField(_("months within which they count"), default=12)
    pause_days = models.PositiveSmallIntegerField(_("days for which she can't book by herself"), default=30)
    correction_days = models.PositiveSmallIntegerField(
        _("days within which “did not come” can be corrected"), default=7
    )
    conduct_source = models.CharField(
        _("document and clause about missed places"), max_length=200, blank=True, help_text=_("Women read it.")
    )

    class Meta:
        abstract = True
