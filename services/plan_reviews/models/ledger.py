"""The problem ledger (A3.06): opened by the system, given an owner, a measure and a day, closed by a second person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.plan_reviews import enums
from services.plan_reviews.models.plan import Plan, Unit


class Issue(ScopedModel):
    """Once for each indicator, place, year and kind, however often the year is looked at."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="issues")
    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(pgettext_lazy("problem", "kind"), max_length=8, choices=enums.IssueKind)
    state = models.CharField(_("state"), max_length=9, choices=enums.IssueState, default=enums.IssueState.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    found = models.JSONField(default=dict, help_text=_("What the evaluation said when it was opened."))
    cause = models.CharField(_("cause"), max_length=300, blank=True)
    lead = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead unit"))
    owner_name = models.CharField(_("who answers for it"), max_length=40, blank=True)
    measure = models.CharField(_("measure"), max_length=500, blank=True)
    due_on = models.DateField(_("due on"))
    done = models.CharField(_("what was done"), max_length=500, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(_("grounds for closing"), max_length=300, blank=True)

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "indicator", "organization", "year", "kind"], name="plan_reviews_issue_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "assigned"]) | Q(done_by__isnull=False) & ~Q(done=""),
                name="plan_reviews_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_by__isnull=False) & ~Q(closed_by=F("done_by")),
                name="plan_reviews_closed_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(measure=""), name="plan_reviews_assigned_with_measure"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="plan_reviews_issue_due")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Visit(models.Model):
    """A supervision visit (专项督导) to a problem."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("visited on"))
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit visited")
    )
    finding = models.CharField(pgettext_lazy("supervision", "what was found"), max_length=500)
    due_on = models.DateField(_("to be settled by"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-visited_on", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
