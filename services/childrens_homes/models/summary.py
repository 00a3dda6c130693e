"""A county's summary report (A1.44): drafted from the figures, edited, sent, answered; every version kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import READERS, SummaryState
from services.foundation.scope import ScopedManager, ScopedModel


class SummaryReport(ScopedModel):
    """``figures`` are those under which this version was written; ``sections`` hold a title and a text each."""

    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="summaries")
    county = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=SummaryState, default=SummaryState.DRAFT)
    figures = models.JSONField(default=dict, blank=True)
    title = models.CharField(_("title"), max_length=160)
    sections = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    feedback = models.TextField(_("the city's answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("county__path", roles=READERS)

    class Meta:
        verbose_name = _("summary report of a county")
        verbose_name_plural = _("summary reports of counties")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "county", "version"], name="homes_summary_version"),
            models.UniqueConstraint(
                fields=["programme", "county"],
                condition=Q(state=SummaryState.DRAFT),
                name="homes_one_summary_being_written",
            ),
            models.CheckConstraint(
                condition=~Q(state=SummaryState.ANSWERED) | ~Q(feedback=""), name="homes_answer_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def open_sections(self) -> list[str]:
        """Titles of those in which nothing is written yet."""
        return [one["title"] for one in self.sections if not one["text"].strip()]
