"""Codes of the monitoring of plans: levels, statuses of values and reports, kinds and directions of indicators."""

from django.db import models
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Kind, Role

# Who reads figures of the plans inside the tree she is assigned to.
READERS = frozenset({Role.WF_OFFICER, Role.FEDERATION_OFFICER, Role.AUDITOR})
# Who states values, reviews those of the level below, and keeps the dictionary at the top.
WRITERS = frozenset({Role.WF_OFFICER, Role.FEDERATION_OFFICER})


class Level(models.IntegerChoices):
    """Where a value is stated; figures go up from there."""

    CITY = 1, pgettext_lazy("level of statistics", "City")
    COUNTY = 2, pgettext_lazy("level of statistics", "County or district")
    TOWNSHIP = 3, pgettext_lazy("level of statistics", "Township or street")


LEVEL_OF_KIND = {
    Kind.CITY_UNION: Level.CITY,
    Kind.CITY_WF: Level.CITY,
    Kind.COUNTY_UNION: Level.COUNTY,
    Kind.INDUSTRY_UNION: Level.COUNTY,
    Kind.COUNTY_WF: Level.COUNTY,
    Kind.TOWNSHIP_UNION: Level.TOWNSHIP,
    Kind.TOWNSHIP_WF: Level.TOWNSHIP,
}


class ValueStatus(models.TextChoices):
    """DOMAIN-children-privacy C3: nought and missing are different things, and “no data” has causes."""

    REPORTED = "reported", pgettext_lazy("value", "Reported")
    ESTIMATED = "estimated", pgettext_lazy("value", "Estimated")
    ZERO = "zero", pgettext_lazy("value", "Nought")
    NOT_COLLECTED = "missing_not_collected", pgettext_lazy("value", "Missing: not collected")
    LATE = "missing_late", pgettext_lazy("value", "Missing: late")
    NOT_APPLICABLE = "missing_not_applicable", pgettext_lazy("value", "Not applicable here")
    SUPPRESSED = "suppressed", pgettext_lazy("value", "Confidential")


TOLD = frozenset({ValueStatus.REPORTED, ValueStatus.ESTIMATED, ValueStatus.ZERO})


class IndicatorKind(models.TextChoices):
    RATIO = "ratio", pgettext_lazy("indicator", "Numerator by denominator")
    NUMBER = "number", pgettext_lazy("indicator", "Number without denominator")
    GIVEN = "given", pgettext_lazy("indicator", "Rate as its source gives it, never added up")


class Direction(models.TextChoices):
    UP = "up", pgettext_lazy("indicator", "More is better")
    DOWN = "down", pgettext_lazy("indicator", "Less is better")
    KEEP = "keep", pgettext_lazy("indicator", "To be kept")
    NARROW = "narrow", pgettext_lazy("indicator", "The gap is to narrow")
    NONE = "none", pgettext_lazy("indicator", "Neither is better")


class Audience(models.TextChoices):
    """Which of the two plans an indicator belongs to."""

    WOMEN = "women", pgettext_lazy("plan", "Women's development")
    CHILDREN = "children", pgettext_lazy("plan", "Children's development")
    BOTH = "both", pgettext_lazy("plan", "Both plans")


class Domain(models.TextChoices):
    """The fields of both plans 2021-2030 (DOMAIN-children-privacy C1)."""

    HEALTH = "health", pgettext_lazy("field of a plan", "Health")
    SAFETY = "safety", pgettext_lazy("field of a plan", "Safety")
    EDUCATION = "education", pgettext_lazy("field of a plan", "Education")
    ECONOMY = "economy", pgettext_lazy("field of a plan", "Economy")
    DECISIONS = "decisions", pgettext_lazy("field of a plan", "Decision-making and administration")
    SECURITY = "security", pgettext_lazy("field of a plan", "Social security")
    WELFARE = "welfare", pgettext_lazy("field of a plan", "Welfare")
    FAMILY = "family", pgettext_lazy("field of a plan", "Family")
    ENVIRONMENT = "environment", pgettext_lazy("field of a plan", "Environment")
    LAW = "law", pgettext_lazy("field of a plan", "Law")


class Extent(models.TextChoices):
    """National and local numbers lie in tables of their own and are never mixed."""

    NATIONAL = "national", pgettext_lazy("extent of a number", "National")
    PROVINCIAL = "provincial", pgettext_lazy("extent of a number", "Provincial")


class CheckKind(models.TextChoices):
    COMPARE = "compare", pgettext_lazy("validation rule", "Two sides compared")
    CHANGE = "change", pgettext_lazy("validation rule", "Change against the year before")


class Strategy(models.TextChoices):
    """What a rule does where a value is missing (DOMAIN-children-privacy C4 [DH2])."""

    SKIP_ANY = "skip_any", pgettext_lazy("missing values", "Skip the rule if any is missing")
    SKIP_ALL = "skip_all", pgettext_lazy("missing values", "Skip it if all are missing, else count them as nought")
    AS_ZERO = "as_zero", pgettext_lazy("missing values", "Never skip: count them as nought")


class Severity(models.TextChoices):
    REFUSE = "refuse", pgettext_lazy("validation rule", "Can't be signed")
    EXPLAIN = "explain", pgettext_lazy("validation rule", "Needs a word")


class RoundState(models.TextChoices):
    OPEN = "open", pgettext_lazy("year of monitoring", "Open")
    LOCKED = "locked", pgettext_lazy("year of monitoring", "Locked")


class ReportState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("monitoring report", "Draft")
    SIGNED = "signed", pgettext_lazy("monitoring report", "Signed, with the reviewer")
    RETURNED = "returned", pgettext_lazy("monitoring report", "Sent back")
    ACCEPTED = "accepted", pgettext_lazy("monitoring report", "Accepted")
    LOCKED = "locked", pgettext_lazy("monitoring report", "Locked")
    REPLACED = "replaced", pgettext_lazy("monitoring report", "Replaced by a new version")


WRITABLE = frozenset({ReportState.DRAFT, ReportState.RETURNED})
COUNTED = frozenset({ReportState.ACCEPTED, ReportState.LOCKED})
UNDER_WAY = frozenset({ReportState.DRAFT, ReportState.RETURNED, ReportState.SIGNED})
