"""Codes of women workers' organisations in unions (DOMAIN §4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Role

# Who reads the records of unions within her reach.
READERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR})


class Form(models.TextChoices):
    """What a union has (女职工委员会, 女职工委员, 未建)."""

    COMMITTEE = "committee", _("Women workers' committee")
    COMMISSIONER = "commissioner", _("Women workers' commissioner")
    NONE = "none", pgettext_lazy("women workers' organisation", "Not set up")


class TermState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("term of office", "Being prepared")
    ELECTED = "elected", pgettext_lazy("term of office", "Elected, waits for approval")
    RETURNED = "returned", pgettext_lazy("term of office", "Returned by the federation")
    IN_OFFICE = "in_office", pgettext_lazy("term of office", "In office")
    ENDED = "ended", pgettext_lazy("term of office", "Ended")
    CALLED_OFF = "called_off", pgettext_lazy("term of office", "Called off")


UNDER_WAY = frozenset({TermState.PREPARED, TermState.ELECTED, TermState.RETURNED})


class Position(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("women workers' committee", "Head")
    DEPUTY = "deputy", pgettext_lazy("women workers' committee", "Deputy head")
    MEMBER = "member", pgettext_lazy("women workers' committee", "Member")
    COMMISSIONER = "commissioner", _("Women workers' commissioner")


class UnionPost(models.TextChoices):
    """What qualifies a head: (deputy) chair of the union, or the treatment of one (§4.1)."""

    CHAIR = "chair", _("Chair of the union")
    DEPUTY = "deputy", _("Deputy chair of the union")
    EQUAL = "equal", _("Treated as a deputy chair")
    NONE = "none", pgettext_lazy("post in the union", "None of these")


class LeftBecause(models.TextChoices):
    RESIGNED = "resigned", pgettext_lazy("left a post", "Resigned")
    RETIRED = "retired", pgettext_lazy("left a post", "Retired")
    MOVED = "moved", pgettext_lazy("left a post", "Moved to another unit")
    RECALLED = "recalled", pgettext_lazy("left a post", "Recalled")
    TERM_ENDED = "term_ended", pgettext_lazy("left a post", "The term ended")
    OTHER = "other", pgettext_lazy("left a post", "Another reason")


class PaperKind(models.TextChoices):
    REQUEST = "request", _("Request for approval")
    ELECTION = "election", _("Record of the election")
    APPROVAL = "approval", _("Approval")
    MINUTES = "minutes", _("Minutes")
    PLAN = "plan", _("Work plan or summary")
    RULES = "rules", _("Rules or systems")
    OTHER = "other", pgettext_lazy("kind of paper", "Other")


class Required(models.TextChoices):
    """What the number of women members asks for; unknown where nobody stated it."""

    COMMITTEE = "committee", _("A committee is required")
    COMMISSIONER = "commissioner", _("A commissioner will do")
    NOTHING = "nothing", _("No women members")
    UNKNOWN = "unknown", _("Number of women members not stated")


class Answer(models.TextChoices):
    """Yes, no, or nobody knows: missing is not no."""

    YES = "yes", pgettext_lazy("standing", "Yes")
    NO = "no", pgettext_lazy("standing", "No")
    UNKNOWN = "unknown", pgettext_lazy("standing", "Not stated")


class TermStanding(models.TextChoices):
    NONE = "none", pgettext_lazy("standing of a term", "No term on record")
    RUNNING = "running", pgettext_lazy("standing of a term", "Running")
    ENDING = "ending", pgettext_lazy("standing of a term", "Ends soon")
    OVERDUE = "overdue", pgettext_lazy("standing of a term", "Overdue")


class SizeClass(models.TextChoices):
    """By women members; the first bound is the threshold of the requirements in force."""

    NONE = "none", _("No women members")
    BELOW = "below", _("Fewer than required for a committee")
    SMALL = "small", _("Up to 24 women members")
    MEDIUM = "medium", _("25 to 199 women members")
    LARGE = "large", _("200 women members and more")
    UNKNOWN = "unknown", pgettext_lazy("size", "Not stated")


class Subject(models.TextChoices):
    """What a union can be reminded of; each is a list of unions to call."""

    COMMITTEE = "committee", _("Committee missing")
    TERM_OVERDUE = "term_overdue", _("Term overdue")
    TERM_ENDING = "term_ending", _("Term ends soon")
    NOT_STATED = "not_stated", _("Women members not stated")
    HEAD = "head", _("Head not qualified or not stated")
