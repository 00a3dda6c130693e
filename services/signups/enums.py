"""Codes of the signups app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActivityKind(models.TextChoices):
    EVENT = "event", pgettext_lazy("activity", "Activity")
    TRAINING = "training", pgettext_lazy("activity", "Training")


class TrainingForm(models.TextChoices):
    """The three forms in which the work plan trains cadres."""

    MEETING = "meeting", _("Training at a meeting")
    CLASS = "class", _("Training class")
    SYMPOSIUM = "symposium", _("Symposium")


class QuestionKind(models.TextChoices):
    """The small set of questions that sign-up may ask."""

    CHOICE = "choice", _("One of several answers")
    YES_NO = "yes_no", _("Yes or no")
    SHORT_TEXT = "short_text", _("A short text")
    NUMBER = "number", pgettext_lazy("question", "A number")


class Score(models.IntegerChoices):
    """An answer of the evaluation sheet."""

    VERY_GOOD = 5, _("Very good")
    GOOD = 4, pgettext_lazy("evaluation", "Good")
    FAIR = 3, _("Fair")
    POOR = 2, pgettext_lazy("evaluation", "Poor")
    VERY_POOR = 1, _("Very poor")
