"""A screening programme (两癌筛查) and its terms in versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.screening.enums import Counts, Elsewhere, MaritalRule, ProgrammeKind, Region


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
    reminder_hours = models.PositiveSmallIntegerField(
        _("hours before the session at which she is reminded"), default=24, help_text=_("0: no reminder.")
    )
    unread_days = models.PositiveSmallIntegerField(
        _("days after which an unread result is recalled to her mind"), default=7, help_text=_("0: no reminder.")
    )
    next_round_days = models.PositiveSmallIntegerField(
        _("days before the next round at which she is reminded"), default=30, help_text=_("0: no reminder.")
    )
    attempts_needed = models.PositiveSmallIntegerField(
        _("days on which somebody must have tried before a woman counts as unreachable"), default=3
    )

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
    paper_consent = models.BooleanField(
        _("consent on paper admitted"),
        default=False,
        help_text=_("Officers may then record the form a woman without an account has signed, with its date."),
    )
    interval_months_hpv = models.PositiveSmallIntegerField(
        _("months since the last screening by HPV test"),
        null=True,
        blank=True,
        help_text=_("Empty: the same as for any other screening."),
    )
    interval_counts = models.CharField(
        _("which earlier screenings count"), max_length=10, choices=Counts, default=Counts.ALL
    )
    elsewhere = models.CharField(
        _("a booking in another programme within the interval"),
        max_length=10,
        choices=Elsewhere,
        default=Elsewhere.BLOCK,
    )
    residence_required = models.BooleanField(_("residents only, by their own statement"), default=False)
    roster_only = models.BooleanField(_("only women on the roster of a unit that takes part"), default=False)
    region = models.CharField(_("region whose regulation applies"), max_length=20, choices=Region, blank=True)
    added_from_age = models.PositiveSmallIntegerField(
        _("age from which items are added"), null=True, blank=True, help_text=_("Empty: the same items at every age.")
    )
    added_items = models.JSONField(_("items added from this age on"), default=list, blank=True)
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
