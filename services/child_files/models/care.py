"""What the home does with and for a child: calls, growth, results, visits. Secrecy of communications is kept: a
contact has a time and a length, never a content (Law on the Protection of Minors, Art. 63)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.crypto import SealedField
from services.foundation.scope import ScopedModel

_OF_CHILD = "child__home__host__path"


class _OfTerm(ScopedModel):
    year = models.PositiveSmallIntegerField(_("year in which the term began"))
    term = models.CharField(pgettext_lazy("school", "term"), max_length=6, choices=enums.Term)

    class Meta:
        abstract = True


class FamilyContact(ScopedModel):
    """A call, video call, visit or letter between a child and its parents."""

    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(_("by"), max_length=6, choices=enums.Channel)
    at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("contact with the family")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["child", "-at"], name="child_files_last_contact")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class GrowthRecord(_OfTerm):
    """A page of the child's growth record (成长记录簿)."""

    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="growth")
    kind = models.CharField(pgettext_lazy("growth record", "kind"), max_length=16, choices=enums.GrowthKind)
    note = SealedField(pgettext_lazy("growth record", "note"), blank=True, default="")
    paper = models.ForeignKey(
        "child_files.ChildPaper", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_on = models.DateField(_("noted on"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("growth record")
        ordering = ["-noted_on", "-pk"]
        indexes = [models.Index(fields=["child", "year", "term"], name="child_files_growth")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AcademicResult(_OfTerm):
    """A grade band, never a mark or a rank."""

    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="results")
    subject = models.CharField(_("subject"), max_length=10, choices=enums.Subject)
    band = models.CharField(pgettext_lazy("grade", "band"), max_length=1, choices=enums.GradeBand)

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("school result")
        ordering = ["-year", "term", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["child", "year", "term", "subject"], name="child_files_one_band_a_term")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class _Planned(ScopedModel):
    planned_on = models.DateField(_("planned for"))
    done_on = models.DateField(_("took place on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    findings = SealedField(_("what was found"), blank=True, default="")

    class Meta:
        abstract = True


class HomeVisit(_Planned):
    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="visits")

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("visit to the family")
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["child", "-done_on"], name="child_files_last_visit")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CaregiverMeeting(_Planned):
    child = models.ForeignKey("child_files.Child", on_delete=models.CASCADE, related_name="meetings")

    objects = FileManager.over(_OF_CHILD)

    class Meta:
        verbose_name = _("meeting with the carer")
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["child", "-done_on"], name="child_files_last_meeting")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class CareRules(ScopedModel):
    """How often a programme asks for what, as data, with the plan's own words beside them."""

    programme = models.OneToOneField("childrens_homes.Programme", on_delete=models.PROTECT, related_name="care_rules")
    call_every_days = models.PositiveSmallIntegerField(
        _("a call at least every … days"), default=31, validators=[MinValueValidator(1)]
    )
    meetings_a_term = models.PositiveSmallIntegerField(_("meetings with the carer a term"), default=1)
    visits_a_term = models.PositiveSmallIntegerField(_("visits to the family a term"), default=1)
    review_every_months = models.PositiveSmallIntegerField(
        _("file reviewed every … months"), default=12, validators=[MinValueValidator(1)]
    )
    consent_years = models.PositiveSmallIntegerField(
        _("a consent lasts … years"), default=3, validators=[MinValueValidator(1)]
    )
    grant_hours = models.PositiveSmallIntegerField(
        _("an approval to read lasts … hours"), default=24, validators=[MinValueValidator(1), MaxValueValidator(168)]
    )
    phrase = models.TextField(_("words of the plan"), blank=True)

    class Meta:
        verbose_name = _("rules of care")
        constraints = [
            models.CheckConstraint(
                condition=Q(grant_hours__gte=1, grant_hours__lte=168), name="child_files_grants_are_short"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
