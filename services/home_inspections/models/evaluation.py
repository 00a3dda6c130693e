"""The yearly evaluation of homes, and notices of commendation and criticism (A1.36, A1.37, A1.44)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_inspections import enums


class Evaluation(ScopedModel):
    """One city's evaluation of one year. The marks of the grades are set by the city, without a default."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=12, choices=enums.EvaluationState, default=enums.EvaluationState.OPEN
    )
    excellent_from = models.DecimalField(_("excellent from"), max_digits=4, decimal_places=1)
    good_from = models.DecimalField(_("good from"), max_digits=4, decimal_places=1)
    met_from = models.DecimalField(_("meets the standard from"), max_digits=4, decimal_places=1)
    notice_days = models.PositiveSmallIntegerField(_("days of public notice"))
    public_until = models.DateField(_("on public notice until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = ScopedManager.over("programme__city__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("yearly evaluation of homes")
        verbose_name_plural = _("yearly evaluations of homes")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="inspections_one_evaluation_a_year"),
            models.CheckConstraint(
                condition=Q(
                    excellent_from__gt=F("good_from"),
                    good_from__gt=F("met_from"),
                    met_from__gt=0,
                    excellent_from__lte=100,
                ),
                name="inspections_grades_fall",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["publicised", "closed"]) | Q(public_until__isnull=False),
                name="inspections_public_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


def _mark(label) -> models.DecimalField:
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True)


class EvaluationLine(ScopedModel):
    """One home in one year. The city's score counts where there is one, else the county's."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="lines")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    self_score = _mark(_("own score"))
    self_note = models.CharField(_("words of the home"), max_length=500, blank=True)
    county_score = _mark(_("county's score"))
    city_score = _mark(_("city's score"))
    sampled = models.BooleanField(_("in the city's sample"), default=False)
    grade = models.CharField(
        pgettext_lazy("evaluation of homes", "grade"), max_length=10, choices=enums.Grade, blank=True
    )

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("evaluation of homes", "home in an evaluation")
        verbose_name_plural = pgettext_lazy("evaluation of homes", "homes in an evaluation")
        ordering = ["home__code"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "home"], name="inspections_home_once_an_evaluation"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0, f"{name}__lte": 100}),
                    name=f"inspections_{name}_in_range",
                )
                for name in ("self_score", "county_score", "city_score")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def counts(self):
        return self.county_score if self.city_score is None else self.city_score


class Recognition(ScopedModel):
    """A commendation or criticism of one home, from proposal to issue; objections are heard in between."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="recognitions")
    kind = models.CharField(_("kind"), max_length=12, choices=enums.RecognitionKind)
    state = models.CharField(
        _("state"), max_length=14, choices=enums.RecognitionState, default=enums.RecognitionState.PROPOSED
    )
    words = models.TextField(_("words of the notice"))
    public_until = models.DateField(_("on public notice until"), null=True, blank=True)
    objection = models.TextField(_("objection"), blank=True)
    objected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(_("decision"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("notice about a home")
        verbose_name_plural = _("notices about homes")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "evaluation", "kind"],
                condition=~Q(state__in=["dropped", "decided"]),
                name="inspections_one_notice_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["objection", "decided"]) | ~Q(objection=""),
                name="inspections_objection_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
