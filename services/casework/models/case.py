"""A case: the life of one application, whatever it applies for."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from services.casework.enums import OPEN, FiledBy, Stage
from services.foundation.crypto import SealedField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS


class Case(ScopedModel):
    """What is applied for stands in the service's own model, tied to the case one to one.

    ``number`` is for the telephone and opens nothing; ``token`` is in her links. ``path`` is the tree path of her
    union and ``desk_path`` that of the organisation at which the present step lies: both are kept when the tree is
    moved. Only ``actions.move`` and ``move_many`` write ``stage``, ``position``, ``desk`` and ``due_on``; a desk also
    follows the tree, and is left when all who hold a post there keep away.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    service = models.CharField(_("service"), max_length=40, editable=False)
    subject_code = models.CharField(
        _("applied for"), max_length=40, blank=True, editable=False, help_text=_("A code of the service's own.")
    )
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("union")
    )
    path = models.CharField(max_length=255, editable=False)
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="cases")
    filed_by = models.CharField(_("filed by"), max_length=15, choices=FiledBy, default=FiledBy.HERSELF)
    representative = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authorisation = models.ForeignKey(
        "casework.Authorisation", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )

    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.DRAFT, editable=False)
    route = models.ForeignKey("casework.ReviewRoute", on_delete=models.PROTECT, related_name="cases")
    position = models.PositiveSmallIntegerField(_("step"), null=True, blank=True, editable=False)
    desk = models.ForeignKey(
        "organizations.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    desk_path = models.CharField(max_length=255, blank=True, default="", editable=False)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    created_at = models.DateTimeField(_("begun at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    stage_since = models.DateTimeField(_("in this stage since"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    reason = SealedField(_("reason"), blank=True, default="", help_text=_("The words that she reads."))

    # The promise as it was kept, in working days without pauses: written once, by ``actions.move``.
    contacted_at = models.DateTimeField(null=True, blank=True, editable=False)
    contact_took = models.PositiveSmallIntegerField(_("working days to the first answer"), null=True, editable=False)
    decision_took = models.PositiveSmallIntegerField(_("working days to the decision"), null=True, editable=False)
    rounds = models.PositiveSmallIntegerField(_("times returned"), default=0, editable=False)

    objects = ScopedManager.over("path", roles=ROSTER_READERS)

    # What the checks need of a case, when it is judged together with many: ``queries.ahead``.
    ahead = None
    # Set when a verb was not carried out because the same person had carried it out before: when that was.
    repeats = None
    # Who of staff has a part in it herself, once somebody asked: ``queries.parties``.
    parties = None

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["worker", "service", "-created_at"]),
            models.Index(fields=["handler", "due_on"], condition=Q(handler__isnull=False), name="casework_hers"),
            models.Index(
                fields=["desk_path", "due_on", "id"],
                condition=Q(stage__in=["in_review", "notice", "objection", "appealed"]),
                name="casework_waiting_at_desk",
            ),
            # For patterns: what lies at or below a desk. By day: for those who see the whole tree.
            models.Index(
                fields=["desk_path"],
                opclasses=["varchar_pattern_ops"],
                condition=Q(stage__in=["in_review", "notice", "objection", "appealed"]),
                name="casework_desk_begins",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(stage__in=["in_review", "notice", "objection", "appealed"]),
                name="casework_waiting_by_day",
            ),
            models.Index(fields=["path"], opclasses=["varchar_pattern_ops"], name="casework_path_begins"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage__in=["refused", "returned"])
                | ~Q(Exact(Cast("reason", models.TextField()), Value(""))),
                name="casework_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="casework_reviewed_once_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["in_review", "notice", "objection", "appealed"])
                | (Q(due_on__isnull=False) & Q(desk__isnull=False) & ~Q(desk_path="")),
                name="casework_waits_somewhere_until",
            ),
            models.CheckConstraint(
                condition=Q(filed_by="herself") | Q(authorisation__isnull=False),
                name="casework_represented_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN


class CaseEvent(models.Model):
    """One line of the timeline. Append-only. ``reason`` are words that she reads or wrote, ``note`` words for
    colleagues: both may speak of illness or income and are sealed. Nothing else of it holds a sensitive value."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_staff = models.BooleanField(default=False)
    for_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = SealedField(blank=True, default="")
    note = SealedField(blank=True, default="", help_text=_("Words for colleagues; she doesn't read them."))
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "at"])]


class Sequence(models.Model):
    """The last number given for a service, an organisation and a year; its row is the lock of the next one."""

    service = models.CharField(max_length=40)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "organization", "year"], name="casework_sequence_once")
        ]
