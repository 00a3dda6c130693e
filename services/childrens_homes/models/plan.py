"""The city's construction plan in versions, its lines, and what education and finance said to it (M5, A1.27)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, Department, PlanState, Profile, SiteType
from services.foundation.scope import ScopedManager, ScopedModel


class ConstructionPlan(ScopedModel):
    """A version: an amendment is the next one, with its reason. At most one is being made, at most one stands."""

    programme = models.ForeignKey(
        "childrens_homes.Programme", on_delete=models.PROTECT, related_name="plans", verbose_name=_("programme")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    reason = models.CharField(pgettext_lazy("new version", "why"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    consulted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who asked for the opinions last."),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("programme__city__path", roles=READERS)

    class Meta:
        verbose_name = _("construction plan")
        verbose_name_plural = _("construction plans")
        ordering = ["-programme__year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="homes_plan_version"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.CONSULT, PlanState.APPROVED]),
                name="homes_one_plan_in_the_making",
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state=PlanState.PUBLISHED), name="homes_one_plan_stands"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="homes_amendment_says_why"),
            models.CheckConstraint(
                condition=Q(state__in=[PlanState.DRAFT, PlanState.CONSULT]) | Q(approved_at__isnull=False),
                name="homes_approved_plan_has_its_day",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(approved_by__isnull=True)
                    | Q(**{f"{before}__isnull": True})
                    | ~Q(approved_by=models.F(before)),
                    name=f"homes_plan_approved_by_another_than_{before}",
                )
                for before in ("created_by", "consulted_by")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.version}"


class PlanLine(ScopedModel):
    """One site of a version; from the plan's approval on it has its home."""

    plan = models.ForeignKey(ConstructionPlan, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(
        "childrens_homes.SiteApplication", null=True, blank=True, on_delete=models.PROTECT, related_name="lines"
    )
    host = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    site_type = models.CharField(pgettext_lazy("home", "site"), max_length=20, choices=SiteType)
    profile = models.CharField(_("standard"), max_length=10, choices=Profile)
    home = models.ForeignKey(
        "childrens_homes.Home", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_lines"
    )

    objects = ScopedManager.over("host__path", roles=READERS)

    class Meta:
        verbose_name = _("line of a construction plan")
        verbose_name_plural = _("lines of construction plans")
        ordering = ["host__path"]
        constraints = [models.UniqueConstraint(fields=["plan", "host"], name="homes_host_once_a_plan")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ConsultOpinion(ScopedModel):
    plan = models.ForeignKey(ConstructionPlan, on_delete=models.PROTECT, related_name="opinions")
    department = models.CharField(_("department"), max_length=12, choices=Department)
    agrees = models.BooleanField(_("agrees"))
    words = models.CharField(_("opinion"), max_length=500, blank=True)
    given_on = models.DateField(_("given on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager.over("plan__programme__city__path", roles=READERS)

    class Meta:
        verbose_name = _("opinion on a construction plan")
        verbose_name_plural = _("opinions on construction plans")
        ordering = ["department"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "department"], name="homes_one_opinion_a_department"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(words=""), name="homes_objection_says_why"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
