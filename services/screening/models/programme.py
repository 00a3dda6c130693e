"""A screening programme (两癌筛查) and its terms in versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.screening.enums import MaritalRule, ProgrammeKind


class Programme(models.Model):
    """One year's programme of one federation. Windows and places live on its ``offering``, rules in its terms."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    offering = models.OneToOneField("bookings.Offering", on_delete=models.PROTECT, related_name="screening_programme")
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind, default=ProgrammeKind.CHARITY)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    items = models.JSONField(_("examination items"), default=list)
    unit_price = models.DecimalField(_("price a person (yuan)"), max_digits=8, decimal_places=2, null=True, blank=True)
    budget = models.DecimalField(_("budget (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    instructions = models.TextField(_("before the examination"), blank=True)
    contact = models.CharField(_("whom to call"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("screening programme")
        verbose_name_plural = _("screening programmes")
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title


class ProgrammeTerms(models.Model):
    """Who may take part. A published version never changes: a correction is a new version with a reason."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField(_("version"))
    age_min = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    interval_months = models.PositiveSmallIntegerField(
        _("months since the last screening"), null=True, blank=True, help_text=_("Empty: not asked.")
    )
    membership_required = models.BooleanField(_("union members only"), default=True)
    marital_rule = models.CharField(_("marital status"), max_length=20, choices=MaritalRule, default=MaritalRule.ANY)
    employment_types = models.JSONField(
        _("forms of employment admitted"), default=list, blank=True, help_text=_("None chosen: all.")
    )
    priority_employment_types = models.JSONField(_("forms of employment served first"), default=list, blank=True)
    source = models.CharField(
        _("document and clause"), max_length=200, help_text=_("The document these rules come from, as women read it.")
    )
    change_note = models.CharField(_("what changed and why"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("terms")
        verbose_name_plural = _("terms")
        ordering = ["programme", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="screening_terms_version_once"),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="screening_terms_age_band",
                violation_error_message=_("The youngest age is above the oldest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} v{self.version}"
