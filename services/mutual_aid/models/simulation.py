"""A run of proposed terms over decided claims (D27): counts and sums, kept with the approval of the version."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Simulation(models.Model):
    """``proposed`` against ``present`` over the claims decided from ``first_day`` to ``last_day``. ``places`` are the
    same counts by organisation, small ones already folded together; nothing here tells of a woman or a diagnosis.

    ``fingerprint`` is that of the proposed terms as they were judged: a draft changed since has no simulation.
    """

    proposed = models.ForeignKey("mutual_aid.SchemeTerms", on_delete=models.CASCADE, related_name="simulations")
    present = models.ForeignKey("mutual_aid.SchemeTerms", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(_("decided from"))
    last_day = models.DateField(_("decided until"))
    fingerprint = models.CharField(max_length=64)
    claims = models.PositiveIntegerField(default=0)
    by_hand = models.PositiveIntegerField(default=0)
    differing = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    more = models.PositiveIntegerField(default=0)
    less = models.PositiveIntegerField(default=0)
    newly_paid = models.PositiveIntegerField(default=0)
    no_longer_paid = models.PositiveIntegerField(default=0)
    before = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    after = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    places = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("simulation")
        verbose_name_plural = _("simulations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="mutual_aid_simulated_days_in_order")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def changed(self) -> int:
        return self.more + self.less
