"""Letters of responsibility (责任书): two chains that run from the city down without a gap (V9)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import READERS, Chain, LetterState
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel


class Letter(ScopedModel):
    """Between an organisation and the one above it. In the chain of the governments the organisations of the women's
    federation stand for the leading groups of the same place. ``parent`` is the letter that binds the upper side."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="letters")
    chain = models.CharField(_("chain"), max_length=20, choices=Chain)
    party_a = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("upper side")
    )
    party_b = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("lower side")
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    targets = models.CharField(
        _("what is promised"), max_length=500, help_text=_("Number of homes, by which day, at which quality.")
    )
    homes = models.PositiveSmallIntegerField(_("homes promised"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=LetterState, default=LetterState.DRAFT)
    signed_a_on = models.DateField(_("signed by the upper side on"), null=True, blank=True)
    signed_b_on = models.DateField(_("signed by the lower side on"), null=True, blank=True)
    reason = models.CharField(pgettext_lazy("letter of responsibility", "reason"), max_length=300, blank=True)

    objects = ScopedManager.over("party_b__path", roles=READERS)

    class Meta:
        verbose_name = _("letter of responsibility")
        verbose_name_plural = _("letters of responsibility")
        ordering = ["party_b__path", "chain"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "chain", "party_b"], name="homes_one_letter_a_side"),
            models.CheckConstraint(condition=~Q(party_a=F("party_b")), name="homes_letter_has_two_sides"),
            models.CheckConstraint(
                condition=Q(state__in=[LetterState.DRAFT, LetterState.SIGNED_A])
                | Q(signed_a_on__isnull=False, signed_b_on__isnull=False),
                name="homes_signed_letter_has_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.BREACHED) | ~Q(reason=""), name="homes_breach_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
