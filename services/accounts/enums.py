"""Codes of the accounts app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UserKind(models.TextChoices):
    WORKER = "worker", _("Woman worker")
    STAFF = "staff", _("Staff")


class CodePurpose(models.TextChoices):
    SIGN_IN = "sign_in", _("Sign in")
    CHANGE_PHONE = "change_phone", _("Change phone number")
    CONFIRM = "confirm", _("Confirm that it is she")


class SignInWay(models.TextChoices):
    CODE = "code", _("One-time code")
    PASSWORD = "password", _("Password")
    SECOND_FACTOR = "second_factor", _("Second factor")
    ADMINISTRATOR = "administrator", _("By an administrator")


class SignInOutcome(models.TextChoices):
    OPENED = "opened", _("Signed in")
    CONFIRMED = "confirmed", _("Confirmed by a code")
    WRONG = "wrong", _("Refused")
    LEFT = "left", _("Signed out")
    ENDED = "ended", _("Sessions ended")
    RESET = "reset", _("Password reset")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
