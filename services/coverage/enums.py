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
    STATED = "stated", _("Chair or deputy chair, not stated which")
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


class ReturnForm(models.TextChoices):
    """Which of the two forms of the annual return a union fills in (§4.3: 基层工会, 基层以上工会)."""

    GRASSROOTS = "grassroots", _("Form for grassroots unions")
    UPPER = "upper", _("Form for unions above")


class ReturnState(models.TextChoices):
    """Where an annual return stands. ``accepted`` counts above; ``locked`` is changed only by a new version."""

    DRAFT = "draft", pgettext_lazy("annual return", "Being filled in")
    RETURNED = "returned", pgettext_lazy("annual return", "Sent back")
    SIGNED = "signed", pgettext_lazy("annual return", "Signed, not yet submitted")
    SUBMITTED = "submitted", pgettext_lazy("annual return", "Submitted")
    ACCEPTED = "accepted", pgettext_lazy("annual return", "Accepted")
    LOCKED = "locked", pgettext_lazy("annual return", "Locked")
    SUPERSEDED = "superseded", pgettext_lazy("annual return", "Replaced by a later version")


# Figures can be written; not yet with the level above; under way at all; counted by the level above.
WRITABLE = (ReturnState.DRAFT, ReturnState.RETURNED)
NOT_HANDED_IN = (*WRITABLE, ReturnState.SIGNED)
RETURN_UNDER_WAY = (*NOT_HANDED_IN, ReturnState.SUBMITTED)
COUNTED = (ReturnState.ACCEPTED, ReturnState.LOCKED)


class ReturnVerb(models.TextChoices):
    SAVE = "save", pgettext_lazy("annual return", "Figures written")
    SIGN = "sign", pgettext_lazy("annual return", "Signed")
    TAKE_BACK = "take_back", pgettext_lazy("annual return", "Signature taken back")
    SUBMIT = "submit", pgettext_lazy("annual return", "Submitted to the level above")
    SEND_BACK = "send_back", pgettext_lazy("annual return", "Sent back")
    ACCEPT = "accept", pgettext_lazy("annual return", "Accepted")
    LOCK = "lock", pgettext_lazy("annual return", "Locked")
    AMEND = "amend", pgettext_lazy("annual return", "New version begun")
    REMIND = "remind", pgettext_lazy("annual return", "Reminded")


class ReturnGroup(models.TextChoices):
    """The parts of the form, in its order."""

    ORGANISATION = "organisation", _("Women workers' organisation")
    PEOPLE = "people", _("Staff and members")
    CADRES = "cadres", _("Cadres for women workers")
    CONTRACTS = "contracts", _("Special collective contract for women workers")
    WORK = "work", _("Work of the year")
    CARE = "care", _("Care and protection")


class ReturnField(models.TextChoices):
    """What is asked (§4.3, §4.4); ``rules.return_fields`` says how."""

    WOMEN_FORM = "women_form", _("Women workers' organisation of the union")
    TERM_ENDS_ON = "term_ends_on", _("Its term of office ends on")
    STAFF = "staff", pgettext_lazy("annual return", "Staff")
    STAFF_WOMEN = "staff_women", _("of whom women")
    MEMBERS = "members", _("Members of the union")
    MEMBERS_WOMEN = "members_women", pgettext_lazy("members", "of whom women")
    CADRES_FULL = "cadres_full", _("Full-time cadres for women workers")
    CADRES_PART = "cadres_part", _("Part-time cadres for women workers")
    CONTRACTS = "contracts", _("Special contracts in force")
    CONTRACT_UNITS = "contract_units", _("Employers they cover")
    CONTRACT_WOMEN = "contract_women", _("Women they cover")
    NURSING_ROOMS = "nursing_rooms", _("Nursing rooms")
    MEETINGS = "meetings", _("Meetings of the committee")
    INSPECTIONS = "inspections", _("Checks on women's rights")
    TRAININGS = "trainings", _("Trainings held")
    TRAINED_WOMEN = "trained_women", _("Women who took part in them")
    EMPLOYERS = "employers", _("Employers that the union covers")
    RULE_EMPLOYERS = "rule_employers", _("of them applying the special rules on labour protection of women")
    DIRECTORS = "directors", _("Employee directors")
    DIRECTORS_WOMEN = "directors_women", pgettext_lazy("employee directors", "of whom women")
    SUPERVISORS = "supervisors", _("Employee supervisors")
    SUPERVISORS_WOMEN = "supervisors_women", pgettext_lazy("employee supervisors", "of whom women")
    SCREENED_WOMEN = "screened_women", _("Women screened")
    HARDSHIP_WOMEN = "hardship_women", _("Women in hardship on file")
    SINGLE_PARENTS = "single_parents", _("Single mothers on file")
    AID_JOINED = "aid_joined", _("Women covered by mutual aid")
    AID_CLAIMS = "aid_claims", _("Claims to mutual aid")
    AID_PAID = "aid_paid", _("Mutual aid paid, whole yuan")


class ReturnSum(models.TextChoices):
    """What follows from the figures of grassroots unions and is never typed."""

    UNIONS = "unions", _("Grassroots unions in this return")
    UNIONS_REQUIRED = "unions_required", _("of them with so many women members that a committee is required")
    REQUIRED_BUILT = "required_built", _("of these with a women workers' committee")
    UNIONS_BUILT = "unions_built", _("Grassroots unions with a women workers' committee or commissioner")


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


class ChecklistState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("checklist", "Draft")
    IN_FORCE = "in_force", pgettext_lazy("checklist", "In force")
    RETIRED = "retired", pgettext_lazy("checklist", "Replaced")


class ItemGroup(models.TextChoices):
    """The three parts of the standardisation checklist (组织建设、制度建设、工作开展)."""

    ORGANISATION = "organisation", pgettext_lazy("part of the checklist", "Organisation")
    SYSTEMS = "systems", pgettext_lazy("part of the checklist", "Working systems")
    WORK = "work", pgettext_lazy("part of the checklist", "Work done")


class PassKind(models.TextChoices):
    POINTS = "points", _("Points")
    PER_CENT = "per_cent", _("Per cent of all points")


class AutomaticRule(models.TextChoices):
    """What the record answers by itself; the codes are those of ``rules.scoring.AUTOMATIC``."""

    BUILT = "built", _("A committee exists where one is required")
    SIMULTANEOUS = "simultaneous", _("Set up together with the union")
    TERM = "term", _("The term is not overdue")
    IN_STEP = "in_step", _("The term ends with the union's")
    CHAIR = "chair_qualified", _("The head is qualified")
    APPROVAL = "approval_on_file", _("The approval is on file")


class AssessmentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("self-assessment", "Being filled in")
    SUBMITTED = "submitted", pgettext_lazy("self-assessment", "Waits for review")
    RETURNED = "returned", pgettext_lazy("self-assessment", "Returned")
    REVIEWED = "reviewed", pgettext_lazy("self-assessment", "Reviewed")


WITH_THE_UNIT = frozenset({AssessmentState.DRAFT, AssessmentState.RETURNED})


class Subject(models.TextChoices):
    """What a union can be reminded of; each is a list of unions to call."""

    COMMITTEE = "committee", _("Committee missing")
    COMMISSIONER = "commissioner", _("Commissioner missing")
    TERM_OVERDUE = "term_overdue", _("Term overdue")
    TERM_ENDING = "term_ending", _("Term ends soon")
    NOT_STATED = "not_stated", _("Women members not stated")
    HEAD = "head", _("Head not qualified or not stated")
    OUT_OF_STEP = "out_of_step", _("Term out of step with the union's")
