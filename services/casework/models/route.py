"""Review routes as data: ordered steps that federation staff edit, in versions that never change once in force."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import RouteState, StepKind
from services.organizations.enums import Kind


class ReviewRoute(models.Model):
    """One version of how applications of a kind are reviewed. A case keeps the version under which it began."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    service = models.CharField(_("service"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    state = models.CharField(_("state"), max_length=10, choices=RouteState, default=RouteState.DRAFT)
    contact_days = models.PositiveSmallIntegerField(
        _("working days to the first answer"), default=3, help_text=_("What is promised to her and measured.")
    )
    decision_days = models.PositiveSmallIntegerField(
        _("working days to the decision"), default=20, help_text=_("What is promised to her and measured.")
    )
    appeal_days = models.PositiveSmallIntegerField(_("days within which she may appeal"), default=30)
    objection_days = models.PositiveSmallIntegerField(
        _("working days to settle an objection"),
        default=10,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from the day on which the objection was received."),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    in_force_from = models.DateTimeField(_("in force from"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("review route")
        verbose_name_plural = _("review routes")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="casework_route_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state=RouteState.ACTIVE), name="casework_route_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class RouteStep(models.Model):
    """``level`` is the kind of organisation that handles the step: the nearest one above the applicant's union."""

    route = models.ForeignKey(ReviewRoute, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=StepKind)
    level = models.CharField(_("handled by"), max_length=20, choices=Kind)
    working_days = models.PositiveSmallIntegerField(
        _("working days"), default=3, help_text=_("Days allowed; for a public notice, the days that it stands.")
    )
    second_person = models.BooleanField(
        _("second person"), default=False, help_text=_("Nobody who took an earlier step may take this one.")
    )

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="casework_step_position_once"),
            models.CheckConstraint(condition=Q(working_days__gte=1), name="casework_step_takes_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}"
