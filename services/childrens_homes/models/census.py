"""The census of left-behind children (摸底): numbers by township, with the definition they were counted by."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import READERS
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class CensusDefinition(ScopedModel):
    """Who counts as left behind. Counts by different versions are never compared without a warning (0.6)."""

    city = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    words = models.CharField(_("who counts as left behind"), max_length=300)
    source = models.CharField(_("source"), max_length=120, blank=True)
    set_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("city__path", roles=READERS)

    class Meta:
        verbose_name = _("definition of left-behind children")
        verbose_name_plural = _("definitions of left-behind children")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["city", "version"], name="homes_definition_version")]

    def __str__(self) -> str:
        return f"v{self.version}"


class Census(ScopedModel):
    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="censuses")
    county = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("county")
    )
    definition = models.ForeignKey(CensusDefinition, on_delete=models.PROTECT, verbose_name=_("definition"))
    as_of = models.DateField(_("as of"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("county__path", roles=READERS)

    class Meta:
        verbose_name = _("census of left-behind children")
        verbose_name_plural = _("censuses of left-behind children")
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "as_of"],
                name="homes_one_census_a_day",
                violation_error_message=_("The county has a census of this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CensusLine(ScopedModel):
    """Of one township: the same children three times, by sex, by age, by who is away."""

    census = models.ForeignKey(Census, on_delete=models.CASCADE, related_name="lines")
    township = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    boys = models.PositiveIntegerField(_("boys"))
    girls = models.PositiveIntegerField(_("girls"))
    under_6 = models.PositiveIntegerField(_("below 6"))
    from_6 = models.PositiveIntegerField(_("6 to 11"))
    from_12 = models.PositiveIntegerField(_("12 to 15"))
    both_away = models.PositiveIntegerField(_("both parents away"))
    one_away = models.PositiveIntegerField(_("one parent away"))

    objects = ScopedManager.over("census__county__path", roles=READERS)

    class Meta:
        verbose_name = _("line of a census")
        verbose_name_plural = _("lines of censuses")
        constraints = [
            models.UniqueConstraint(fields=["census", "township"], name="homes_township_once_a_census"),
            models.CheckConstraint(
                condition=Q(boys=F("under_6") + F("from_6") + F("from_12") - F("girls")),
                name="homes_census_ages_add_up",
                violation_error_message=_("By age there are other numbers than by sex."),
            ),
            models.CheckConstraint(
                condition=Q(boys=F("both_away") + F("one_away") - F("girls")),
                name="homes_census_parents_add_up",
                violation_error_message=_("By parents there are other numbers than by sex."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
