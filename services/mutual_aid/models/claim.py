"""Claims (互助金申领): what is claimed, how it was judged, what was granted, and what follows from it.

Diagnosis, grade, disease, hospital and everything that tells of them are sealed. What stands open beside a woman is
the sum, which finance has to see, and whether the cover ended.
"""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.foundation.crypto import BlindIndexField, SealedField, SealedJSONField, blind_index
from services.foundation.scope import ScopedManager, ScopedModel
from services.mutual_aid import enums
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS
from services.payments.models.fund import FUND_READERS


class Claim(ScopedModel):
    """The mutual-aid side of a case, one to one. ``particulars`` (sealed) are ``rules.facts.Facts`` as far as she and
    her unit have said them (``disease``, ``grade``, ``diagnosed``, ``discovered``, hospital and treatment), with
    ``hospital`` (its name) and ``told`` (her own words). ``findings_of_staff`` (sealed): ``pre_existing``, ``fraud``,
    ``misdiagnosis``, ``paid_elsewhere``, each with who found it.

    ``terms`` are those of the cover's version that counted on the day of the diagnosis as known at the decision;
    ``live`` follows the case: no cover has two claims under way. ``reason`` (sealed) is a code of ``enums.Reason``,
    ``words`` what was added to it, ``appeal_words`` what she wrote against it: the case itself says neither.
    ``flagged``: something learnt later touches what was decided; the decision itself is never changed by it.
    """

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="mutual_aid")
    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="claims")
    terms = models.ForeignKey("mutual_aid.SchemeTerms", on_delete=models.PROTECT, related_name="claims")
    cover = models.ForeignKey("mutual_aid.Cover", on_delete=models.PROTECT, related_name="claims")
    live = models.BooleanField(default=True, editable=False)
    particulars = SealedJSONField(default=dict, blank=True)
    statement = SealedField(_("the unit's statement"), blank=True, default="")
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stated_at = models.DateTimeField(null=True, blank=True)
    findings_of_staff = SealedJSONField(default=dict, blank=True)

    computed = models.DecimalField(_("sum by the rules"), max_digits=12, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(_("sum to be paid"), max_digits=12, decimal_places=2, null=True, blank=True)
    reason = SealedField(_("reason of the refusal"), blank=True, default="")
    words = SealedField(_("more about it, for her alone"), blank=True, default="")
    appeal_words = SealedField(_("why she asks for another look"), blank=True, default="")
    ends_cover = models.BooleanField(_("ends the cover"), null=True, blank=True)
    changed_because = SealedField(_("why it differs"), blank=True, default="")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    flagged = models.CharField(_("to be looked at again because"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    declared_at = models.DateTimeField(_("declared true"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedManager.over("case__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("mutual-aid claim")
        verbose_name_plural = _("mutual-aid claims")
        indexes = [models.Index(fields=["scheme", "decided_on"])]
        constraints = [
            models.UniqueConstraint(fields=["cover"], condition=Q(live=True), name="mutual_aid_one_claim_under_way"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="mutual_aid_sum_never_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("changed_by")),
                name="mutual_aid_sum_seen_by_a_second",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(amount__isnull=False), name="mutual_aid_decided_with_a_sum"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Assessment(models.Model):
    """What the rules found, with the version and the inputs, as it stood: append-only, sealed. Judging ``inputs``
    again under ``terms`` gives the same outcome; ``inputs_digest`` is taken of them as canonical JSON."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="assessments")
    terms = models.ForeignKey("mutual_aid.SchemeTerms", on_delete=models.PROTECT, related_name="+")
    inputs = SealedJSONField()
    findings = SealedJSONField()
    inputs_digest = BlindIndexField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decisive = models.BooleanField(default=False, help_text=_("The case was decided on it."))

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.inputs_digest = blind_index(self.canonical(self.inputs))
        super().save(*args, **kwargs)

    @staticmethod
    def canonical(inputs) -> str:
        """The inputs in the one spelling over which their digest is taken."""
        return json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


class Benefit(ScopedModel):
    """互助金: one sum granted once. ``disease_index`` is a keyed digest of woman, scheme and disease: the same disease
    is never paid twice, and two women with one disease don't share a digest. ``ends_cover`` is that of the day.

    ``grade_index`` is a keyed digest for counting claims by grade: what it stands for only the application knows.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="benefit")
    cover = models.ForeignKey("mutual_aid.Cover", on_delete=models.PROTECT, related_name="benefits")
    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="benefits")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="mutual_aid_benefits")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=255, editable=False)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    ends_cover = models.BooleanField()
    disease_index = BlindIndexField()
    grade_index = BlindIndexField()
    fund = models.ForeignKey("payments.FundSource", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=enums.BenefitState, default=enums.BenefitState.DUE)
    tries = models.PositiveSmallIntegerField(default=1, help_text=_("Decided anew after it was cancelled: counted."))
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    took = models.PositiveSmallIntegerField(null=True, editable=False, help_text=_("Days from sending to payment."))

    objects = ScopedManager.over("path", roles=ROSTER_READERS | FUND_READERS)

    class Meta:
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["scheme", "year"]), models.Index(fields=["worker"], name="mutual_aid_hers")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="mutual_aid_benefit_above_zero"),
            models.UniqueConstraint(
                fields=["cover"],
                condition=Q(ends_cover=True) & ~Q(state="cancelled"),
                name="mutual_aid_one_benefit_ends_a_cover",
            ),
            models.UniqueConstraint(
                fields=["disease_index"], condition=~Q(state="cancelled"), name="mutual_aid_a_disease_once"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @staticmethod
    def index_of_disease(worker: int, scheme: int, disease: str) -> str:
        return blind_index(f"mutual_aid.disease:{worker}:{scheme}:{disease}")

    @staticmethod
    def index_of_grade(grade: str) -> str:
        return blind_index(f"mutual_aid.grade:{grade}")


class Nomination(ScopedModel):
    """慰问名单: who was paid stands on the list of the yearly condolence visit, once a year and scheme (§1.7)."""

    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="nominations")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="condolence_nominations")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=255, editable=False)
    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="nominations")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=10, choices=enums.NominationState, default=enums.NominationState.NOMINATED
    )
    reason = models.CharField(_("why she is left out"), max_length=200, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects = ScopedManager.over("path", roles=ROSTER_WRITERS)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "worker", "year"], name="mutual_aid_nominated_once_a_year")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class LookBack(models.Model):
    """回头望: covered women in whose records something stands that may be a claim were written to, once. Staff read
    these counts and nothing else; small ones are hidden (§1.7 S36m)."""

    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="look_backs")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    covered = models.PositiveIntegerField(_("covered women"))
    letters = models.PositiveIntegerField(_("letters"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("look back")
        verbose_name_plural = _("looks back")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class LookBackLetter(models.Model):
    """That a woman was written to, so that nobody is written to twice for one cover. The digest names no woman."""

    look_back = models.ForeignKey(LookBack, on_delete=models.CASCADE, related_name="sent")
    recipient_index = BlindIndexField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient_index"], name="mutual_aid_looked_back_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @staticmethod
    def index_of(cover: int) -> str:
        return blind_index(f"mutual_aid.look_back:{cover}")
