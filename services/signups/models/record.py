"""What comes of signing up: answers, certificates, and evaluations that nobody can tie to a woman."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.foundation.references import human_number, unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


class Answers(ScopedModel):
    """Her answers by the token of the question. They go when she cancels, and some months after the activity."""

    activity = models.ForeignKey("signups.Activity", on_delete=models.CASCADE, related_name="answers")
    worker = models.ForeignKey("workers.Worker", on_delete=models.CASCADE, related_name="+")
    values = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("answers")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["activity", "worker"], name="signups_answers_once")]


class Certificate(ScopedModel):
    """Title and hours as they were when it was issued. ``token`` is in the code that anybody may check."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    booking = models.OneToOneField("bookings.Booking", on_delete=models.PROTECT, related_name="certificate")
    activity = models.ForeignKey("signups.Activity", on_delete=models.PROTECT, related_name="issued")
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    hours = models.PositiveSmallIntegerField(_("hours of training"))
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(_("declared invalid"), null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ScopedManager.over("worker__organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        indexes = [models.Index(fields=["activity", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_because="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_because=""),
                name="signups_revoked_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return human_number("ZS", self.issued_at.year, self.pk)

    @property
    def valid(self) -> bool:
        return self.revoked_at is None


class EvaluationGiven(models.Model):
    """That she handed in her sheet, so that nobody does twice. It bears no moment and leads to no sheet."""

    booking = models.OneToOneField("bookings.Booking", on_delete=models.CASCADE, related_name="evaluation_given")


def _score(words) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(words, validators=[MinValueValidator(1), MaxValueValidator(5)])


class EvaluationSheet(models.Model):
    """One anonymous sheet: a key by chance, no moment, no woman, no session; so even its order tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey("signups.Activity", on_delete=models.CASCADE, related_name="sheets")
    content = _score(_("Content"))
    speakers = _score(_("Speakers"))
    organizing = _score(_("How it was organised"))
    again = models.BooleanField(_("Would come again"))
    comment = models.CharField(_("What we should do better"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("evaluation sheet")
        verbose_name_plural = _("evaluation sheets")
        ordering = ["pk"]
