"""Codes of the programme of homes for left-behind children (留守儿童之家), and who may read what of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Role

# Who sees homes inside the tree she is assigned to. Children are another matter: `child_files` says who sees them.
READERS = frozenset(
    {
        Role.WF_OFFICER,
        Role.WF_FINANCE,
        Role.HOME_TEACHER,
        Role.HOME_INSPECTOR,
        Role.PRIVACY_OFFICER,
        Role.AUDITOR,
    }
)


class ProgrammeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("programme of homes", "Being set up")
    ACTIVE = "active", pgettext_lazy("programme of homes", "Running")
    CLOSED = "closed", pgettext_lazy("programme of homes", "Closed")


class Profile(models.TextChoices):
    """Which standard list of equipment and which rubric items apply; apart from the kind of site (T14)."""

    SCHOOL = "school", _("School home")
    PRESCHOOL = "preschool", _("Home for children below school age")


class SiteType(models.TextChoices):
    MIDDLE_SCHOOL = "middle_school", _("Township middle school")
    PRIMARY_SCHOOL = "primary_school", _("Township primary school")
    VILLAGE_PRIMARY = "village_primary", _("Village primary school")
    KINDERGARTEN = "kindergarten", _("Village kindergarten")


class HomeState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("home", "Planned")
    UNDER_CONSTRUCTION = "under_construction", pgettext_lazy("home", "Being built")
    EQUIPPED = "equipped", pgettext_lazy("home", "Equipped")
    COUNTY_INSPECTED = "county_inspected", pgettext_lazy("home", "Inspected by the county")
    ACCEPTED = "accepted", pgettext_lazy("home", "Accepted")
    OPERATING = "operating", pgettext_lazy("home", "Operating")
    SUSPENDED = "suspended", pgettext_lazy("home", "Suspended")
    ADJUSTED = "adjusted", pgettext_lazy("home", "Reassigned")
    CLOSED = "closed", pgettext_lazy("home", "Closed")


# A home in one of these has children or will have them.
ALIVE = frozenset(HomeState.values) - {HomeState.ADJUSTED, HomeState.CLOSED}


class Chain(models.TextChoices):
    """The two chains of letters of responsibility (责任书) that run side by side (M2, M6)."""

    GOVERNMENT = "government", _("Leading groups of the governments")
    WOMENS_FEDERATION = "womens_federation", _("Women's federations")


class LetterState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("letter of responsibility", "Not signed")
    SIGNED_A = "signed_a", pgettext_lazy("letter of responsibility", "Signed by the upper side")
    SIGNED_BOTH = "signed_both", pgettext_lazy("letter of responsibility", "Signed by both sides")
    FULFILLED = "fulfilled", pgettext_lazy("letter of responsibility", "Fulfilled")
    BREACHED = "breached", pgettext_lazy("letter of responsibility", "Not kept")


# A letter binds from here on.
SIGNED = frozenset({LetterState.SIGNED_BOTH, LetterState.FULFILLED, LetterState.BREACHED})


class ApplicationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("site application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("site application", "Handed in")
    COUNTY_CHECKED = "county_checked", pgettext_lazy("site application", "Checked by the county")
    CITY_REVIEW = "city_review", pgettext_lazy("site application", "Under review by the city")
    INCLUDED = "included", pgettext_lazy("site application", "In the plan")
    RETURNED = "returned", pgettext_lazy("site application", "Returned")
    REJECTED = "rejected", pgettext_lazy("site application", "Rejected")


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("construction plan", "Draft")
    CONSULT = "consult", pgettext_lazy("construction plan", "Opinions asked for")
    APPROVED = "approved", pgettext_lazy("construction plan", "Approved")
    PUBLISHED = "published", pgettext_lazy("construction plan", "Published")
    AMENDED = "amended", pgettext_lazy("construction plan", "Replaced by a later version")


class Department(models.TextChoices):
    EDUCATION = "education", _("Education")
    FINANCE = "finance", _("Finance")


class RequirementCode(models.TextChoices):
    """What a programme reads out of its plan: each a number or a level, with the words it was read from."""

    ROOM = "room", _("Classroom (m²)")
    OUTDOOR = "outdoor", _("Outdoor ground (m²)")
    TEACHERS = "teachers", _("Teachers of a home")
    EDUCATION_SCHOOL = "education_school", _("Education of managers, school homes")
    EDUCATION_PRESCHOOL = "education_preschool", _("Education of managers, homes below school age")
    VIDEO = "video", _("Homes with video calls in a county")
    VETTING = "vetting", _("Months that a check of a volunteer counts")


class Education(models.TextChoices):
    """In rising order."""

    BELOW = "below", pgettext_lazy("education", "Below secondary vocational")
    SECONDARY_VOC = "secondary_voc", pgettext_lazy("education", "Secondary vocational")
    COLLEGE = "college", pgettext_lazy("education", "College")
    BACHELOR = "bachelor", pgettext_lazy("education", "Bachelor")
    MASTER = "master", pgettext_lazy("education", "Master or above")


class MilestoneCode(models.TextChoices):
    M1 = "M1", _("Joint conference and launch")
    M2 = "M2", _("Letters between city and counties")
    M3 = "M3", _("Rules for building and for running")
    M4 = "M4", _("Site applications of the counties")
    M5 = "M5", _("Construction plan of the city")
    M6 = "M6", _("Letters between counties and townships")
    M7 = "M7", _("Equipment delivered and in place")
    M8 = "M8", _("Inspection and acceptance")
    M9 = "M9", _("Completion conference")


class Level(models.TextChoices):
    """Who answers for a milestone."""

    CITY = "city", pgettext_lazy("level", "City")
    COUNTY = "county", pgettext_lazy("level", "County")
    BOTH = "both", pgettext_lazy("level", "City and counties")


class CommitteeKind(models.TextChoices):
    """Bodies with near-identical names that must not be mixed up (T16)."""

    CITY_LBC_LG = "city_lbc_lg", _("City leading group for left-behind and migrant children")
    COUNTY_LBC_LG = "county_lbc_lg", _("County leading group for left-behind and migrant children")
    COUNTY_CONSTRUCTION_LG = "county_construction_lg", _("County leading group for building the homes")
    COUNTY_OPERATION_LG = "county_operation_lg", _("County leading group for running the homes")
    HOME_COMMITTEE = "home_committee", _("Committee of the home itself")


OF_COUNTY = (CommitteeKind.COUNTY_LBC_LG, CommitteeKind.COUNTY_CONSTRUCTION_LG, CommitteeKind.COUNTY_OPERATION_LG)


class CommitteePosition(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("committee of a home", "Head")
    VICE = "vice", pgettext_lazy("committee of a home", "Deputy head")
    MEMBER = "member", pgettext_lazy("committee of a home", "Member")


class Post(models.TextChoices):
    """Which public post somebody holds who sits in a committee (A1.13, A1.14, A1.25)."""

    PARTY_GOVERNMENT_DEPUTY = "party_government_deputy", _("Deputy head of party committee or government")
    COUNTY_WF_CHAIR = "county_wf_chair", _("Chair of the county's women's federation")
    COUNTY_EDUCATION = "county_education", _("Education department")
    COUNTY_FINANCE = "county_finance", _("Finance department")
    TOWNSHIP_DEPUTY = "township_deputy", _("Township leader in charge")
    TOWNSHIP_WF_CHAIR = "township_wf_chair", _("Chair of the township's women's federation")
    SCHOOL_HEAD = "school_head", _("Head of the school")
    VILLAGE_PARTY_SEC = "village_party_sec", _("Secretary of the village party branch")
    VILLAGE_DIRECTOR = "village_director", _("Director of the village committee")
    VILLAGE_WOMEN_HEAD = "village_women_head", _("Head of the village women's congress")
    KINDERGARTEN_HEAD = "kindergarten_head", _("Head of the kindergarten")
    CHILDREN_DIRECTOR = "children_director", _("Village children's director")
    CHILDREN_SUPERVISOR = "children_supervisor", _("Township children's supervisor")
    OTHER = "other", pgettext_lazy("post", "Other")


class StaffRole(models.TextChoices):
    TEACHER = "teacher", pgettext_lazy("children's home", "Teacher")
    MANAGER = "manager", pgettext_lazy("children's home", "Manager")


class PaidBy(models.TextChoices):
    """Teachers of schools get nothing on top; kindergartens pay from their fees (A1.23)."""

    NONE = "none", _("Nothing on top")
    FEES = "fees", _("Fees of the kindergarten")


class VolunteerKind(models.TextChoices):
    CARING_PERSON = "caring_person", _("Caring person")
    LOVING_MOTHER = "loving_mother", _("Loving mother")
    YOUTH = "youth", _("Young volunteer")
    PARTNER_DEPT = "partner_dept", _("Staff of a partner department")


class VettingResult(models.TextChoices):
    CLEARED = "cleared", pgettext_lazy("check of a volunteer", "Cleared")
    NOT_CLEARED = "not_cleared", pgettext_lazy("check of a volunteer", "Not cleared")


class Vetting(models.TextChoices):
    """Where a volunteer's check stands on a day: worked out, never stored."""

    CLEARED = "cleared", pgettext_lazy("check of a volunteer", "Cleared")
    EXPIRING = "expiring", pgettext_lazy("check of a volunteer", "Cleared, runs out soon")
    EXPIRED = "expired", pgettext_lazy("check of a volunteer", "Run out: suspended")
    NOT_CLEARED = "not_cleared", pgettext_lazy("check of a volunteer", "Not cleared: suspended")
    NEVER = "never", pgettext_lazy("check of a volunteer", "Not checked yet")


class RegulationKind(models.TextChoices):
    STUDY = "study", _("Rules for study")
    ACTIVITY = "activity", _("Rules for activities")
    MANAGEMENT = "management", _("Rules for management")
    LONG_TERM_PLAN = "long_term_plan", _("Long-term plan")
    ANNUAL_PLAN = "annual_plan", _("Annual plan")


# What hangs on the wall (rubric 8.3); plans need not.
ON_THE_WALL = (RegulationKind.STUDY, RegulationKind.ACTIVITY, RegulationKind.MANAGEMENT)


class ActivityKind(models.TextChoices):
    STUDY = "study", pgettext_lazy("activity", "Help with learning")
    SPORT = "sport", pgettext_lazy("activity", "Sport and games")
    ARTS = "arts", pgettext_lazy("activity", "Arts and reading")
    SAFETY = "safety", pgettext_lazy("activity", "Safety and health")
    HEART = "heart", pgettext_lazy("activity", "Care and talks")
    FAMILY = "family", pgettext_lazy("activity", "With parents and carers")
    FESTIVAL = "festival", pgettext_lazy("activity", "Festival")


class SummaryState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("summary report", "Being written")
    SENT = "sent", pgettext_lazy("summary report", "Sent to the city")
    ANSWERED = "answered", pgettext_lazy("summary report", "Answered by the city")
