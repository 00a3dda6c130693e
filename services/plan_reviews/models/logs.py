"""Logs: trainings in statistics, publicity by channel, and the four inclusions with their evidence (A3.01-A3.05)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.scope import ScopedManager, ScopedModel
from services.plan_reviews import enums


class OfLog(ScopedModel):
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("organisation", "by"),
    )
    day = models.DateField(_("day"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        abstract = True
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def in_words(self) -> str:
        """The line in one line, for the history: what each number is, and choices by their names."""
        fields = (field for field in self._meta.concrete_fields if not field.is_relation and field.name != "id")
        said = ((field, getattr(self, field.name)) for field in fields)
        return " · ".join(
            f"{field.verbose_name} {getattr(self, f'get_{field.name}_display')() if field.choices else value}"
            for field, value in said
            if value not in (None, "")
        )


class Training(OfLog):
    title = models.CharField(pgettext_lazy("training", "subject"), max_length=120)
    form = models.CharField(pgettext_lazy("training", "form"), max_length=9, choices=enums.TrainingForm)
    attendees = models.PositiveIntegerField(_("people who attended"))
    units = models.PositiveIntegerField(_("units they came from"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    result = models.CharField(pgettext_lazy("training", "result"), max_length=300, blank=True)

    class Meta(OfLog.Meta):
        verbose_name = _("training in statistics")
        verbose_name_plural = _("trainings in statistics")


class Publicity(OfLog):
    theme = models.CharField(pgettext_lazy("publicity", "theme"), max_length=120)
    channel = models.CharField(pgettext_lazy("publicity", "channel"), max_length=8, choices=enums.Channel)
    reach = models.PositiveIntegerField(
        _("people reached"), null=True, blank=True, help_text=_("Readers, viewers or visitors; empty: not known.")
    )
    link = models.CharField(_("where it can be seen"), max_length=300, blank=True)

    class Meta(OfLog.Meta):
        verbose_name = _("publicity")
        verbose_name_plural = _("publicity")


class PolicyInclusion(OfLog):
    kind = models.CharField(pgettext_lazy("inclusion", "inclusion"), max_length=16, choices=enums.Inclusion)
    evidence = models.CharField(_("evidence"), max_length=300, help_text=_("Name and number of the document."))

    class Meta(OfLog.Meta):
        verbose_name = _("inclusion")
        verbose_name_plural = _("inclusions")
        constraints = [models.CheckConstraint(condition=~Q(evidence=""), name="plan_reviews_inclusion_has_evidence")]
