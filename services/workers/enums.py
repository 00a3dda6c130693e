"""Codes of a woman worker's record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmploymentType(models.TextChoices):
    ESTABLISHED = "established", _("Established post")
    CONTRACT = "contract", _("Contract")
    DISPATCH = "dispatch", _("Labour dispatch")
    TEMPORARY = "temporary", _("Temporary, over one year")
    NEW_FORM = "new_form", _("New form of employment")
    OTHER = "other", _("Other")


class MaritalStatus(models.TextChoices):
    SINGLE = "single", _("Single")
    MARRIED = "married", _("Married")
    DIVORCED = "divorced", _("Divorced")
    WIDOWED = "widowed", _("Widowed")
    UNKNOWN = "unknown", _("Not stated")


# The state of a stand-in: no choice, as nobody is ever put into it. See ``models.worker``.
NOBODY = "nobody"


class WorkerState(models.TextChoices):
    ACTIVE = "active", _("Employed")
    LEFT = "left", _("Left the unit")


class ClaimState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the union officer")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by her")
