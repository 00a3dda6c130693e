"""What is applied for, how it was judged, what was awarded."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.foundation.crypto import BlindIndexField, SealedField, SealedJSONField, blind_index
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS
from services.payments.models.fund import FUND_READERS
from services.relief.enums import AssessmentKind, AwardState, Category, CheckResult, OverlapChoice, ProgrammeKind


class Application(ScopedModel):
    """The relief side of a case, one to one. ``programme`` is the version under which it began; ``version`` counts
    what is typed into it, as a file's does.

    ``answers`` (sealed) hold what this programme asks beyond the file: ``event``, ``event_on``, ``cost`` (yuan she
    paid herself), ``told`` (her own words). ``event_index`` is a keyed digest of the event, so that the same event
    is found again without being shown.
    """

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="relief")
    programme = models.ForeignKey("relief.Programme", on_delete=models.PROTECT, related_name="applications")
    household = models.ForeignKey(
        "relief.Household", null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    student = models.ForeignKey(
        "relief.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("student")
    )
    answers = SealedJSONField(default=dict, blank=True)
    event_index = BlindIndexField(default="", db_index=True)
    computed = models.DecimalField(_("sum by the rules"), max_digits=12, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(_("sum to be paid"), max_digits=12, decimal_places=2, null=True, blank=True)
    changed_because = models.CharField(_("why it differs"), max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    version = models.PositiveIntegerField(default=1, editable=False)
    declared_at = models.DateTimeField(
        _("declared true, and leave given to check her means"), null=True, blank=True, editable=False
    )

    objects = ScopedManager.over("case__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("relief application")
        verbose_name_plural = _("relief applications")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="relief_sum_never_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(seconded_by__isnull=True) | ~Q(seconded_by=F("changed_by")),
                name="relief_sum_seen_by_a_second",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @staticmethod
    def index_of(event: str) -> str:
        return blind_index(event)


class Assessment(models.Model):
    """What a rule found, with its version and inputs, as it stood: append-only, sealed. ``inputs_digest`` is SHA-256
    of the inputs as canonical JSON; evaluating them again under the version gives the same outcome."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=12, choices=AssessmentKind)
    rules_version = models.CharField(max_length=80)
    inputs = SealedJSONField()
    findings = SealedJSONField()
    inputs_digest = BlindIndexField()
    outcome = models.CharField(max_length=20)
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


class HomeVisit(models.Model):
    """入户调查: two people, a day, what they found, her signature, photos; the files are papers of the case."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("visited on"))
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    companion = models.CharField(_("second visitor"), max_length=60)
    met = models.CharField(_("whom they met"), max_length=60)
    finding = SealedField(_("what they found"))
    agrees = models.BooleanField(_("agrees with what she stated"))
    signature = models.ForeignKey(
        "casework.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    photos = models.ManyToManyField("casework.Document", related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-visited_on", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ExclusionCheck(models.Model):
    """One exclusion (§3.3) that staff looked into."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="exclusions")
    code = models.CharField(max_length=40)
    result = models.CharField(max_length=10, choices=CheckResult)
    note = SealedField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="relief_exclusion_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Award(ScopedModel):
    """帮扶记录: one sum decided once. The flags are those of the programme on that day; the database holds to them."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    programme = models.ForeignKey("relief.Programme", on_delete=models.PROTECT, related_name="awards")
    programme_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=15, choices=ProgrammeKind)
    household = models.ForeignKey(
        "relief.Household", null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="relief_awards")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=255, editable=False)
    category = models.CharField(max_length=10, choices=Category, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    fund = models.ForeignKey("payments.FundSource", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    school_year = models.PositiveSmallIntegerField(null=True, blank=True)
    student_index = BlindIndexField(default="")
    event_index = BlindIndexField(default="")
    once_a_year = models.BooleanField(default=False)
    same_cause_once = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=AwardState, default=AwardState.DUE)
    tries = models.PositiveSmallIntegerField(default=1, help_text=_("Decided anew after it was cancelled: counted."))
    decided_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("path", roles=ROSTER_READERS | FUND_READERS)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["household", "year"]), models.Index(fields=["worker", "year"])]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="relief_award_above_zero"),
            models.UniqueConstraint(
                fields=["programme_code", "household", "year"],
                condition=Q(once_a_year=True, household__isnull=False) & ~Q(state="cancelled"),
                name="relief_once_a_household_a_year",
            ),
            models.UniqueConstraint(
                fields=["programme_code", "worker", "year"],
                condition=Q(once_a_year=True) & ~Q(state="cancelled"),
                name="relief_once_a_person_a_year",
            ),
            models.UniqueConstraint(
                fields=["worker", "event_index"],
                condition=Q(same_cause_once=True) & ~Q(event_index="") & ~Q(state="cancelled"),
                name="relief_same_cause_once",
            ),
            models.UniqueConstraint(
                fields=["student_index", "school_year"],
                condition=~Q(student_index="") & ~Q(state="cancelled"),
                name="relief_one_study_aid_a_school_year",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class OutsideAid(ScopedModel):
    """Aid that others gave (a foundation, civil affairs, the mutual-aid society): imported, compared by digest."""

    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    giver = models.CharField(_("given by"), max_length=80)
    purpose = models.CharField(_("for"), max_length=80, blank=True)
    id_index = BlindIndexField(db_index=True)
    id_last4 = models.CharField(max_length=4)
    given_on = models.DateField(_("given on"))
    amount = SealedField(_("amount"))
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    objects = ScopedManager.over("organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("aid from outside")
        verbose_name_plural = _("aid from outside")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["giver", "id_index", "given_on", "purpose"], name="relief_outside_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @staticmethod
    def index_of(number: str) -> str:
        return blind_index(number)


class OverlapDecision(models.Model):
    """What staff decided about one overlap. ``other`` names it by a key that stays the same when an application
    becomes an award (``case:9``, ``outside:3``); ``no_match`` keeps the pair quiet from then on."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="overlaps")
    other = models.CharField(max_length=40)
    rule = models.CharField(max_length=40)
    choice = models.CharField(max_length=10, choices=OverlapChoice)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "other"], name="relief_overlap_decided_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"
