"""What goes on in a home: rules and plans, activities. Children are counted here and named nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, ActivityKind, RegulationKind
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class RegulationDoc(ScopedModel):
    """A rule or plan in force; a later one of the same kind and year replaces it (A1.15, rubric 8.3)."""

    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="regulations")
    kind = models.CharField(pgettext_lazy("regulation", "kind"), max_length=16, choices=RegulationKind)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=120)
    on_wall = models.BooleanField(_("hangs on the wall"), default=False)
    replaced_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("home__host__path", roles=READERS)

    class Meta:
        verbose_name = _("rule or plan of a home")
        verbose_name_plural = _("rules and plans of homes")
        ordering = ["kind", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "kind", "year"],
                condition=Q(replaced_at__isnull=True),
                name="homes_one_regulation_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CareActivity(ScopedModel):
    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="activities")
    on = models.DateField(_("day"))
    kind = models.CharField(pgettext_lazy("activity", "kind"), max_length=10, choices=ActivityKind)
    theme = models.CharField(_("theme"), max_length=80)
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    children = models.PositiveIntegerField(_("children who came"))
    carers = models.PositiveIntegerField(_("parents and carers who came"), default=0)
    teachers = models.ManyToManyField("childrens_homes.HomeStaff", blank=True, related_name="activities")
    volunteers = models.ManyToManyField("childrens_homes.Volunteer", blank=True, related_name="activities")
    by_plan = models.ForeignKey(
        RegulationDoc, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("by which plan")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("home__host__path", roles=READERS)

    class Meta:
        verbose_name = _("care activity")
        verbose_name_plural = _("care activities")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "on", "theme"],
                name="homes_activity_once",
                violation_error_message=_("This activity is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=12),
                name="homes_hours_of_an_activity",
                violation_error_message=_("Between half an hour and twelve hours a day."),
            ),
        ]
        indexes = [models.Index(fields=["home", "on"], name="homes_activities_by_day")]

    def __str__(self) -> str:
        return f"#{self.pk}"
