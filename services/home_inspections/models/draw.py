"""A draw of homes as everybody may check it: frame, seed, tickets, outcomes, and the chain that seals them (D4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_inspections import enums


class HomeDraw(ScopedModel):
    """What is fixed is fixed once: triggers refuse to change frame, seed and result after they were written."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=12, choices=enums.DrawPurpose)
    number = models.PositiveSmallIntegerField(pgettext_lazy("draw of homes", "number"), default=1)
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=pgettext_lazy("draw of homes", "replaces"),
    )
    state = models.CharField(_("state"), max_length=16, choices=enums.DrawState, default=enums.DrawState.FROZEN)
    algorithm = models.CharField(max_length=20)
    ratio = models.DecimalField(_("share to draw"), max_digits=4, decimal_places=3)
    preschool = models.CharField(_("homes below school age"), max_length=10, choices=enums.PreschoolRule)
    strata = models.JSONField(help_text=_("Code of each stratum: its name, size and number to draw."))
    exclusions = models.JSONField(default=list, help_text=_("Homes left out of the frame, each with its reason."))
    frame = models.TextField()
    frame_csv = models.TextField()
    frame_sha256 = models.CharField(_("fingerprint of the list"), max_length=64)
    csv_sha256 = models.CharField(max_length=64)
    required = models.PositiveIntegerField(_("homes to draw"))
    frozen_at = models.DateTimeField(_("list frozen"))
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(_("seed"), max_length=200, blank=True)
    seed_source = models.CharField(_("source of the seed"), max_length=200, blank=True)
    seed_happened_at = models.DateTimeField(_("when it came out"), null=True, blank=True)
    seed_minutes = models.TextField(_("minutes"), blank=True)
    witnesses = models.CharField(_("witnesses"), max_length=200, blank=True)
    seed_committed_at = models.DateTimeField(_("seed committed"), null=True, blank=True)
    seed_committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    result_sha256 = models.CharField(_("fingerprint of the result"), max_length=64, blank=True)
    published_at = models.DateTimeField(pgettext_lazy("draw of homes", "published"), null=True, blank=True)
    executed_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    void_reason = models.CharField(_("why it is void"), max_length=300, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    broken_at = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Where the nightly check found a break.")
    )
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager.over("programme__city__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("draw of homes")
        verbose_name_plural = _("draws of homes")
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "purpose", "number"], name="inspections_draw_numbered"),
            models.UniqueConstraint(
                fields=["programme", "purpose"],
                condition=~Q(state="void") & ~Q(purpose="evaluation", state="executed"),
                name="inspections_one_draw_in_force",
            ),
            models.CheckConstraint(condition=Q(ratio__gt=0, ratio__lte=1), name="inspections_share_of_draw"),
            models.CheckConstraint(
                condition=Q(state__in=["frame_frozen", "void"])
                | (~Q(seed="") & ~Q(seed_source="") & Q(seed_committed_at__gt=models.F("frozen_at"))),
                name="inspections_seed_after_the_frame",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["frame_frozen", "seed_committed", "void"]) | ~Q(result_sha256=""),
                name="inspections_drawn_has_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | (~Q(void_reason="") & Q(voided_at__isnull=False)),
                name="inspections_void_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.number}"


class DrawItem(models.Model):
    """One home of the frame with its ticket. Everybody gets one; ``reserve_rank`` orders those not drawn."""

    draw = models.ForeignKey(HomeDraw, on_delete=models.PROTECT, related_name="items")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    stratum = models.CharField(max_length=40)
    ticket = models.CharField(max_length=64)
    rank = models.PositiveIntegerField(help_text=_("Within the stratum, from 1."))
    selected = models.BooleanField()
    reserve_rank = models.PositiveIntegerField(null=True)
    called_in = models.BooleanField(default=False, help_text=_("From the reserve, in place of one not visited."))
    outcome = models.CharField(_("outcome"), max_length=12, choices=enums.Outcome, default=enums.Outcome.PENDING)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    replaced_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaces")

    class Meta:
        ordering = ["stratum", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "home"], name="inspections_home_once_a_draw"),
            models.UniqueConstraint(fields=["draw", "stratum", "rank"], name="inspections_rank_once_a_stratum"),
            models.CheckConstraint(
                condition=Q(selected=True, reserve_rank__isnull=True) | Q(selected=False, reserve_rank__isnull=False),
                name="inspections_drawn_or_in_reserve",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_visited") | (~Q(reason="") & Q(decided_at__isnull=False)),
                name="inspections_not_visited_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MustVisit(models.Model):
    """A home the city visits for a reason of its own: beside the draw and never counted as random (D2.3)."""

    draw = models.ForeignKey(HomeDraw, on_delete=models.PROTECT, related_name="must_visit")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["home__code"]
        constraints = [models.UniqueConstraint(fields=["draw", "home"], name="inspections_must_visit_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DrawnInspector(models.Model):
    """Who goes to a drawn home. ``sign`` is how she is named on the public page: no person stands there."""

    item = models.ForeignKey(DrawItem, on_delete=models.PROTECT, related_name="inspectors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sign = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["item", "place"]
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="inspections_drawn_inspector_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Seal(models.Model):
    """One link of a draw's chain: what happened, and the digest over it and the link before. Written once."""

    draw = models.ForeignKey(HomeDraw, on_delete=models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    payload = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["draw", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="inspections_seal_numbered"),
            models.UniqueConstraint(fields=["draw", "previous"], name="inspections_seal_follows_one"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
