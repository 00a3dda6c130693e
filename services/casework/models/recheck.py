"""A sample of decided cases for a second look (抽样复核): the frozen list, the number, the sample, what was found."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import RecheckOutcome, Stage
from services.foundation.crypto import SealedField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


def part_words(stratum: str) -> str:
    """A stratum as a reader is told it, in her language: what was decided, and the code of the desk that did."""
    decided, _slash, desk = stratum.partition("/")
    return f"{Stage(decided).label} · {desk}"


class Recheck(ScopedModel):
    """The list is frozen before the number is known, and by somebody else than enters it; nothing is drawn again.
    ``frame`` is the published text: numbers of cases and strata, no person."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    service = models.CharField(_("service"), max_length=40)
    first_day = models.DateField(_("decided from"))
    last_day = models.DateField(_("decided until"))
    wanted = models.PositiveSmallIntegerField(_("size of the sample"))
    source = models.CharField(_("public number"), max_length=120)
    number_on = models.DateField(_("day of the number"))
    frame = models.TextField(editable=False)
    frame_digest = models.CharField(max_length=64, editable=False)
    frame_size = models.PositiveIntegerField(editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(_("list frozen at"))
    number = models.CharField(_("the number"), max_length=12, blank=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("sample of decided cases")
        verbose_name_plural = _("samples of decided cases")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="casework_recheck_days_in_order"),
            models.CheckConstraint(
                condition=Q(drawn_by__isnull=True) | ~Q(drawn_by=F("frozen_by")) & ~Q(number=""),
                name="casework_recheck_number_by_a_second",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None


class RecheckItem(models.Model):
    """One case of the sample. ``words`` say what was found; a case that can't be looked at any more stays in the
    sample with the reason, and no other takes its place."""

    recheck = models.ForeignKey(Recheck, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    stratum = models.CharField(max_length=60)
    outcome = models.CharField(_("outcome"), max_length=12, choices=RecheckOutcome, blank=True)
    words = SealedField(pgettext_lazy("second look", "what was found"), blank=True, default="")
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recheck", "place"]
        constraints = [
            models.UniqueConstraint(fields=["recheck", "case"], name="casework_recheck_case_once"),
            models.UniqueConstraint(fields=["recheck", "place"], name="casework_recheck_place_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(looked_by__isnull=False), name="casework_recheck_looked_at_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def part(self) -> str:
        return part_words(self.stratum)
