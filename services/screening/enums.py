"""Codes of the screening app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """Three kinds with rules of their own: they are never merged (DOMAIN-services §2.1)."""

    CHARITY = "charity", _("Union charity programme")
    EMPLOYER_DUTY = "employer_duty", _("Employer's statutory check-up")
    PUBLIC_HEALTH = "public_health", _("Public-health programme")


class Item(models.TextChoices):
    """The seven examination items of the Shaoxing 2024 programme (DOMAIN-services §2.3, S49)."""

    GYNAECOLOGICAL = "gynaecological", _("Gynaecological examination")
    BREAST = "breast", _("Breast examination")
    TCT = "tct", _("Liquid-based cytology (TCT)")
    HPV = "hpv", _("HPV test")
    PELVIC_ULTRASOUND = "pelvic_ultrasound", _("Pelvic ultrasound")
    BREAST_ULTRASOUND = "breast_ultrasound", _("Breast ultrasound")
    DISCHARGE = "discharge", _("Vaginal discharge test")


class MaritalRule(models.TextChoices):
    ANY = "any", _("Not asked")
    EVER_MARRIED = "ever_married", _("Married, divorced or widowed")
    MARRIED = "married", _("Married")


class HistorySource(models.TextChoices):
    ATTENDED = "attended", _("This system's record")
    DECLARED = "declared", _("Her own statement")
    IMPORTED = "imported", _("Imported")
