"""Where each union stands: derived, one row a union, so that a figure and its list are the same rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage import enums
from services.foundation.scope import ScopedManager, ScopedModel


class Standing(ScopedModel):
    """Written by ``actions.standings`` alone; the grassroots unions that are open have one each."""

    organization = models.OneToOneField("organizations.Organization", on_delete=models.PROTECT, related_name="standing")
    required = models.CharField(
        pgettext_lazy("women workers' organisation", "required"), max_length=12, choices=enums.Required
    )
    form = models.CharField(_("women workers' organisation"), max_length=12, choices=enums.Form, blank=True)
    built = models.CharField(
        _("set up as required"),
        max_length=8,
        choices=enums.Answer,
        help_text=_("A committee where one is required, else a committee or a commissioner."),
    )
    simultaneous = models.CharField(_("set up together with the union"), max_length=8, choices=enums.Answer)
    term = models.CharField(_("term of office"), max_length=8, choices=enums.TermStanding)
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)
    in_step = models.CharField(_("term in step with the union's"), max_length=8, choices=enums.Answer)
    chair_qualified = models.CharField(_("head qualified"), max_length=8, choices=enums.Answer)
    standard = models.CharField(_("reaches the standard"), max_length=8, choices=enums.Answer)
    score = models.DecimalField(_("points"), max_digits=5, decimal_places=1, null=True, blank=True)
    size = models.CharField(_("size"), max_length=8, choices=enums.SizeClass)
    industry = models.CharField(_("industry"), max_length=40, blank=True)
    findings = models.JSONField(default=list, editable=False)
    derived_on = models.DateField(_("as of"))

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("standing of a union")
        verbose_name_plural = _("standings of unions")
        indexes = [models.Index(fields=["built", "required"]), models.Index(fields=["term", "term_ends_on"])]

    def __str__(self) -> str:
        return f"#{self.organization_id}"


class StandingChange(ScopedModel):
    """Appended when a value of a standing became another one: who moved, when, and what moved it."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=12, blank=True)
    now = models.CharField(max_length=12, blank=True)
    cause = models.CharField(max_length=20, help_text=_("Code of the verb, or 'day' where time alone did it."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["field", "at"]),
            models.Index(fields=["organization", "at"]),
            # Who gained or lost what must be: few among the records that were merely begun.
            models.Index(
                fields=["at"],
                condition=Q(field="built") & (Q(was="yes") | Q(now="yes")) & ~Q(cause="begun"),
                name="coverage_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.organization_id} {self.field}"
