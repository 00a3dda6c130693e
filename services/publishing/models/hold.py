"""What was held back from the public, with its places, and who signed for it. No value in clear is stored."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.publishing.enums import Subject, Through


class Hold(models.Model):
    """One content of one page or document that may not become public by itself: ``digest`` names the content.

    A changed text is another content and needs another hold. ``found`` and ``unread`` are places with masked values
    (``rules.scanning``). ``authors`` are the keys of everybody who wrote what is held; none of them may sign.
    """

    subject_type = models.CharField(_("kind"), max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    title = models.CharField(_("title"), max_length=255)
    digest = models.CharField(max_length=64, editable=False)
    rules_version = models.PositiveSmallIntegerField(editable=False)
    found = models.JSONField(default=list, editable=False)
    unread = models.JSONField(default=list, editable=False)
    left_out = models.PositiveIntegerField(default=0, editable=False)
    through = models.CharField(_("on the way"), max_length=10, choices=Through)
    revision_id = models.BigIntegerField(null=True, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    authors = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(_("held since"), db_index=True)
    closed_at = models.DateTimeField(_("overtaken"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("publication held back")
        verbose_name_plural = _("publications held back")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "digest"], name="publishing_hold_once")
        ]
        indexes = [models.Index(fields=["closed_at", "-created_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def places(self) -> int:
        return len(self.found) + len(self.unread) + self.left_out


class AppendOnly(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("signatures are append-only")

    def delete(self):
        raise TypeError("signatures are append-only")

    delete.queryset_only = True


class Signature(models.Model):
    """A second person answers for one content with her name and a reason. One a hold, never changed, never deleted."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="signature")
    digest = models.CharField(max_length=64, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("signed by")
    )
    reason = models.CharField(_("reason"), max_length=300)
    signed_at = models.DateTimeField(_("signed at"))

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")

    def __str__(self) -> str:
        return f"#{self.hold_id}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("signatures are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("signatures are append-only")
