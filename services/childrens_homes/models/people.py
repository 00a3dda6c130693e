"""Who works in a home: its teachers and managers, and the volunteers with their yearly check (A1.20-A1.23)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, Education, PaidBy, StaffRole, VettingResult, VolunteerKind
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class HomeStaff(ScopedModel):
    """A teacher or manager of a home, part-time beside her post at the school."""

    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="staff")
    person_name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    role = models.CharField(pgettext_lazy("children's home", "work"), max_length=8, choices=StaffRole)
    education = models.CharField(_("education"), max_length=20, choices=Education)
    paid_by = models.CharField(_("paid by"), max_length=5, choices=PaidBy, default=PaidBy.NONE)
    from_on = models.DateField(_("since"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = ScopedManager.over("home__host__path", roles=READERS)

    class Meta:
        verbose_name = _("teacher or manager of a home")
        verbose_name_plural = _("teachers and managers of homes")
        ordering = ["role", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="homes_staff_in_order",
                violation_error_message=_("She can't leave before she came."),
            ),
            models.UniqueConstraint(
                fields=["home", "person_name", "role"],
                condition=Q(until_on__isnull=True),
                name="homes_staff_once",
                violation_error_message=_("She is on record with this work already."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Volunteer(ScopedModel):
    """Kept by an organisation for the homes below it. Whether she may work on a day, her latest check decides."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    kind = models.CharField(pgettext_lazy("volunteer", "kind"), max_length=16, choices=VolunteerKind)
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    left_on = models.DateField(pgettext_lazy("post", "left on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("organization__path", roles=READERS)

    class Meta:
        verbose_name = _("volunteer")
        verbose_name_plural = _("volunteers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class VettingRecord(ScopedModel):
    """What the query of criminal records said, and its number; the paper itself stays where it was issued
    (Law on the Protection of Minors, art. 62)."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="vetting")
    result = models.CharField(_("result"), max_length=12, choices=VettingResult)
    document_number = models.CharField(_("number of the document"), max_length=60)
    checked_on = models.DateField(_("checked on"))
    valid_until = models.DateField(_("counts until"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager.over("volunteer__organization__path", roles=READERS)

    class Meta:
        verbose_name = _("check of a volunteer")
        verbose_name_plural = _("checks of volunteers")
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("checked_on")), name="homes_vetting_in_order"),
            models.CheckConstraint(condition=~Q(document_number=""), name="homes_vetting_has_a_number"),
        ]
        indexes = [models.Index(fields=["volunteer", "-checked_on"], name="homes_latest_vetting")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ServiceLog(ScopedModel):
    """Hours on the roster of a home, planned or done."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="services")
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="services")
    on = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=1)
    what = models.CharField(pgettext_lazy("volunteer", "work done"), max_length=120)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager.over("home__host__path", roles=READERS)

    class Meta:
        verbose_name = _("service of a volunteer")
        verbose_name_plural = _("services of volunteers")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=12),
                name="homes_hours_of_a_day",
                violation_error_message=_("Between half an hour and twelve hours a day."),
            ),
            models.UniqueConstraint(
                fields=["volunteer", "home", "on"],
                name="homes_service_once_a_day",
                violation_error_message=_("She is on the roster of this home on this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
