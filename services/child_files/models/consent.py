"""Notices in versions, the answers given to them, and what has to stand before a purpose is switched on."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import enums
from services.child_files.models.scoping import FileManager
from services.foundation.crypto import SealedField, blind_index
from services.foundation.scope import ScopedModel

# What may change about an answer once it is given: how it ended, and nothing else.
_ENDING = frozenset({"ended_at", "ended_because", "ended_by"})


class ConsentNotice(models.Model):
    """The text a guardian reads for one purpose; ``kinds`` and ``recipients`` are what it covers, in codes."""

    purpose = models.CharField(_("purpose"), max_length=16, choices=enums.Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=60)
    body = models.TextField(_("text"))
    title_en = models.CharField(_("title in English"), max_length=60, blank=True)
    body_en = models.TextField(_("text in English"), blank=True)
    kinds = models.JSONField(_("kinds of data"), default=list)
    recipients = models.JSONField(_("recipients"), default=list, blank=True)
    digest = models.CharField(max_length=64, editable=False)
    in_force_from = models.DateTimeField(_("in force from"))

    class Meta:
        verbose_name = _("notice to guardians")
        verbose_name_plural = _("notices to guardians")
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="child_files_notice_version_once")]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    def save(self, *args, **kwargs):
        self.digest = self.digest_of_words()
        super().save(*args, **kwargs)

    def digest_of_words(self) -> str:
        words = [self.purpose, self.version, self.title, self.body, self.title_en, self.body_en]
        return hashlib.sha256(
            json.dumps([*words, self.kinds, self.recipients], ensure_ascii=False).encode()
        ).hexdigest()

    def title_in(self, language: str) -> str:
        return (self.title_en if language == "en" else "") or self.title

    def body_in(self, language: str) -> str:
        return (self.body_en if language == "en" else "") or self.body


class ConsentQuerySet(FileManager._queryset_class):
    def update(self, **kwargs):
        if kwargs.keys() - _ENDING:
            raise TypeError("the terms of a consent are fixed; only its end can be set")
        return super().update(**kwargs)

    def delete(self):
        raise TypeError("a consent is withdrawn, never deleted")

    delete.queryset_only = True


class ConsentManager(FileManager):
    _queryset_class = ConsentQuerySet


class ChildConsent(ScopedModel):
    """One guardian's answer to one notice about one child. A no is an answer too. Never edited, never deleted."""

    child = models.ForeignKey("child_files.Child", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=16, choices=enums.Purpose)
    answer = models.CharField(pgettext_lazy("consent", "answer"), max_length=8, choices=enums.Answer)
    notice = models.ForeignKey(ConsentNotice, on_delete=models.PROTECT, related_name="consents")
    notice_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    giver = models.ForeignKey("child_files.GuardianshipLink", on_delete=models.PROTECT, related_name="consents")
    relation = models.CharField(_("relation"), max_length=12, choices=enums.Relation)
    basis = models.CharField(_("why the guardian"), max_length=16, choices=enums.LegalBasis)
    method = models.CharField(_("how it was given"), max_length=12, choices=enums.Method)
    evidence = SealedField(_("proved by"), blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))
    address_index = models.CharField(max_length=64, blank=True, help_text=_("Keyed digest of the network address."))
    device = models.CharField(max_length=80, blank=True)
    expires_on = models.DateField(_("valid until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=enums.Ended, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConsentManager.over("child__home__host__path")

    class Meta:
        verbose_name = _("guardian's consent")
        verbose_name_plural = _("guardians' consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "purpose", "answer"],
                condition=Q(ended_at__isnull=True),
                name="child_files_one_standing_answer",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__gte=F("given_at")) & ~Q(ended_because="")),
                name="child_files_consent_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(method="sms_code") | Q(recorded_by__isnull=True), name="child_files_link_is_hers_alone"
            ),
        ]
        indexes = [models.Index(fields=["purpose", "answer", "ended_at"], name="child_files_consent_counts")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        if self.pk and not set(kwargs.get("update_fields") or ["*"]) <= _ENDING:
            raise TypeError("the terms of a consent are fixed; only its end can be set")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("a consent is withdrawn, never deleted")

    @staticmethod
    def index_of_address(address: str) -> str:
        return blind_index(f"consent-address:{address}") if address else ""


class ImpactAssessment(ScopedModel):
    """What a programme weighed before it began to use children's data for a purpose (PIPL 55-56); kept three years
    and longer."""

    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="assessments")
    purpose = models.CharField(
        _("purpose"), max_length=16, choices=[*enums.Purpose.choices, ("id_number", _("Identity number"))]
    )
    number = models.CharField(_("number"), max_length=40)
    necessity = models.TextField(_("why it is needed"), max_length=1000)
    risks = models.TextField(_("what could happen to the child"), max_length=1000)
    measures = models.TextField(_("what is done against it"), max_length=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    kept_until = models.DateField(_("kept until"))

    class Meta:
        verbose_name = _("impact assessment")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="child_files_assessment_numbered_once")
        ]

    def __str__(self) -> str:
        return self.number


class PurposeSwitch(ScopedModel):
    """Whether a programme uses a purpose at all. Off until an assessment stands; the identity number besides needs its
    reason in words."""

    programme = models.ForeignKey("childrens_homes.Programme", on_delete=models.PROTECT, related_name="switches")
    purpose = models.CharField(
        _("purpose"), max_length=16, choices=[*enums.Purpose.choices, ("id_number", _("Identity number"))]
    )
    on = models.BooleanField(pgettext_lazy("switch", "on"), default=False)
    assessment = models.ForeignKey(ImpactAssessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("use of children's data")
        constraints = [
            models.UniqueConstraint(fields=["programme", "purpose"], name="child_files_switch_once"),
            models.CheckConstraint(
                condition=Q(on=False) | (Q(assessment__isnull=False) & (~Q(purpose="id_number") | ~Q(reason=""))),
                name="child_files_on_after_assessment",
                violation_error_message=_("An impact assessment for this very purpose has to be on record first."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
