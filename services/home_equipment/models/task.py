"""Work that an inspection left behind: what was found missing or broken, until its evidence is accepted (D25)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums


class RepairTask(ScopedModel):
    """``key`` is the shortfall's own, so that one finding makes one task however often it is told."""

    key = models.CharField(max_length=80, unique=True)
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="repair_tasks")
    criterion = models.CharField(_("criterion"), max_length=10)
    words = models.CharField(_("what was found"), max_length=500)
    due_on = models.DateField(pgettext_lazy("equipment", "due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=enums.TaskState, default=enums.TaskState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    answer = models.CharField(_("what was done"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("home__host__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("repair task")
        verbose_name_plural = _("repair tasks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="equipment_closed_task_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["home", "state"], name="equipment_task_home")]

    def __str__(self) -> str:
        return f"#{self.pk}"
