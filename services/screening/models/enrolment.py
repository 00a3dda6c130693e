"""Enrolling a group: the plan an officer was shown, row by row, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_WRITERS
from services.screening.enums import EnrolmentState, RowOutcome, RowPlan


class Enrolment(ScopedModel):
    """One group of one unit (or of unions above it). A draft takes nothing; once carried out it never changes."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    programme = models.ForeignKey("screening.Programme", on_delete=models.PROTECT, related_name="enrolments")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("union")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=EnrolmentState, default=EnrolmentState.DRAFT, editable=False
    )
    together = models.BooleanField(_("same day and site for all"), default=False)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    created_at = models.DateTimeField(_("prepared at"))
    planned_at = models.DateTimeField(_("looked up at"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(_("carried out at"), null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=ROSTER_WRITERS)

    class Meta:
        verbose_name = _("group enrolment")
        verbose_name_plural = _("group enrolments")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["programme", "organization", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.programme_id} #{self.pk}"


class EnrolmentRow(ScopedModel):
    """One woman of the group. ``reasons`` are findings; ``stated`` is a line, masked, that matched nobody."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    worker = models.ForeignKey(
        "workers.Worker", null=True, blank=True, on_delete=models.PROTECT, related_name="rows_in_groups"
    )
    stated = models.CharField(max_length=60, blank=True)
    wishes = models.JSONField(default=list, blank=True)
    unread = models.JSONField(default=list, blank=True)
    plan = models.CharField(max_length=10, choices=RowPlan)
    session = models.ForeignKey("bookings.Session", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    allocation = models.ForeignKey(
        "bookings.Allocation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reasons = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=10, choices=RowOutcome, blank=True)
    booking = models.ForeignKey("bookings.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager.over("enrolment__organization__path", roles=ROSTER_WRITERS)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "worker"], name="screening_enrolment_woman_once"),
            models.UniqueConstraint(fields=["enrolment", "position"], name="screening_enrolment_line_once"),
        ]
