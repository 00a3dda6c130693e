"""A woman's cover (保障) and its history on two axes of time: from when to when it holds, and since when we know."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.mutual_aid import enums
from services.mutual_aid.models.enrolment import BATCH_READERS
from services.mutual_aid.rules.parts import Part, read


class Cover(ScopedModel):
    """One woman in one scheme for one period: what a certificate, a claim and a renewal point at. What it says stands
    in its versions alone. ``token`` is in the certificate's QR code, whose page says "valid" and nothing more."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(_("certificate number"), max_length=48, unique=True, editable=False)
    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="covers")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="covers")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    path = models.CharField(max_length=255, editable=False)
    renews = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by")
    created_at = models.DateTimeField()

    objects = ScopedManager.over("path", roles=BATCH_READERS)

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="mutual_aid_cover_path_begins"),
            models.Index(fields=["organization", "scheme"]),
        ]

    def __str__(self) -> str:
        return self.number


class CoverVersion(ScopedModel):
    """What we knew of a cover from ``known_from`` until ``known_until`` (empty: until now). Append-only: a change
    closes the present version and writes the next one; the database refuses anything else. Whose they are follows their
    cover alone, when two records of one woman become one.

    ``first_day`` and ``last_day`` are both covered; ``shares`` is the most she holds on one day (``rules.parts``). No
    woman has two versions that are in force and present for one scheme and overlapping days: on PostgreSQL an exclusion
    constraint says so, on SQLite a trigger.
    """

    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, related_name="versions")
    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(
        "workers.Worker", on_delete=models.PROTECT, related_name="cover_versions", db_index=False
    )
    terms = models.ForeignKey("mutual_aid.SchemeTerms", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    shares = models.PositiveSmallIntegerField(_("shares"))
    most_shares = models.PositiveSmallIntegerField(editable=False)
    renewal = models.BooleanField(_("unbroken renewal"), default=False)
    parts = models.JSONField(
        default=list,
        editable=False,
        help_text=_("Shares of several rosters, each with its days; empty where all are of one roster."),
    )
    state = models.CharField(_("state"), max_length=10, choices=enums.CoverState, default=enums.CoverState.IN_FORCE)
    change = models.CharField(_("change"), max_length=20, choices=enums.CoverChange)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("cover__path", roles=BATCH_READERS)

    class Meta:
        verbose_name = _("version of a cover")
        verbose_name_plural = _("versions of covers")
        ordering = ["cover", "known_from"]
        indexes = [
            models.Index(fields=["worker", "scheme", "first_day"], name="mutual_aid_covered_on"),
            # For renewal lists: what ends soon, as known today.
            models.Index(
                fields=["scheme", "last_day"],
                condition=Q(known_until__isnull=True, state="in_force"),
                name="mutual_aid_cover_ends",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cover"], condition=Q(known_until__isnull=True), name="mutual_aid_one_present_version"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="mutual_aid_cover_days_in_order"),
            models.CheckConstraint(
                condition=Q(shares__gte=1) & Q(shares__lte=F("most_shares")),
                name="mutual_aid_cover_shares_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(known_until__isnull=True) | Q(known_until__gt=F("known_from")),
                name="mutual_aid_known_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def held_parts(self) -> tuple[Part, ...]:
        """Where shares of several rosters add up: each with its days, the oldest first."""
        return read(self.parts)
