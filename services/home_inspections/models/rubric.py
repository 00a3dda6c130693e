"""The rubric in versions, as a tree: items that sum to 100, criteria whose weights sum to their item (A1.38)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import Profile
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_inspections import enums
from services.home_inspections.rules import scoring


class Rubric(ScopedModel):
    """One version of a city's rubric. Pass mark and weights have no default (T15): without them it never counts.
    A version in force never changes; inspections keep the version they were begun with."""

    city = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="home_rubrics",
        verbose_name=_("women's federation of the city"),
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=enums.RubricState, default=enums.RubricState.DRAFT)
    pass_mark = models.DecimalField(
        pgettext_lazy("inspection of homes", "pass mark"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    fails_below = models.PositiveSmallIntegerField(
        _("a criterion fails below (% of its points)"), null=True, blank=True
    )
    difference_limit = models.DecimalField(
        _("county and city differ beyond (points)"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    blind_limit = models.DecimalField(
        _("two who score blind differ beyond (points a criterion)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text=_("Empty: nobody scores blind."),
    )
    rectify_days = models.PositiveSmallIntegerField(_("days to put findings right"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager.over("city__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("inspection of homes", "rubric")
        verbose_name_plural = pgettext_lazy("inspection of homes", "rubrics")
        ordering = ["city_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["city", "version"], name="inspections_rubric_version_once"),
            models.UniqueConstraint(fields=["city"], condition=Q(state="draft"), name="inspections_one_rubric_draft"),
            models.UniqueConstraint(
                fields=["city"], condition=Q(state="in_force"), name="inspections_one_rubric_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(
                    pass_mark__gt=0,
                    pass_mark__lte=100,
                    fails_below__isnull=False,
                    difference_limit__isnull=False,
                    rectify_days__isnull=False,
                    valid_from__isnull=False,
                ),
                name="inspections_in_force_with_marks",
            ),
            models.CheckConstraint(
                condition=Q(fails_below__isnull=True) | Q(fails_below__lte=100), name="inspections_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city} · {self.version}"


class _InTwoLanguages(models.Model):
    class Meta:
        abstract = True

    @property
    def asked(self) -> str:
        """In the reader's language, in Chinese where there is no other."""
        return self.words if (get_language() or "").startswith("zh") or not self.words_en else self.words_en


class RubricItem(_InTwoLanguages):
    """R1 to R9."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=4)
    words = models.CharField(_("name (Chinese)"), max_length=80)
    words_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=1)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="inspections_item_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="inspections_item_has_points"),
        ]

    def __str__(self) -> str:
        return self.code


class Criterion(_InTwoLanguages):
    """R1.1 to R9.4. ``weight`` is in half points; None: the city hasn't set it."""

    item = models.ForeignKey(RubricItem, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(_("code"), max_length=6)
    words = models.CharField(_("what is judged (Chinese)"), max_length=200)
    words_en = models.CharField(_("what is judged (English)"), max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight in half points"), null=True, blank=True)
    unit = models.CharField(_("unit of analysis"), max_length=6, choices=enums.Unit, default=enums.Unit.HOME)
    asked_of = models.CharField(_("asked of"), max_length=9, choices=enums.Asked, default=enums.Asked.BOTH)
    na_allowed = models.BooleanField(_("inspectors may say “not applicable”"), default=False)
    veto = models.BooleanField(_("veto: who fails here fails"), default=False)
    needs_photo = models.BooleanField(_("photo required"), default=False)
    needs_document = models.BooleanField(_("document required"), default=False)
    needs_count = models.BooleanField(_("count required"), default=False)
    fact = models.CharField(_("known fact"), max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = pgettext_lazy("rubric", "criterion")
        verbose_name_plural = pgettext_lazy("rubric", "criteria")
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="inspections_criterion_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def points(self) -> Decimal | None:
        return None if self.weight is None else scoring.points(self.weight)

    @property
    def profiles(self) -> frozenset[str]:
        return frozenset(Profile.values) if self.asked_of == enums.Asked.BOTH else frozenset({self.asked_of})

    @property
    def of_county(self) -> bool:
        return self.unit == enums.Unit.COUNTY


class CountySheet(ScopedModel):
    """The facts of a county under one rubric in one programme: scored once, inherited by every home of it."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="county_sheets")
    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("county")
    )
    state = models.CharField(_("state"), max_length=8, choices=enums.SheetState, default=enums.SheetState.OPEN)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager.over("county__path", roles=enums.READERS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rubric", "programme", "county"], name="inspections_county_scored_once"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(settled_at__isnull=False), name="inspections_settled_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CountyAnswer(models.Model):
    sheet = models.ForeignKey(CountySheet, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    half_points = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField(
        help_text=_("The criterion's weight, so that the database holds the limit.")
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="inspections_county_answer_once"),
            models.CheckConstraint(condition=Q(half_points__lte=F("most")), name="inspections_county_within_points"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def said(self) -> str:
        return f"{scoring.points(self.half_points)} / {scoring.points(self.most)}"
