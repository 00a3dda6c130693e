"""The standardisation checklist (规范化建设) in versions, and what unions say of themselves by it (§4.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.coverage import enums
from services.foundation.scope import ScopedManager, ScopedModel


class Checklist(models.Model):
    """One version of a federation's list, for the unions below it. A version in force never changes: the next one
    takes its place, and assessments keep the version they were begun with."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("federation")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=enums.ChecklistState, default=enums.ChecklistState.DRAFT
    )
    pass_kind = models.CharField(_("pass mark in"), max_length=10, choices=enums.PassKind, blank=True)
    pass_mark = models.DecimalField(_("pass mark"), max_digits=6, decimal_places=1, null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("standardisation checklist")
        verbose_name_plural = _("standardisation checklists")
        ordering = ["organization_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "version"], name="coverage_checklist_version_once"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(state="draft"), name="coverage_one_draft_of_a_checklist"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(state="in_force"), name="coverage_one_checklist_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(pass_mark__gt=0, valid_from__isnull=False, pass_kind__in=["points", "per_cent"]),
                name="coverage_in_force_with_a_pass_mark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.version}"


class ChecklistItem(models.Model):
    """One line. ``rule``: what the record answers by itself; such an item is asked of nobody who needn't be asked."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    group = models.CharField(_("part"), max_length=14, choices=enums.ItemGroup)
    code = models.SlugField(_("code"), max_length=40)
    words = models.CharField(_("what is asked (Chinese)"), max_length=200)
    words_en = models.CharField(_("what is asked (English)"), max_length=200, blank=True)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1)
    evidence = models.BooleanField(_("evidence required"), default=False)
    rule = models.CharField(_("answered by the record"), max_length=20, choices=enums.AutomaticRule, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "code"], name="coverage_item_once_a_checklist"),
            models.CheckConstraint(condition=Q(points__gt=0), name="coverage_item_has_points"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def asked(self) -> str:
        """In the reader's language, in Chinese where there is no other."""
        return self.words if (get_language() or "").startswith("zh") or not self.words_en else self.words_en


class SelfAssessment(ScopedModel):
    """What one union says of itself in one year. ``claimed`` and ``score`` are sums, of the unit and of the review;
    ``edition`` grows with every save, so that whoever saves upon an older page is told."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=10, choices=enums.AssessmentState, default=enums.AssessmentState.DRAFT
    )
    edition = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    claimed = models.DecimalField(_("points claimed"), max_digits=6, decimal_places=1, default=0)
    score = models.DecimalField(_("points reviewed"), max_digits=6, decimal_places=1, null=True, blank=True)
    reached = models.BooleanField(pgettext_lazy("self-assessment", "reaches the standard"), null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("handed up"), null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    returned_because = models.CharField(_("returned because"), max_length=300, blank=True)
    opened_at = models.DateTimeField()

    objects = ScopedManager.over("organization__path")

    class Meta:
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        ordering = ["-year", "organization_id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="coverage_assessed_once_a_year"),
            models.CheckConstraint(
                condition=~Q(state="reviewed") | Q(score__isnull=False, reached__isnull=False),
                name="coverage_reviewed_with_a_score",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"])]

    def __str__(self) -> str:
        return f"#{self.organization_id} {self.year}"


class AssessmentAnswer(models.Model):
    """What is said to one item. ``finding``: what the record answered when it was handed up, or is reviewed."""

    assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    claimed = models.DecimalField(_("points claimed"), max_digits=5, decimal_places=1, null=True, blank=True)
    words = models.CharField(pgettext_lazy("self-assessment", "how it is done"), max_length=500, blank=True)
    papers = models.ManyToManyField("coverage.Paper", blank=True, related_name="+", verbose_name=_("evidence"))
    finding = models.JSONField(null=True, blank=True)
    reviewed = models.DecimalField(_("points reviewed"), max_digits=5, decimal_places=1, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["item__place", "item_id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="coverage_item_answered_once")]

    def __str__(self) -> str:
        return f"#{self.assessment_id} {self.item_id}"
