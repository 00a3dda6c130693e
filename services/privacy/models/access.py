"""Every look at a sensitive field in clear: who, whose, which fields, why. Append-only; holds no value."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("append-only: nothing is changed or deleted")

    def delete(self):
        raise TypeError("append-only: nothing is changed or deleted")

    delete.queryset_only = True


class AccessRecord(models.Model):
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="looks", verbose_name=_("viewer")
    )
    viewer_role = models.CharField(_("role"), max_length=30, blank=True)
    subject_type = models.CharField(_("kind of record"), max_length=50)
    subject_id = models.BigIntegerField(_("record"))
    organization_path = models.CharField(max_length=255, blank=True, db_index=True)
    fields = models.CharField(_("fields"), max_length=200)
    reason = models.CharField(_("reason"), max_length=200)
    routine = models.BooleanField(
        default=False, editable=False, help_text=_("Part of the work itself; it has an hourly limit of its own.")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("access record")
        verbose_name_plural = _("access records")
        ordering = ["-at"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("append-only: nothing is changed or deleted")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("append-only: nothing is changed or deleted")
