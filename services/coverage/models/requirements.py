"""What a federation asks of the unions in its tree, as data with its source (§4.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def three_and_five() -> list[int]:
    return [3, 5]


def ninety_thirty_nought() -> list[int]:
    return [90, 30, 0]


class Requirements(models.Model):
    """In force from ``valid_from`` until the next one of the same federation; nearest federation upwards counts.

    A version that has begun never changes: another one with a later day takes its place.
    """

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("federation")
    )
    valid_from = models.DateField(_("valid from"))
    committee_from = models.PositiveSmallIntegerField(_("committee required from so many women members"), default=10)
    same_time_days = models.PositiveSmallIntegerField(
        _("days within which two dates count as the same time"),
        default=30,
        help_text=_("Prepared, elected and approved together with the union (三同时)."),
    )
    term_years = models.JSONField(_("lengths of a term admitted, years"), default=three_and_five)
    reminder_days = models.JSONField(_("days before its end on which a term is recalled"), default=ninety_thirty_nought)
    return_due_month = models.PositiveSmallIntegerField(_("annual return due: month"), default=10)
    return_due_day = models.PositiveSmallIntegerField(_("annual return due: day"), default=22)
    source = models.CharField(_("source"), max_length=300)
    applied_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When the standings followed it; empty before it begins.")
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("requirements")
        verbose_name_plural = _("requirements")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "valid_from"], name="coverage_requirements_once"),
            models.CheckConstraint(condition=Q(committee_from__gte=1), name="coverage_committee_from_one"),
            models.CheckConstraint(
                condition=Q(return_due_month__range=(1, 12), return_due_day__range=(1, 28)),
                name="coverage_return_due_is_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.valid_from}"
