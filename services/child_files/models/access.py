"""Approvals to read one file, emergency access, and every single read. Reads are append-only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.crypto import blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import Role


class AccessGrant(ScopedModel):
    """An officer of the county asks a named leader for one file; approved for some hours, never by herself."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="grants")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    purpose = models.CharField(_("purpose"), max_length=16, choices=enums.ReadPurpose)
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(
        pgettext_lazy("approval to read", "state"),
        max_length=10,
        choices=enums.GrantState,
        default=enums.GrantState.ASKED,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(_("words on the decision"), max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = FileManager.over("child__home__host__path")

    class Meta:
        verbose_name = _("approval to read a file")
        verbose_name_plural = _("approvals to read files")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("asked_of")), name="child_files_nobody_approves_herself"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(expires_at__isnull=False), name="child_files_approval_ends"
            ),
            models.UniqueConstraint(
                fields=["child", "asked_by"], condition=Q(state="asked"), name="child_files_asked_once"
            ),
        ]
        indexes = [models.Index(fields=["asked_by", "child", "expires_at"], name="child_files_grants_held")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class BreakGlass(ScopedModel):
    """Emergency access with a reason: at most three hours, told at once, looked at by somebody else within days."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="emergencies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    opened_at = models.DateTimeField(_("opened at"))
    expires_at = models.DateTimeField(_("ends at"))
    review_due = models.DateTimeField(_("to be reviewed by"))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    judged = models.CharField(_("judged"), max_length=14, choices=enums.Judged, blank=True)
    review_note = models.CharField(_("words on the review"), max_length=300, blank=True)

    objects = ScopedManager.over("child__home__host__path", roles=frozenset({Role.PRIVACY_OFFICER}))

    class Meta:
        verbose_name = _("emergency access")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("opened_at")), name="child_files_emergency_ends"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("user")),
                name="child_files_nobody_reviews_herself",
            ),
        ]
        indexes = [models.Index(fields=["user", "child", "expires_at"], name="child_files_glass_held")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AppendOnly(ScopedManager._queryset_class):
    def update(self, **kwargs):
        raise TypeError("reads of a child's file are append-only")

    def delete(self):
        raise TypeError("reads of a child's file are append-only")

    delete.queryset_only = True


class ReadManager(ScopedManager):
    _queryset_class = AppendOnly


class FileRead(ScopedModel):
    """One look at a child's file: who, by which post, which fields, for what, by which approval, when (E2.12)."""

    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="reads")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    fields = models.CharField(max_length=200)
    purpose = models.CharField(max_length=16, choices=enums.ReadPurpose)
    reason = models.CharField(max_length=200, blank=True)
    grant = models.ForeignKey(AccessGrant, null=True, blank=True, on_delete=models.PROTECT, related_name="reads")
    emergency = models.ForeignKey(BreakGlass, null=True, blank=True, on_delete=models.PROTECT, related_name="reads")
    release = models.ForeignKey(
        "child_files.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="reads"
    )
    address_index = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(db_index=True)

    objects = ReadManager.over("child__home__host__path", roles=frozenset({Role.PRIVACY_OFFICER}))

    class Meta:
        verbose_name = _("look at a child's file")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["child", "-at"], name="child_files_reads_of_child")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("reads of a child's file are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("reads of a child's file are append-only")

    @staticmethod
    def index_of_address(address: str) -> str:
        return blind_index(f"read-address:{address}") if address else ""
