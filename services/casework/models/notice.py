"""Public notices with masked lines, and objections that protect whoever objects."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import NoticeState, ObjectionAbout, ObjectionOutcome, ObjectionState, ObjectionStep
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS, Role

# Posts that see that an objection exists; its text is for whoever settles it.
OBJECTION_READERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR})


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
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    taken_down_because = models.CharField(_("taken down because"), max_length=200, blank=True, editable=False)

    objects = ScopedManager.over("organization__path", roles=ROSTER_READERS)

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["state", "ends_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="casework_notice_ends_after_begin"),
            models.CheckConstraint(
                condition=~Q(state="taken_down") | (Q(taken_down_by__isnull=False) & ~Q(taken_down_because="")),
                name="casework_notice_taken_down_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NoticeLine(models.Model):
    """What one line shows, masked already: the raw values are nowhere near the page that serves it.

    ``shown`` holds the allow-listed fields (``category``, ``programme``, ``amount``) as text in the installation's
    language. ``coarse``: less than her own union and the usual mask is shown, as too few women would fit both.
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


class Objection(ScopedModel):
    """``reference`` and a code (kept as a digest) let the objector ask what became of it. What was written and how to
    reach whoever wrote it is sealed and opened only by whoever settles it; no list joins it with the applicant.

    ``about`` and ``asked`` are all that the applicant learns; ``outcome`` is all that the objector learns; ``told``
    are the words about the end of it that the applicant reads.
    """

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    code_index = BlindIndexField()
    line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="objections")
    about = models.CharField(_("what it is about"), max_length=12, choices=ObjectionAbout)
    text = SealedField(_("what is wrong"))
    contact = SealedField(_("how to reach the objector"), blank=True, default="")
    received_at = models.DateTimeField(_("received"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    asked = SealedField(_("question to the applicant"), blank=True, default="")
    answer = SealedField(_("her answer"), blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ObjectionOutcome, blank=True)
    told = SealedField(_("words to the applicant"), blank=True, default="")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("line__notice__organization__path", roles=OBJECTION_READERS)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["received_at"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", outcome="", settled_at__isnull=True)
                | (Q(state="settled") & Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="casework_objection_settled_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @staticmethod
    def index_of(reference: str, code: str) -> str:
        """What ``code_index`` holds for the two secrets of an objector."""
        return blind_index(f"{reference}/{code}")

    @property
    def is_open(self) -> bool:
        return self.state == ObjectionState.OPEN


class ObjectionEvent(models.Model):
    """One line of what happened to an objection, with the day by which it was to be settled from then on. Append-only;
    ``because`` is the reason of an extension. Nothing of the objector or of the applicant stands here."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=ObjectionStep)
    due_on = models.DateField()
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step="extended") | ~Q(because=""), name="casework_objection_extended_with_a_reason"
            )
        ]
