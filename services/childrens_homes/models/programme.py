"""One year's programme of a city: how many homes of which profile, and the mark that passes (A1.01-A1.03)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, Education, ProgrammeState, RequirementCode
from services.foundation.scope import ScopedManager, ScopedModel

NOT_ADDING_UP = _("Homes at schools and homes below school age must add up to the total.")


class Programme(ScopedModel):
    """``target`` homes in ``year``; the two profiles always add up to it. The pass mark has no default (T15)."""

    city = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="home_programmes",
        verbose_name=_("women's federation of the city"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(_("state"), max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    target = models.PositiveIntegerField(_("homes to build"))
    target_school = models.PositiveIntegerField(_("of these at schools"))
    target_preschool = models.PositiveIntegerField(_("of these for children below school age"))
    pass_mark = models.DecimalField(
        _("pass mark"), max_digits=4, decimal_places=1, null=True, blank=True, help_text=_("Out of 100 points.")
    )
    lead_department = models.CharField(_("leading department"), max_length=60)
    phrase = models.TextField(
        _("words of the plan"), blank=True, help_text=_("The original sentence behind these numbers.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("city__path", roles=READERS)

    class Meta:
        verbose_name = _("programme of homes")
        verbose_name_plural = _("programmes of homes")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "year"],
                name="homes_one_programme_a_year",
                violation_error_message=_("This year has its programme already."),
            ),
            models.CheckConstraint(
                condition=Q(target=F("target_school") + F("target_preschool")),
                name="homes_profiles_add_up",
                violation_error_message=NOT_ADDING_UP,
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__gt=0, pass_mark__lte=100),
                name="homes_pass_mark_in_range",
                violation_error_message=_("The pass mark lies above 0 and at most at 100."),
            ),
            models.CheckConstraint(
                condition=Q(state=ProgrammeState.DRAFT) | Q(pass_mark__isnull=False),
                name="homes_running_has_pass_mark",
                violation_error_message=_("Set the pass mark before the programme starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.city}"


class Requirement(ScopedModel):
    """One interpretation of the plan's words (T1-T16): the newest version counts, earlier ones stay.

    ``least`` and ``most`` judge a home; ``absurd`` refuses a typing error such as a classroom of 4000 m².
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="requirements")
    code = models.CharField(_("subject"), max_length=20, choices=RequirementCode)
    version = models.PositiveSmallIntegerField(_("version"))
    least = models.DecimalField(_("at least"), max_digits=8, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("at most"), max_digits=8, decimal_places=2, null=True, blank=True)
    absurd = models.DecimalField(
        _("refuse as a typing error above"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    education = models.CharField(_("lowest education"), max_length=20, choices=Education, blank=True)
    phrase = models.CharField(_("words of the plan"), max_length=200, blank=True)
    note = models.CharField(_("how they are read"), max_length=300, blank=True)
    reason = models.CharField(pgettext_lazy("new version", "why"), max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("programme__city__path", roles=READERS)

    class Meta:
        verbose_name = _("requirement of a programme")
        verbose_name_plural = _("requirements of a programme")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code", "version"], name="homes_requirement_version"),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="homes_requirement_in_order",
                violation_error_message=_("“At least” must not be above “at most”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
