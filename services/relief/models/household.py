"""A household's file (困难职工档案): one household one file, one person one file."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.foundation import masking
from services.foundation.crypto import BlindIndexField, SealedField, SealedJSONField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS
from services.relief.enums import Category, Cause, ExitReason, FileState, Relation, ReturnFinding


class Household(ScopedModel):
    """Begins with the application and stays when she has left it. What decides is sealed; ``category`` and ``cause``
    are needed for figures and stand open, without a name beside them outside the file.

    ``particulars`` (sealed) holds ``address``, ``marital``, ``housing``, ``housing_area``, ``medical_insurance``,
    ``living_allowance`` (yuan a month): codes and figures that §3.4 marks as needed for a decision, no others.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="households")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=255, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.DRAFT)
    category = models.CharField(_("category"), max_length=10, choices=Category, blank=True)
    cause = models.CharField(_("main cause"), max_length=20, choices=Cause, blank=True)
    more_causes = models.JSONField(_("further causes"), default=list, blank=True)
    single_parent = models.BooleanField(_("single mother"), default=False)
    particulars = SealedJSONField(default=dict, blank=True)
    on_file_since = models.DateField(_("on file since"), null=True, blank=True)
    recheck_due_on = models.DateField(_("to be checked again by"), null=True, blank=True)
    exit_reason = models.CharField(_("why she left"), max_length=20, choices=ExitReason, blank=True)
    exited_on = models.DateField(_("left on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ScopedManager.over("path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("hardship file")
        verbose_name_plural = _("hardship files")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["path", "state"]),
            models.Index(fields=["state", "recheck_due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(state__in=["draft", "on_file", "suspended"]), name="relief_one_file"
            ),
            models.CheckConstraint(
                condition=~Q(state="on_file")
                | (Q(on_file_since__isnull=False) & Q(recheck_due_on__isnull=False) & ~Q(category__in=["", "none"])),
                name="relief_on_file_with_category_and_recheck",
            ),
            models.CheckConstraint(
                condition=~Q(state="exited") | (~Q(exit_reason="") & Q(exited_on__isnull=False)),
                name="relief_left_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Member(models.Model):
    """One person of a household. ``live`` follows the file: nobody stands in two live households."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    relation = models.CharField(_("relation to her"), max_length=15, choices=Relation)
    name = SealedField(_("name"))
    id_number = SealedField(_("identity number"), blank=True, default="")
    id_index = BlindIndexField()
    birth_date = models.DateField(_("date of birth"))
    # Codes of work, health, school stage and type; ``excused``: it was proven why she or he can't earn.
    particulars = SealedJSONField(default=dict, blank=True)
    lives_with = models.BooleanField(_("lives with her"), default=True)
    live = models.BooleanField(default=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("member of the household")
        verbose_name_plural = _("members of the household")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"], condition=Q(live=True) & ~Q(id_index=""), name="relief_one_person_one_file"
            ),
            models.UniqueConstraint(fields=["household"], condition=Q(relation="self"), name="relief_herself_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.id_index = blind_index(self.id_number)
        super().save(*args, **kwargs)

    @staticmethod
    def index_of(number: str) -> str:
        return blind_index(number)

    @property
    def masked_name(self) -> str:
        return masking.mask_name(self.name)

    @property
    def masked_id_number(self) -> str:
        return masking.mask_identity(self.id_number) if self.id_number else ""


class MoneyLine(models.Model):
    """One line of what comes in or must go out in a year: ``kind`` is a code of ``IncomeKind`` or ``SpendingKind``,
    ``yearly`` yuan as text, sealed."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="money")
    incoming = models.BooleanField()
    kind = models.CharField(max_length=20)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    yearly = SealedField(_("yuan a year"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-incoming", "position", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MonthObserved(models.Model):
    """What a household had in one month, for the rule of months above the line (§3.7)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="months")
    month = models.DateField(help_text=_("The first of the month."))
    per_person = SealedField(_("yuan a person"))
    line = models.DecimalField(max_digits=8, decimal_places=2)
    above = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["household", "month"], name="relief_one_month_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReturnVisit(models.Model):
    """A visit or call to a household that has left (返困 watch): planned when it leaves, done by an officer."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="return_visits")
    due_on = models.DateField(_("due on"))
    made_on = models.DateField(_("made on"), null=True, blank=True)
    finding = models.CharField(max_length=12, choices=ReturnFinding, blank=True)
    note = SealedField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("return visit")
        verbose_name_plural = _("return visits")
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], condition=Q(made_on__isnull=True), name="relief_visits_due")]

    def __str__(self) -> str:
        return f"#{self.pk}"
