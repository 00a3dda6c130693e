"""What a version of the terms pays for: the diseases it lists, and the waiting ladder with its sums (§1.2-1.5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.mutual_aid import enums
from services.mutual_aid.models.scheme import SchemeTerms


class Disease(models.Model):
    """A listed disease (保障病种). Empty fields: not known."""

    terms = models.ForeignKey(SchemeTerms, on_delete=models.CASCADE, related_name="diseases")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    primary_only = models.BooleanField(_("primary cancer only"), null=True, blank=True)
    in_situ = models.CharField(_("carcinoma in situ"), max_length=10, choices=enums.InSitu, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("disease")
        verbose_name_plural = _("diseases")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["terms", "code"], name="mutual_aid_disease_once")]

    def __str__(self) -> str:
        return self.name


class LadderLine(models.Model):
    """A line of the ladder: what a diagnosis in these days of the cover gives for each share. See ``rules.terms``.

    ``disease`` is the code of one of the version's diseases, or empty for all that have no line of their own.
    """

    terms = models.ForeignKey(SchemeTerms, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=0)
    joined = models.CharField(_("for"), max_length=10, choices=enums.Joined)
    grade = models.CharField(_("grade"), max_length=20, choices=enums.Grade)
    disease = models.SlugField(_("only for the disease"), max_length=40, blank=True)
    day_from = models.PositiveSmallIntegerField(_("from day"), null=True, blank=True)
    day_to = models.PositiveSmallIntegerField(
        _("to day"), null=True, blank=True, help_text=_("Empty: to the end of the cover.")
    )
    result = models.CharField(_("gives"), max_length=10, choices=enums.Result)
    per_share = models.DecimalField(_("yuan a share"), max_digits=10, decimal_places=2, null=True, blank=True)
    once = models.DecimalField(_("once after a stay in hospital, yuan"), max_digits=10, decimal_places=2, default=0)
    daily = models.DecimalField(_("for each day in hospital, yuan"), max_digits=8, decimal_places=2, default=0)
    daily_days = models.PositiveSmallIntegerField(_("at most so many days"), default=0)
    treatment = models.CharField(_("only after"), max_length=10, choices=enums.Treatment, blank=True)
    hospital_level = models.CharField(
        _("hospital of at least"),
        max_length=20,
        choices=enums.HospitalLevel,
        blank=True,
        help_text=_("Empty: as above."),
    )
    ends_cover = models.BooleanField(_("ends the cover"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of the waiting ladder")
        verbose_name_plural = _("lines of the waiting ladder")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "joined", "disease", "grade", "day_from"], name="mutual_aid_line_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(day_from__isnull=True) | Q(day_to__isnull=True) | Q(day_from__lte=F("day_to")),
                name="mutual_aid_line_days_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(per_share__isnull=True) | Q(per_share__gte=0)) & Q(once__gte=0) & Q(daily__gte=0),
                name="mutual_aid_sums_not_below_zero",
            ),
            models.CheckConstraint(
                condition=~Q(result="none") | ((Q(per_share__isnull=True) | Q(per_share=0)) & Q(once=0) & Q(daily=0)),
                name="mutual_aid_waiting_gives_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
