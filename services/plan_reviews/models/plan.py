"""A plan with its goals, who answers for them, and targets: national ones to compare with, local ones to judge by."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.scope import ScopedManager, ScopedModel
from services.indicators.enums import Domain
from services.indicators.models.dictionary import in_chinese
from services.plan_reviews import enums


class Plan(ScopedModel):
    """Women's or children's plan of a tree. ``at_risk_share``: from which share of the way that should be behind it an
    indicator is at risk and not off track."""

    owner = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("whose plan")
    )
    audience = models.CharField(_("plan"), max_length=8, choices=enums.Audience)
    title = models.CharField(_("title"), max_length=120)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    midterm_year = models.PositiveSmallIntegerField(_("year of the interim evaluation"))
    base_year = models.PositiveSmallIntegerField(_("year of the base values"))
    at_risk_share = models.PositiveSmallIntegerField(_("at risk from (% of the way)"), default=80)
    issue_days = models.PositiveSmallIntegerField(_("days to settle a problem"), default=90)
    sample = models.BooleanField(default=False)

    objects = ScopedManager.over("owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["-first_year", "audience"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "audience", "first_year"], name="plan_reviews_plan_once"),
            models.CheckConstraint(
                condition=Q(first_year__lte=F("midterm_year"), midterm_year__lte=F("last_year")),
                name="plan_reviews_years_in_order",
            ),
            models.CheckConstraint(condition=Q(base_year__lt=F("last_year")), name="plan_reviews_base_before_end"),
            models.CheckConstraint(condition=Q(at_risk_share__lte=100), name="plan_reviews_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.title


class Unit(ScopedModel):
    """A department that answers for goals; ``organization`` where it is one of our tree."""

    owner = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("unit"), max_length=80)
    organization = models.ForeignKey(
        "organizations.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager.over("owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="plan_reviews_unit_once")]

    def __str__(self) -> str:
        return self.name


class Goal(ScopedModel):
    """A line of the responsibility table: field, goal, lead unit, responsible units (C1 [W9])."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    domain = models.CharField(_("field"), max_length=12, choices=Domain)
    code = models.CharField(pgettext_lazy("goal", "number"), max_length=12)
    title = models.CharField(pgettext_lazy("goal", "goal"), max_length=200)
    title_en = models.CharField(_("goal (English)"), max_length=200, blank=True)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="led", verbose_name=_("lead unit"))
    responsible = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("responsible units"))
    qualitative = models.BooleanField(_("without a number"), default=False)

    objects = ScopedManager.over("plan__owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["domain", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plan_reviews_goal_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.title if in_chinese() or not self.title_en else self.title_en


class GoalJudged(ScopedModel):
    """A goal without a number, judged for a year by somebody, with words. The latest line counts."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="judged")
    year = models.PositiveSmallIntegerField(_("year"))
    judgement = models.CharField(_("judgement"), max_length=8, choices=enums.Judgement)
    words = models.CharField(_("grounds"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager.over("goal__plan__owner__path", roles=enums.READERS)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="plan_reviews_judged_with_words")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Target(ScopedModel):
    """Of an indicator, for a place with everything below it, due in a year (C2, lesson iii). A new one is a new line:
    the latest counts, earlier ones stay. NATIONAL ones judge nobody here."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="targets")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("for")
    )
    origin = models.CharField(_("origin"), max_length=8, choices=enums.Origin, default=enums.Origin.LOCAL)
    due_year = models.PositiveSmallIntegerField(_("due in"))
    comparator = models.CharField(_("comparator"), max_length=12, choices=enums.Comparator)
    value = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("upper end"), max_digits=18, decimal_places=4, null=True, blank=True)
    base_year = models.PositiveSmallIntegerField(_("year of the base value"), null=True, blank=True)
    base = models.DecimalField(_("base value"), max_digits=18, decimal_places=4, null=True, blank=True)
    source = models.CharField(_("where the target comes from"), max_length=200)
    sample = models.BooleanField(default=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["indicator", "organization"], name="plan_reviews_target_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(comparator__in=["trend_up", "trend_down", "gap_narrow", "equal_zero", "none"])
                | Q(value__isnull=False),
                name="plan_reviews_target_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(comparator="range") | Q(high__isnull=False, high__gte=F("value")),
                name="plan_reviews_range_has_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
