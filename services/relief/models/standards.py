"""What cities set: the minimum living line by year, the income test, the programmes. All in versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.relief.enums import AmountKind, ProgrammeKind, VersionState


class LivingLine(models.Model):
    """最低生活保障标准 of a region and year, in yuan a person a month. It holds for the organisation's whole branch
    unless one further down has its own."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    valid_from = models.DateField(_("valid from"))
    monthly = models.DecimalField(_("yuan a person a month"), max_digits=8, decimal_places=2)
    minimum_wage = models.DecimalField(
        _("minimum wage, yuan a month"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Counted for a member who could work and doesn't, unless proven otherwise."),
    )
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("minimum living line")
        verbose_name_plural = _("minimum living lines")
        ordering = ["organization", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "valid_from"], name="relief_one_line_from_a_day"),
            models.CheckConstraint(condition=Q(monthly__gt=0), name="relief_line_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.valid_from:%Y}"


class IncomeTest(models.Model):
    """One version of the income test (§3.1-3.2). A decided case keeps the version under which it was decided."""

    version = models.PositiveIntegerField(_("version"))
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    relative_multiple = models.DecimalField(
        _("relative hardship below … times the line"), max_digits=4, decimal_places=2, default="2.00"
    )
    sudden_multiple = models.DecimalField(
        _("sudden hardship below … times the line"), max_digits=4, decimal_places=2, default="3.00"
    )
    sudden_cost_share = models.DecimalField(
        _("or the event cost more than this share of the year's income"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("0.80 means 80 %. Empty: this test isn't used."),
    )
    working_age_from = models.PositiveSmallIntegerField(_("of working age from so many years"), default=16)
    working_age_to = models.PositiveSmallIntegerField(
        _("up to so many years, that year included"),
        default=59,
        help_text=_("Who of this age could work and is without a job counts with the minimum wage."),
    )
    not_counted = models.JSONField(_("kinds of income that don't count"), default=list, blank=True)
    exit_months = models.PositiveSmallIntegerField(_("months above the line before leaving"), default=6)
    recheck_months = models.PositiveSmallIntegerField(_("months between checks"), default=12)
    watch_months = models.PositiveSmallIntegerField(_("months of return visits after leaving"), default=12)
    visit_months = models.PositiveSmallIntegerField(_("months between return visits"), default=3)
    exclusions = models.JSONField(_("exclusions to confirm"), default=list)
    source = models.CharField(_("source"), max_length=200, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("income test")
        verbose_name_plural = _("income tests")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "version"], name="relief_test_version_once"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(state="active"), name="relief_one_test_in_force"
            ),
            models.CheckConstraint(
                condition=Q(sudden_multiple__gte=F("relative_multiple")) & Q(relative_multiple__gte=1),
                name="relief_multiples_in_order",
            ),
            models.CheckConstraint(
                condition=Q(working_age_to__gte=F("working_age_from")), name="relief_working_age_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class Programme(models.Model):
    """One version of a relief programme. Everything a city sets stands here; ``rules`` only compute.

    ``conditions``: list of ``{"code": …, …}`` read by ``rules.eligibility``. ``amount``: parameters of
    ``amount_kind``. ``documents``: list of ``{"kind": code, "required": bool, "when": condition code or ""}``.
    ``caps``: ``{"per_award": yuan, "per_year": yuan, "awards_per_year": n}`` and what else ``rules.sheet`` writes, each
    optional.
    """

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    kind = models.CharField(_("kind"), max_length=15, choices=ProgrammeKind)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    summary = models.TextField(_("what it is, in her words"), blank=True)
    summary_en = models.TextField(_("the same in English"), blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    opens_on = models.DateField(_("applications from"), null=True, blank=True)
    closes_on = models.DateField(_("applications until"), null=True, blank=True, help_text=_("The last day."))
    conditions = models.JSONField(_("conditions"), default=list)
    amount_kind = models.CharField(_("how the sum is found"), max_length=15, choices=AmountKind, blank=True)
    amount = models.JSONField(_("figures of the sum"), default=dict, blank=True)
    caps = models.JSONField(_("limits"), default=dict, blank=True)
    documents = models.JSONField(pgettext_lazy("paper of a case", "documents"), default=list, blank=True)
    once_a_year = models.BooleanField(_("once a household a year"), default=False)
    same_cause_once = models.BooleanField(_("never twice for the same cause"), default=False)
    fund = models.ForeignKey(
        "payments.FundSource", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("fund")
    )
    route_code = models.SlugField(_("review route"), max_length=40)
    source = models.CharField(_("source"), max_length=200, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("relief programme")
        verbose_name_plural = _("relief programmes")
        ordering = ["kind", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="relief_programme_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="active"), name="relief_one_version_in_force"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="relief_programme_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(kind="filing") | ~Q(amount_kind="") | ~Q(state="active"),
                name="relief_programme_in_force_has_a_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"
