"""Public notices with masked lines, and objections that protect whoever objects."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import NoticeState, ObjectionOutcome, ObjectionState
from services.foundation.crypto import BlindIndexField, SealedField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


class PublicNotice(ScopedModel):
    """Generated from cases, never typed. Stands from ``begins_on`` to ``ends_on``, both included, then is gone."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    service = models.CharField(max_length=40, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    title = models.CharField(_("title"), max_length=120)
    begins_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("last day"))
    working_days = models.PositiveSmallIntegerField(_("working days"))
    contact = models.CharField(_("whom to call"), max_length=120)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.STANDING)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = ScopedManager.over("organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["state", "ends_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="casework_notice_ends_after_begin")
        ]

    def __str__(self) -> str:
        return self.number


class NoticeLine(models.Model):
    """What one line shows, masked already: the raw values are nowhere near the page that serves it.

    ``shown`` holds the allow-listed fields (``category``, ``programme``, ``amount``) as text in the installation's
    language. ``coarse``: the unit is left out because too few would share unit and masked name otherwise.
    """

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="lines")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="notice_lines")
    number = models.CharField(_("number"), max_length=46, unique=True)
    position = models.PositiveIntegerField()
    masked_name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    coarse = models.BooleanField(default=False)
    shown = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "case"], name="casework_once_on_a_notice"),
            models.UniqueConstraint(fields=["notice", "position"], name="casework_notice_position_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Objection(models.Model):
    """``reference`` and a code (kept as a digest) let the objector ask what became of it. What she wrote and how to
    reach her is sealed and read only by whoever settles it; no list joins it with the applicant."""

    reference = models.CharField(max_length=40, unique=True, editable=False)
    code_index = BlindIndexField()
    line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="objections")
    text = SealedField(_("what is wrong"))
    contact = SealedField(_("how to reach the objector"), blank=True, default="")
    received_at = models.DateTimeField()
    due_on = models.DateField(_("due on"))
    extended_because = models.CharField(_("extended because"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = SealedField(_("her answer"), blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=15, choices=ObjectionOutcome, blank=True)
    reply = models.TextField(_("reply to the objector"), blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["received_at"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="casework_objection_settled_with_outcome",
            )
        ]

    def __str__(self) -> str:
        return self.reference
