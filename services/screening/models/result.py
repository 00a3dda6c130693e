"""What the clinic found, readable by her; and the recall that stays open until it has an outcome."""

import json

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.crypto import SealedField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.screening.enums import (
    OPEN_FOLLOW_UPS,
    AttemptOutcome,
    ContactChannel,
    FollowUpOutcome,
    FollowUpState,
)

NOBODY = frozenset({"nobody"})


class Result(ScopedModel):
    """That there is a result for a booking she attended; what it says stands in its versions, sealed.

    No post opens it by scope: ``visible_to`` finds nothing for anybody. Actions ask their policy and go ``unscoped``.
    """

    booking = models.OneToOneField("bookings.Booking", on_delete=models.PROTECT, related_name="screening_result")
    entered_at = models.DateTimeField(_("entered at"))
    read_at = models.DateTimeField(_("first read by her"), null=True, blank=True)
    unread_reminded_at = models.DateTimeField(null=True, blank=True)
    next_round_told_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("booking__worker__organization__path", roles=NOBODY)

    class Meta:
        verbose_name = _("examination record")
        verbose_name_plural = _("examination records")

    def __str__(self) -> str:
        return f"#{self.pk}"


class ResultVersion(models.Model):
    """One wording of a result. Append-only: a correction is a further version, and the earlier ones stay.

    ``findings`` is one sealed text, so that not even an empty field tells anything.
    """

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    findings = SealedField(_("result"))
    reason = SealedField(_("why it was corrected"), blank=True, default="")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("version of a record")
        verbose_name_plural = _("versions of a record")
        ordering = ["result", "-number"]
        constraints = [models.UniqueConstraint(fields=["result", "number"], name="screening_result_version_once")]

    def __str__(self) -> str:
        return f"#{self.result_id} v{self.number}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("a version of a result never changes")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("a version of a result never goes")

    def values(self) -> dict:
        """What was found, as plain values."""
        return json.loads(self.findings)


class FollowUp(ScopedModel):
    """She is to be told and seen again. It holds no finding and ends with a coded outcome only."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="follow_up")
    state = models.CharField(_("state"), max_length=12, choices=FollowUpState, default=FollowUpState.TO_NOTIFY)
    outcome = models.CharField(_("outcome"), max_length=20, choices=FollowUpOutcome, blank=True)
    opened_at = models.DateTimeField(_("since"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager.over("result__booking__worker__organization__path", roles=NOBODY)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["state", "opened_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", state__in=[str(s) for s in OPEN_FOLLOW_UPS])
                | ~models.Q(outcome="") & ~models.Q(state__in=[str(s) for s in OPEN_FOLLOW_UPS]),
                name="screening_follow_up_ends_with_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_FOLLOW_UPS


class ContactAttempt(models.Model):
    """One try to reach her: dated, by a channel, with what came of it. Append-only; no words."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="attempts")
    on = models.DateField(_("day"))
    channel = models.CharField(_("channel"), max_length=10, choices=ContactChannel)
    outcome = models.CharField(
        pgettext_lazy("attempt to reach her", "what came of it"), max_length=15, choices=AttemptOutcome
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-on", "-pk"]
