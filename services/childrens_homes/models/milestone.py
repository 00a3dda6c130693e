"""Milestones M1-M9 of a programme and what was done by whom."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import READERS, Level, MilestoneCode
from services.foundation.scope import ScopedManager, ScopedModel


class Milestone(ScopedModel):
    """``from_on``-``until_on`` is the window of the list; where the plan names another day elsewhere (T7), it stands
    beside it for each level, and the stricter one counts."""

    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="milestones")
    code = models.CharField(_("milestone"), max_length=2, choices=MilestoneCode)
    owner = models.CharField(_("who answers for it"), max_length=6, choices=Level)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    county_by = models.DateField(
        _("counties by, as stated elsewhere"), null=True, blank=True, help_text=_("The earlier day counts.")
    )
    city_by = models.DateField(_("city by, as stated elsewhere"), null=True, blank=True)
    phrase = models.CharField(_("words of the plan"), max_length=200, blank=True)

    objects = ScopedManager.over("programme__city__path", roles=READERS)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="homes_milestone_once"),
            models.CheckConstraint(
                condition=Q(from_on__lte=F("until_on")),
                name="homes_milestone_in_order",
                violation_error_message=_("It can't end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def due(self, *, county: bool) -> date:
        """The stricter of the days that the plan names."""
        other = self.county_by if county else self.city_by
        return min(self.until_on, other) if other else self.until_on


class MilestoneDone(ScopedModel):
    """Somebody's part of a milestone is done; the papers beside it are the evidence."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="done")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("done on"))
    evidence = models.CharField(
        _("evidence"), max_length=300, help_text=_("Number of the paper, place of the meeting.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("organization__path", roles=READERS)

    class Meta:
        verbose_name = _("milestone done")
        verbose_name_plural = _("milestones done")
        constraints = [
            models.UniqueConstraint(fields=["milestone", "organization"], name="homes_milestone_done_once"),
            models.CheckConstraint(condition=~Q(evidence=""), name="homes_milestone_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
