"""Editable templates and the outbox."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.foundation import masking
from services.foundation.crypto import SealedField, blind_index
from services.foundation.references import unguessable
from services.messaging.enums import Channel, MessageState
from services.messaging.registry import messages


def describe(key: str) -> str:
    """What a message is about, in the words of the app that sends it."""
    spec = messages.get(key)
    return str(spec.description) if spec else key


class MessageTemplate(models.Model):
    """The words of one message on one channel; staff may edit them, the keys come from the apps."""

    key = models.SlugField(_("message"), max_length=60)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    subject = models.CharField(_("subject"), max_length=100, blank=True)
    body = models.TextField(_("text"))
    active = models.BooleanField(_("in use"), default=True)
    edited = models.BooleanField(_("changed by staff"), default=False, editable=False)

    class Meta:
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        ordering = ["key", "channel", "language"]
        constraints = [models.UniqueConstraint(fields=["key", "channel", "language"], name="messaging_template_once")]

    def __str__(self) -> str:
        return f"{self.key} · {self.get_channel_display()}"

    @property
    def description(self) -> str:
        return describe(self.key)


class Message(models.Model):
    """One message to one person on one channel. ``dedupe_key`` makes sending twice impossible."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    key = models.SlugField(_("message"), max_length=60)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="inbox"
    )
    address = SealedField(blank=True, default="")
    subject = models.CharField(_("subject"), max_length=100, blank=True)
    body = SealedField(_("text"))
    link = models.CharField(_("link"), max_length=200, blank=True)
    leave_link = models.CharField(_("link by which she leaves"), max_length=200, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.key} #{self.pk}"

    @property
    def description(self) -> str:
        return describe(self.key)

    @property
    def may_go_again(self) -> bool:
        """It failed, and isn't one whose words are wiped when it is given up."""
        spec = messages.get(self.key)
        given_up = self.state == MessageState.GIVEN_UP and not (spec and spec.secret)
        return given_up or self.state == MessageState.FAILED

    @staticmethod
    def digest_of(text: str) -> str:
        """Keyed digest, for dedupe keys that would otherwise show an address."""
        return blind_index(text)

    @property
    def masked_address(self) -> str:
        if not self.address:
            return ""
        if self.channel == Channel.EMAIL:
            return masking.mask_email(self.address)
        return masking.mask_phone(self.address)
