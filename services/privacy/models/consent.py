"""Notices in versions and the consent given to them. A consent's terms never change once given (PIPL 14, 29)."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.privacy.enums import GivenBy, Purpose


class Notice(models.Model):
    """The text a person agrees to: one row a version; the digest pins the words."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=100)
    body = models.TextField(_("text"))
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    body_en = models.TextField(_("text in English"), blank=True)
    digest = models.CharField(max_length=64, editable=False)
    in_force_from = models.DateTimeField(_("in force from"))

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="privacy_notice_version_once")]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    def save(self, *args, **kwargs):
        self.digest = self.digest_of_words()
        super().save(*args, **kwargs)

    def digest_of_words(self) -> str:
        """SHA-256 over every word she can have read: what a consent is pinned to."""
        words = [self.purpose, self.version, self.title, self.body, self.title_en, self.body_en]
        return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()

    def title_in(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title

    def body_in(self, language: str) -> str:
        return (self.body_en if language == "en" else "") or self.body


class Consent(models.Model):
    """One person's agreement to one notice for one purpose; withdrawn by date, never deleted or edited.

    Who has no account yet agrees on paper: then ``record`` is the token of her record, ``signed_on`` the date of the
    form, and ``giver`` stays empty until she has an account and the consent becomes hers.
    """

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="consents"
    )
    record = models.CharField(max_length=22, blank=True, default="", editable=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="consents")
    notice_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    given_by = models.CharField(max_length=10, choices=GivenBy, default=GivenBy.HERSELF)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "purpose", "notice"],
                condition=Q(withdrawn_at__isnull=True),
                name="privacy_consent_standing_once",
            ),
            models.UniqueConstraint(
                fields=["record", "purpose", "notice"],
                condition=Q(withdrawn_at__isnull=True, giver__isnull=True),
                name="privacy_paper_standing_once",
            ),
            models.CheckConstraint(
                condition=Q(giver__isnull=False) | ~Q(record="") & Q(signed_on__isnull=False),
                name="privacy_consent_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"

    def save(self, *args, **kwargs):
        if self.pk and set(kwargs.get("update_fields") or ["*"]) != {"withdrawn_at"}:
            raise TypeError("the terms of a consent are fixed; only its end can be set")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("a consent is withdrawn, never deleted")
