"""Codes of plans, targets, the problem ledger and the logs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.indicators.enums import READERS, WRITERS

__all__ = ["READERS", "WRITERS"]


class Comparator(models.TextChoices):
    GE = "ge", pgettext_lazy("target", "at least (≥)")
    LE = "le", pgettext_lazy("target", "at most (≤)")
    GT = "gt", pgettext_lazy("target", "more than (>)")
    LT = "lt", pgettext_lazy("target", "less than (<)")
    MAINTAIN_GE = "maintain_ge", pgettext_lazy("target", "keep at least (≥)")
    MAINTAIN_LE = "maintain_le", pgettext_lazy("target", "keep at most (≤)")
    RANGE = "range", pgettext_lazy("target", "between two numbers")
    TREND_UP = "trend_up", pgettext_lazy("target", "higher than at the start")
    TREND_DOWN = "trend_down", pgettext_lazy("target", "lower than at the start")
    GAP_NARROW = "gap_narrow", pgettext_lazy("target", "the gap is narrower than at the start")
    EQUAL_ZERO = "equal_zero", pgettext_lazy("target", "none at all")
    NONE = "none", pgettext_lazy("target", "no target")


class Status(models.TextChoices):
    MET = "met", pgettext_lazy("target", "Met")
    NOT_MET = "not_met", pgettext_lazy("target", "Not met")
    NOT_DUE = "not_due", pgettext_lazy("target", "Not reached yet")
    NO_DATA = "no_data", pgettext_lazy("target", "No data")
    NO_TARGET = "no_target", pgettext_lazy("target", "No target")
    WITHHELD = "withheld", pgettext_lazy("target", "Not told: few people")


class Course(models.TextChoices):
    ON_TRACK = "on_track", pgettext_lazy("course", "On track")
    AT_RISK = "at_risk", pgettext_lazy("course", "At risk")
    OFF_TRACK = "off_track", pgettext_lazy("course", "Off track")


class Trend(models.TextChoices):
    BETTER = "better", pgettext_lazy("trend", "Better")
    WORSE = "worse", pgettext_lazy("trend", "Worse")
    SAME = "same", pgettext_lazy("trend", "Unchanged")
    MOVED = "moved", pgettext_lazy("trend", "Moved")


class Audience(models.TextChoices):
    WOMEN = "women", pgettext_lazy("plan", "Women's development")
    CHILDREN = "children", pgettext_lazy("plan", "Children's development")


class Origin(models.TextChoices):
    """National targets are shown for comparison; a place is judged by local ones alone."""

    NATIONAL = "national", pgettext_lazy("target", "National")
    LOCAL = "local", pgettext_lazy("target", "Local")


class Judgement(models.TextChoices):
    MET = "met", pgettext_lazy("goal without a number", "Met")
    NOT_MET = "not_met", pgettext_lazy("goal without a number", "Not met")


class IssueKind(models.TextChoices):
    NO_DATA = "no_data", pgettext_lazy("problem", "No data")
    NOT_MET = "not_met", pgettext_lazy("problem", "Not met")
    DOUBTFUL = "doubtful", pgettext_lazy("problem", "Data in doubt")
    FEW = "few", pgettext_lazy("problem", "Not met, not told: few people")


class IssueState(models.TextChoices):
    OPEN = "open", pgettext_lazy("problem", "Open")
    ASSIGNED = "assigned", pgettext_lazy("problem", "Measure set")
    HANDED_IN = "handed_in", pgettext_lazy("problem", "Done, to be reviewed")
    CLOSED = "closed", pgettext_lazy("problem", "Closed")


UNSETTLED = frozenset({IssueState.OPEN, IssueState.ASSIGNED, IssueState.HANDED_IN})


class Channel(models.TextChoices):
    """Seed A3.04: every medium and venue, new ones such as 微信 and 微博 among them."""

    WECHAT = "wechat", _("WeChat account")
    WEIBO = "weibo", _("Weibo account")
    PRESS = "press", pgettext_lazy("channel", "Press")
    TV = "tv", pgettext_lazy("channel", "Television and radio")
    SITE = "site", pgettext_lazy("channel", "Website")
    VENUE = "venue", pgettext_lazy("channel", "Venue or event")
    OTHER = "other", pgettext_lazy("channel", "Other")


class Inclusion(models.TextChoices):
    """Seed A3.01: the four inclusions."""

    MASTER_PLAN = "master_plan", _("In the master plan of economic and social development")
    AGENDA = "agenda", _("On the government's agenda")
    DUTY_AND_BUDGET = "duty_and_budget", _("In departments' duties and the budget of the same level")
    PUBLIC_POLICY = "public_policy", _("In public services and public policy")


class TrainingForm(models.TextChoices):
    COURSE = "course", pgettext_lazy("training", "Course")
    MEETING = "meeting", pgettext_lazy("training", "Within a meeting")
    SYMPOSIUM = "symposium", pgettext_lazy("training", "Symposium")
    OTHER = "other", pgettext_lazy("training", "Other")
