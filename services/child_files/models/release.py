"""A workbook in clear: asked for by one, released by two others, open for some hours, each copy on record (D26)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.references import unguessable
from services.foundation.scope import ScopedModel


class Release(ScopedModel):
    """The children of one home. ``leader`` is whom the asker named, ``guard`` the officer for personal data who
    released it second; nothing of what left is kept but how many lines and their digest."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    home = models.ForeignKey("childrens_homes.Home", on_delete=models.PROTECT, related_name="releases")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_until = models.DateTimeField(help_text=_("Nobody decides on it later than this."))
    fields = models.JSONField(_("which data"), default=list)
    purpose = models.CharField(_("purpose"), max_length=16, choices=enums.ReleaseFor)
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(
        pgettext_lazy("workbook in clear", "state"),
        max_length=10,
        choices=enums.ReleaseState,
        default=enums.ReleaseState.ASKED,
    )
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    leader_at = models.DateTimeField(null=True, blank=True)
    guard = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guard_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("words on the decision"), max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    copies = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    last_copy_at = models.DateTimeField(null=True, blank=True)

    objects = FileManager.over("home__host__path")

    class Meta:
        verbose_name = _("workbook of children's files in clear")
        verbose_name_plural = _("workbooks of children's files in clear")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("leader")), name="child_files_release_not_by_asker"),
            models.CheckConstraint(
                condition=Q(guard__isnull=True) | (~Q(guard=F("asked_by")) & ~Q(guard=F("leader"))),
                name="child_files_release_by_two_others",
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | Q(leader_at__isnull=False, guard__isnull=False, guard_at__isnull=False, expires_at__isnull=False),
                name="child_files_released_by_both_and_ends",
            ),
            models.UniqueConstraint(
                fields=["home", "asked_by"],
                condition=Q(state__in=["asked", "first_yes"]),
                name="child_files_release_asked_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="child_files_releases_open")]

    def __str__(self) -> str:
        return f"#{self.pk}"
