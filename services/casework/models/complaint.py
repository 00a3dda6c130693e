"""A complaint about how an application was handled (办理投诉): read above it, never by whoever it is about."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import CASE_HANDLERS, ComplaintAbout, ComplaintOutcome, ComplaintState
from services.foundation.crypto import SealedField
from services.foundation.references import human_number, unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class Complaint(ScopedModel):
    """It stands in no timeline and in no log of the case. ``desk`` is the organisation that answers it; ``concerned``
    are all who had a hand in the case when she complained, and whoever answered an earlier one: none of them finds it
    anywhere. What she writes and what she is answered is sealed."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="complaints")
    about = models.CharField(_("about"), max_length=20, choices=ComplaintAbout)
    words = SealedField(_("what happened"))
    desk = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    concerned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ComplaintState, default=ComplaintState.OPEN)
    made_at = models.DateTimeField(_("arrived"))
    due_on = models.DateField(_("due on"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=ComplaintOutcome, blank=True)
    answer = SealedField(_("answer"), blank=True, default="", help_text=_("The words that she reads."))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("desk__path", roles=CASE_HANDLERS)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["desk", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=ComplaintState.OPEN), name="casework_one_open_complaint"
            ),
            models.CheckConstraint(
                condition=~Q(state=ComplaintState.ANSWERED) | (Q(answered_by__isnull=False) & ~Q(outcome="")),
                name="casework_complaint_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return human_number("TS", self.made_at.year, self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == ComplaintState.OPEN
