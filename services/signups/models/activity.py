"""An activity or a training, and what signing up for it asks."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.references import unguessable
from services.signups.enums import ActivityKind, QuestionKind, TrainingForm

MOST_HOURS = 400


class Activity(models.Model):
    """Windows, places and sessions live on its ``offering``; ``hours`` are hours of training (学时), 0 for others."""

    code = models.SlugField(_("code"), max_length=40, unique=True, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    offering = models.OneToOneField("bookings.Offering", on_delete=models.PROTECT, related_name="activity")
    kind = models.CharField(_("kind"), max_length=10, choices=ActivityKind, default=ActivityKind.EVENT)
    form = models.CharField(_("form of training"), max_length=10, choices=TrainingForm, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    about = models.TextField(pgettext_lazy("activity", "what it is about"), max_length=4000, blank=True)
    speakers = models.CharField(_("speakers"), max_length=200, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("hours of training"), default=0, validators=[MaxValueValidator(MOST_HOURS)]
    )
    contact = models.CharField(_("whom to call"), max_length=60, blank=True)
    certificates = models.BooleanField(_("gives certificates"), default=False)
    evaluation_days = models.PositiveSmallIntegerField(
        _("days after the session within which it can be evaluated"), default=14, help_text=_("0: not evaluated.")
    )
    reminder_hours = models.PositiveSmallIntegerField(
        pgettext_lazy("activity", "hours before the session at which she is reminded"),
        default=24,
        help_text=_("0: no reminder."),
    )

    class Meta:
        verbose_name = pgettext_lazy("signups", "activity")
        verbose_name_plural = pgettext_lazy("signups", "activities")
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ActivityKind.TRAINING) & ~Q(form="") & Q(hours__gt=0)
                | Q(kind=ActivityKind.EVENT, form="", hours=0),
                name="signups_activity_form",
                violation_error_message=_("A training has one of the three forms; another activity has none."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """Asked of everybody who signs up. One that was answered is retired instead of deleted and never reworded."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind)
    words = models.CharField(_("question"), max_length=100)
    choices = models.JSONField(_("answers to choose from"), default=list, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)
    retired = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words
