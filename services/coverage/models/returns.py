"""Annual returns (工会统计年报, DOMAIN §4.3): one union, one year, in versions; filled from below, counted above."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import enums
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS, Role

# Administrators of the platform see how far the returns are; what tells on women, only whoever reads rosters.
RETURN_READERS = ROSTER_READERS | {Role.PLATFORM_ADMINISTRATOR}


class ReturnYear(models.Model):
    """A year that a federation opened for every union in its tree, with the last day that held when it did."""

    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="return_years",
        verbose_name=_("federation"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("due on"))
    committee_from = models.PositiveSmallIntegerField(_("committee required from so many women members"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("year of returns")
        verbose_name_plural = _("years of returns")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="coverage_return_year_once"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2999)), name="coverage_return_year_is_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.year}"


class AnnualReturn(ScopedModel):
    """``figures`` are what the unit says, of itself alone; ``known`` what the system could tell when they were written:
    ``{field: [{"value", "provider", "on"}]}``; ``reasons`` a word for each field that asks for one.

    ``below`` are the sums of the returns that it counts, as they stood when it was signed (``rules.Below``), ``totals``
    both together. ``reports_to`` is the next level up; ``reached`` the highest level that has accepted it, with a
    return that counts it. ``latest``: no later version was begun. ``changes`` goes up with every write.
    """

    collection = models.ForeignKey(ReturnYear, on_delete=models.PROTECT, related_name="returns")
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="annual_returns",
        verbose_name=_("union"),
        db_index=False,  # the unique index with the year begins with it
    )
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    form = models.CharField(_("form"), max_length=10, choices=enums.ReturnForm)
    state = models.CharField(_("state"), max_length=10, choices=enums.ReturnState, default=enums.ReturnState.DRAFT)
    latest = models.BooleanField(default=True, editable=False)
    reports_to = models.ForeignKey(
        "organizations.Organization",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("next level up"),
        db_index=False,  # the index with the year begins with it
    )
    reached = models.ForeignKey(
        "organizations.Organization",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("accepted up to"),
    )
    known = models.JSONField(default=dict, editable=False)
    figures = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict, blank=True)
    below = models.JSONField(default=dict, editable=False)
    totals = models.JSONField(default=dict, editable=False)
    incomplete_because = models.CharField(_("why returns below are missing"), max_length=300, blank=True)
    returned_because = models.CharField(_("why it was sent back"), max_length=500, blank=True)
    amended_because = models.CharField(_("why there is a new version"), max_length=300, blank=True)
    signed_name = models.CharField(_("signed by"), max_length=40, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    first_submitted_on = models.DateField(_("first submitted on"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    locked_at = models.DateTimeField(pgettext_lazy("annual return", "locked at"), null=True)
    changes = models.PositiveIntegerField(default=0, editable=False)
    reminded = models.SmallIntegerField(
        null=True, editable=False, help_text=_("Days left at the last reminder; below nought: overdue.")
    )

    objects = ScopedManager.over("organization__path", roles=RETURN_READERS)

    class Meta:
        verbose_name = _("annual return")
        verbose_name_plural = _("annual returns")
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "version"], name="coverage_return_version_once"),
            models.UniqueConstraint(
                fields=["organization", "year"], condition=Q(latest=True), name="coverage_return_one_latest"
            ),
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=Q(state__in=enums.COUNTED),
                name="coverage_return_one_counts",
            ),
            models.UniqueConstraint(
                fields=["organization", "year"],
                condition=Q(state__in=enums.RETURN_UNDER_WAY),
                name="coverage_return_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=enums.WRITABLE) | (~Q(signed_name="") & Q(signed_at__isnull=False)),
                name="coverage_return_signed_before_it_leaves",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_because=""), name="coverage_return_sent_back_with_words"
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(amended_because=""), name="coverage_return_amended_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="locked") | Q(locked_at__isnull=False), name="coverage_return_locked_on_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["reports_to", "year", "state"], name="coverage_return_below"),
            models.Index(fields=["year", "state"], condition=Q(latest=True), name="coverage_return_of_year"),
            # The list of a year, a page at a time.
            models.Index(fields=["year", "-id"], condition=Q(latest=True), name="coverage_return_by_page"),
        ]

    def __str__(self) -> str:
        return f"#{self.organization_id}/{self.year}/{self.version}"

    @property
    def is_upper(self) -> bool:
        return self.form == enums.ReturnForm.UPPER


class ReturnStep(models.Model):
    """What happened to a return: who, where, when, and in what words. Append-only."""

    annual_return = models.ForeignKey(AnnualReturn, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(pgettext_lazy("annual return", "what"), max_length=10, choices=enums.ReturnVerb)
    at = models.DateTimeField()
    where = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of a return")
        verbose_name_plural = _("steps of returns")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"#{self.annual_return_id} {self.verb}"
