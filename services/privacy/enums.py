"""Codes of the privacy app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What her data may be used for; each is agreed to on its own."""

    SCREENING = "screening", _("Free screening")
    ROSTER = "roster", _("Union roster")
    FOLLOW_UP = "follow_up", _("Help after a screening")
    RELIEF = "relief", _("Hardship relief")
    MUTUAL_AID = "mutual_aid", _("Mutual aid")
    REMINDING = "reminding", _("Reminders of what else may be yours")
    NEWS = "news", _("News from your union")


class GivenBy(models.TextChoices):
    HERSELF = "herself", _("Herself, online")
    STAFF = "staff", _("Recorded by staff")
