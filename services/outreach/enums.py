"""Codes of outreach, and who announces."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Role

ANNOUNCERS = frozenset({Role.FEDERATION_OFFICER})


class State(models.TextChoices):
    """``stopped``: its page went away before everybody was told."""

    WAITING = "waiting", _("Waits for the page to be published")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("an announcement", "Sent")
    STOPPED = "stopped", pgettext_lazy("an announcement", "Stopped")


UNDER_WAY = (State.WAITING, State.SENDING)
