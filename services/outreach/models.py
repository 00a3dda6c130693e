"""What was announced to whom, and the topics women chose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import Role
from services.outreach.enums import UNDER_WAY, State


class Interest(models.Model):
    """A topic that a woman chose, by its word in addresses. Who chose none wants them all."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interests")
    topic = models.SlugField(_("topic"), max_length=40)

    class Meta:
        verbose_name = _("chosen topic")
        verbose_name_plural = _("chosen topics")
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="outreach_interest_once")]

    def __str__(self) -> str:
        return f"{self.topic} #{self.pk}"


class Announcement(ScopedModel):
    """One page told to the women of one branch, or those of them who chose a topic. ``page`` is the page's key.

    ``reached`` counts the women written to; ``last_woman`` is the key of the last one, from which a sender goes on.
    A woman is told of a page once, whatever number of announcements would reach her.
    """

    page = models.PositiveBigIntegerField(db_index=True)
    title = models.CharField(_("title"), max_length=255)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    topic = models.SlugField(_("topic"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    reached = models.PositiveIntegerField(_("women told"), default=0)
    last_woman = models.PositiveBigIntegerField(default=0)

    objects = ScopedManager.over("organization__path", roles=frozenset({Role.FEDERATION_OFFICER}))

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["state"], name="outreach_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "organization", "topic"],
                condition=models.Q(state__in=UNDER_WAY),
                name="outreach_one_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
