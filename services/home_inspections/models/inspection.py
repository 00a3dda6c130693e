"""One visit of one home: who went, what they found, what both sides signed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import ScanState
from services.casework.models import private_storage
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_inspections import enums
from services.home_inspections.models.rubric import Criterion, Rubric
from services.home_inspections.rules import scoring


class Inspection(ScopedModel):
    """``again_of``: the failed one that this re-inspects. ``breakdown`` is the sheet as it was worked out when it was
    scored; it keeps the rubric it was begun with."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    home = models.ForeignKey(
        "childrens_homes.Home", on_delete=models.PROTECT, related_name="inspections", verbose_name=_("home")
    )
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="inspections")
    round = models.CharField(_("round"), max_length=10, choices=enums.Round)
    state = models.CharField(
        _("state"), max_length=10, choices=enums.InspectionState, default=enums.InspectionState.SCHEDULED
    )
    again_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inspected_again"
    )
    blind = models.BooleanField(
        _("scored blind"), default=False, help_text=_("Each inspector fills in a sheet of her own.")
    )
    third = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who settles differences"),
    )
    scheduled_on = models.DateField(_("day of the visit"))
    started_at = models.DateTimeField(pgettext_lazy("inspection", "begun"), null=True, blank=True)
    device_at = models.DateTimeField(_("device time"), null=True, blank=True)
    scored_at = models.DateTimeField(_("scored"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True)
    breakdown = models.JSONField(default=dict, blank=True)
    objection = models.TextField(_("objection of the home's side"), blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    due_on = models.DateField(_("to be put right by"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("home", "inspection")
        verbose_name_plural = pgettext_lazy("home", "inspections")
        ordering = ["-scheduled_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100), name="inspections_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["scheduled", "in_field", "called_off"])
                | Q(score__isnull=False, passed__isnull=False),
                name="inspections_scored_has_a_score",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(enums.CONCLUDED)) | Q(confirmed_at__isnull=False),
                name="inspections_concluded_was_confirmed",
            ),
            models.UniqueConstraint(
                fields=["home", "round"],
                condition=Q(again_of__isnull=True, round__in=["county", "city"]) & ~Q(state="called_off"),
                name="inspections_one_first_visit_a_round",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "scheduled_on"], name="inspections_by_state"),
            models.Index(fields=["home", "round", "state"], name="inspections_of_home"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def failed(self) -> bool:
        return self.passed is False


class Inspector(models.Model):
    """One of those who went. ``signed_at``: she signed the sheet as it stands."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="inspectors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True, help_text=_("Her own sheet, where it is scored blind."))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "user"], name="inspections_inspector_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class HostSignature(models.Model):
    """The home's side: who signed, in which post, what she objects to (an empty objection is agreement)."""

    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, related_name="host_signature")
    name = models.CharField(_("name"), max_length=40)
    post = models.CharField(_("post"), max_length=60)
    signed_at = models.DateTimeField()
    witnessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Conflict(ScopedModel):
    """An inspector's own word that she must not judge a home, or any home below an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="home_conflicts")
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("school, kindergarten or county"),
    )
    reason = models.CharField(_("why"), max_length=200)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=enums.READERS)

    class Meta:
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=Q(withdrawn_at__isnull=True),
                name="inspections_conflict_declared_once",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Answer(models.Model):
    """Points for one criterion. ``scorer``: on whose own sheet it stands where an inspection is scored blind; None is
    the sheet that counts. ``version`` grows with every change; ``key`` names the change that a phone sent, so that
    sending it again does nothing."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    scorer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    half_points = models.PositiveSmallIntegerField(null=True, blank=True)
    most = models.PositiveSmallIntegerField()
    not_applicable = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    counted = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=40, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    device_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "criterion"],
                condition=Q(scorer__isnull=True),
                name="inspections_answer_once",
            ),
            models.UniqueConstraint(
                fields=["inspection", "criterion", "scorer"],
                condition=Q(scorer__isnull=False),
                name="inspections_answer_once_a_scorer",
            ),
            models.CheckConstraint(
                condition=Q(half_points__isnull=True) | Q(half_points__lte=F("most")), name="inspections_within_points"
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | (Q(half_points__isnull=True) & ~Q(reason="")),
                name="inspections_na_has_a_reason_and_no_points",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def points(self) -> Decimal | None:
        return None if self.half_points is None else scoring.points(self.half_points)


def photo_path(photo: "Photo", filename: str) -> str:
    """Our own name: nothing of the home or of the file that was chosen stands in it."""
    return f"home_inspections/{photo.token[:2]}/{photo.token}.{photo.extension}"


class Photo(ScopedModel):
    """A photo or document as evidence. ``original`` is the digest of the bytes as they were taken, so that one photo
    used twice is found (``twin``); what is kept is redrawn without what the camera wrote into it."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="photos")
    criterion = models.ForeignKey(Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rectification = models.ForeignKey(
        "home_inspections.Rectification", null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=photo_path, blank=True)
    name = models.CharField(_("file name"), max_length=120)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64)
    original = models.CharField(max_length=64, db_index=True)
    device_at = models.DateTimeField(_("device time"), null=True, blank=True)
    latitude = models.DecimalField(
        max_digits=6, decimal_places=3, null=True, blank=True, help_text=_("Degrees, to about a hundred metres.")
    )
    longitude = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    twin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("inspection__home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("inspection", "photo or document")
        verbose_name_plural = pgettext_lazy("inspection", "photos and documents")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "criterion", "original"],
                condition=Q(removed_at__isnull=True, criterion__isnull=False),
                name="inspections_photo_once_a_criterion",
            )
        ]
        indexes = [
            models.Index(
                fields=["scan"], condition=Q(scan__in=["waiting", "quarantined"]), name="inspections_waiting_for_scan"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Rectification(ScopedModel):
    """A finding: a criterion that failed, until its evidence is accepted. ``words`` say what is wrong."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="rectifications")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    words = models.CharField(pgettext_lazy("finding", "what is wrong"), max_length=500, blank=True)
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("state"), max_length=8, choices=enums.RectificationState, default=enums.RectificationState.OPEN
    )
    done = models.CharField(_("what was done"), max_length=500, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=300, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    opened_at = models.DateTimeField()

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = pgettext_lazy("inspection", "finding")
        verbose_name_plural = pgettext_lazy("inspection", "findings")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "code"], condition=~Q(state="accepted"), name="inspections_one_open_finding_a_criterion"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="inspections_accepted_at_a_moment"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="inspections_findings_due")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def key(self) -> str:
        """By which the other apps of a home know it."""
        return f"inspection-{self.token}"
