"""Codes of hardship relief with their labels (DOMAIN-services §3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """困难类别, in the order in which they are tested (§3.1)."""

    DEEP = "deep", _("Deep hardship")
    RELATIVE = "relative", _("Relative hardship")
    SUDDEN = "sudden", _("Hardship through a sudden event")
    NONE = "none", _("No hardship by the rules")


class Cause(models.TextChoices):
    """致困原因 (§3.4): exactly one main, up to three more. A class, never a diagnosis."""

    CANNOT_WORK = "cannot_work", _("Unable to work")
    NO_JOB = "no_job", _("Able to work, without a job")
    LAID_OFF = "laid_off", _("Laid off or unemployed")
    UNINSURED = "uninsured", _("Not in social insurance")
    INSURANCE_SHORT = "insurance_short", _("Social insurance not paid out as due")
    SERIOUS_ILLNESS = "serious_illness", _("Serious illness")
    DISASTER = "disaster", _("Natural disaster")
    ACCIDENT = "accident", _("Accident")
    SCHOOLING = "schooling", _("Children at school")
    OTHER = "other", _("Other")


class FileState(models.TextChoices):
    """``draft``: being applied for. A household on file or suspended is live: nobody in it can stand in another."""

    DRAFT = "draft", _("Being applied for")
    ON_FILE = "on_file", _("On file")
    SUSPENDED = "suspended", _("Suspended")
    EXITED = "exited", _("Left the file")
    DROPPED = "dropped", _("Not taken on file")


LIVE_FILES = frozenset({FileState.DRAFT, FileState.ON_FILE, FileState.SUSPENDED})


class ExitReason(models.TextChoices):
    """§3.7"""

    OUT_OF_HARDSHIP = "out_of_hardship", _("Out of hardship")
    SAFETY_NET = "safety_net", _("Passed on to the government's safety net")
    RETIRED = "retired", _("Retired")
    MOVED = "moved", _("Moved away")
    DIED = "died", _("Died")
    MISTAKEN = "mistaken", _("Taken on file by mistake")
    OWN_WISH = "own_wish", _("At her own wish")


class Relation(models.TextChoices):
    SELF = "self", _("Herself")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    PARENT = "parent", pgettext_lazy("relative", "Parent")
    PARENT_IN_LAW = "parent_in_law", _("Parent-in-law")
    SIBLING = "sibling", _("Brother or sister")
    GRANDPARENT = "grandparent", _("Grandparent")
    GRANDCHILD = "grandchild", _("Grandchild")
    OTHER = "other", _("Other relative")


class WorkState(models.TextChoices):
    AT_WORK = "at_work", _("At work")
    LAID_OFF = "laid_off", _("Laid off")
    JOBLESS = "jobless", _("Without a job")
    CANNOT_WORK = "cannot_work", _("Unable to work")
    SICK_LEAVE = "sick_leave", _("On sick leave")
    RETIRED = "retired", _("Retired")
    AT_SCHOOL = "at_school", _("At school")
    TOO_YOUNG = "too_young", _("Below school age")


class Health(models.TextChoices):
    """Only what a decision needs; no diagnosis."""

    WELL = "well", _("Well")
    LONG_TERM = "long_term", _("Long-term illness")
    SERIOUS = "serious", _("Serious illness")
    DISABLED = "disabled", pgettext_lazy("state of health", "Disabled")


class SchoolStage(models.TextChoices):
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    COMPULSORY = "compulsory", _("Primary or junior secondary school")
    SENIOR = "senior", _("Senior secondary or vocational school")
    COLLEGE = "college", _("College or university")
    POSTGRADUATE = "postgraduate", _("Postgraduate studies")


class SchoolType(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("school", "Public")
    PRIVATE_HIGH_FEE = "private_high_fee", _("Private with high fees")
    MILITARY = "military", _("Military")
    FEE_FREE_TEACHER = "fee_free_teacher", _("Fee-free teacher training")
    DIRECTED = "directed", _("Directed training")
    SINO_FOREIGN = "sino_foreign", _("Sino-foreign programme")
    ABROAD = "abroad", _("Abroad")


class CareGroup(models.TextChoices):
    """Who is cared for at the festivals (§3.9 S101m S102m); a programme names those it is for."""

    LOW_INCOME = "low_income", _("Laid off, or with a low income")
    ILL_OR_STRUCK = "ill_or_struck", _("In trouble through illness, accident or disaster")
    FIRM_IN_TROUBLE = "firm_in_trouble", _("At a firm in trouble")
    WORK_INJURY = "work_injury", _("Injured or ill through work, and their families")
    HARSH_WORK = "harsh_work", _("At the front line of hard, dirty or dangerous work")
    DISASTER_LINE = "disaster_line", _("At the front line against a disaster")
    HOLIDAY_DUTY = "holiday_duty", _("On duty over the holidays")
    POSTED_AWAY = "posted_away", _("Posted far from home")
    NEW_FORM = "new_form", _("In a new form of employment: riders, drivers, domestic workers")
    KEY_PROJECT = "key_project", _("At a key building project")


NO_GROUP = "none"


class IncomeKind(models.TextChoices):
    """What counts as income (§3.2)."""

    WAGES = "wages", _("Wages")
    BUSINESS = "business", _("Business")
    PENSION = "pension", _("Pension")
    MAINTENANCE = "maintenance", _("Maintenance")
    UNEMPLOYMENT = "unemployment", _("Unemployment benefit")
    SURVIVOR = "survivor", _("Survivors' allowance")
    COMPENSATION = "compensation", _("Compensation")
    PROPERTY = "property", _("Interest, dividends, rent")
    GIFTS = "gifts", _("Gifts")
    UNION_GRANTS = "union_grants", _("Union grants for living, study or treatment")
    FESTIVAL_COMFORT = "festival_comfort", _("Small festival comfort money")
    BASE_PENSION = "base_pension", _("Base part of the residents' pension")
    OTHER = "other", _("Other")


class SpendingKind(models.TextChoices):
    """刚性支出 (§3.2)."""

    MEDICAL = "medical", _("Medical costs paid out of pocket")
    CARE = "care", _("Disability and long-term care")
    TUITION = "tuition", _("Tuition")
    JOB = "job", _("Necessary cost of finding work")


class Marital(models.TextChoices):
    SINGLE = "single", _("Unmarried")
    MARRIED = "married", _("Married")
    DIVORCED = "divorced", _("Divorced")
    WIDOWED = "widowed", _("Widowed")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    RETIRED = "retired", _("Replaced")


class ProgrammeKind(models.TextChoices):
    """§3.9. ``filing`` is the hardship file itself (建档): it pays nothing and opens the others."""

    FILING = "filing", _("Hardship file")
    FESTIVAL_CARE = "festival_care", _("Festival care")
    SINGLE_PARENT = "single_parent", _("Help for single mothers")
    STUDY_AID = "study_aid", _("Study aid")
    TEMPORARY = "temporary", _("Temporary relief")
    EMERGENCY = "emergency", _("Emergency relief after serious illness or accident")


class AmountKind(models.TextChoices):
    FIXED = "fixed", _("A fixed sum by category")
    MONTHS_OF_LINE = "months_of_line", _("Months of the minimum living line")
    COST_BANDS = "cost_bands", _("A sum by bands of the cost she paid herself")
    COST_SHARE = "cost_share", _("A share of the cost she paid herself")
    BY_STAGE = "by_stage", _("A sum by the stage of school")


class AwardState(models.TextChoices):
    DUE = "due", _("Decided")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Returned by the bank")
    CANCELLED = "cancelled", _("Cancelled")


class CheckResult(models.TextChoices):
    ABSENT = "absent", _("Doesn't apply")
    PRESENT = "present", _("Applies")
    UNCLEAR = "unclear", _("Not clear yet")


class OverlapChoice(models.TextChoices):
    ALLOW = "allow", _("Both may stand")
    REDUCE = "reduce", _("Reduce this one")
    REFUSE = "refuse", _("Refuse this one")
    NO_MATCH = "no_match", _("Not the same person or event")


class AssessmentKind(models.TextChoices):
    INCOME = "income", _("Income test")
    ELIGIBILITY = "eligibility", _("Conditions of the programme")
    AMOUNT = "amount", _("Amount")


class ReturnFinding(models.TextChoices):
    STEADY = "steady", _("Steady")
    AT_RISK = "at_risk", _("At risk of relapse")
    RELAPSED = "relapsed", _("In hardship again")
    NOT_REACHED = "not_reached", _("Not reached")


class Housing(models.TextChoices):
    """住房类型 (§3.4)."""

    OWNED = "owned", _("Own home")
    SELF_BUILT = "self_built", _("Built by the family")
    PUBLIC_RENTAL = "public_rental", _("Public or low-rent housing")
    RENTED = "rented", _("Rented")
    DORMITORY = "dormitory", _("Staff dormitory")
    NONE = "none", _("None")


class MedicalInsurance(models.TextChoices):
    EMPLOYEES = "employees", _("Employees' insurance")
    RESIDENTS = "residents", _("Residents' insurance")
    NONE = "none", _("None")


# What may have happened, as causes of a sudden kind. With its month it tells one event from another.
EVENTS = (Cause.SERIOUS_ILLNESS, Cause.ACCIDENT, Cause.DISASTER, Cause.OTHER)


class OverlapRule(models.TextChoices):
    """Why two things are taken for one (D14)."""

    SAME_PERSON = "same_person", _("The same person")
    SAME_HOUSEHOLD = "same_household", _("The same household")
    SAME_EVENT = "same_event", _("The same event in one household")
    SAME_ACCOUNT = "same_account", _("The same bank account")
    OUTSIDE_AID = "outside_aid", _("Aid from outside")
    OTHER_SERVICE = "other_service", _("A benefit of another union service")


class DocumentKind(models.TextChoices):
    """申报材料 and attachments (§3.4, §3.5). What a visit leaves behind stands among them."""

    APPLICATION = "application", _("Signed application")
    IDENTITY = "identity", _("Identity cards of the household")
    HOUSEHOLD_REGISTER = "household_register", _("Household register")
    INCOME = "income", _("Proof of income of the last year")
    ALLOWANCE = "allowance", _("Proof of the minimum living allowance")
    JOBLESS = "jobless", _("Proof of being without a job")
    DIAGNOSIS = "diagnosis", _("Certificate of a hospital")
    BILLS = "bills", _("Bills paid out of pocket")
    DISABILITY = "disability", _("Disability certificate")
    EVENT = "event", _("Proof of the accident or disaster")
    ADMISSION = "admission", _("Letter of admission or proof of schooling")
    FEES = "fees", _("Proof of school fees")
    DIVORCE = "divorce", _("Proof of divorce or widowhood")
    CONTRACT = "contract", _("Labour contract")
    BANK_CARD = "bank_card", _("Photo of the bank card")
    CHECK_LEAVE = "check_leave", _("Signed leave to check the household's means")
    VISIT_PHOTO = "visit_photo", _("Photo of the home visit")
    VISIT_SIGNATURE = "visit_signature", _("Signature at the home visit")
    OTHER = "other", _("Other paper")


class Exclusion(models.TextChoices):
    """排除条件 (§3.3): staff look into each and say what they found."""

    TWO_HOMES = "two_homes", _("Two homes or more")
    TRADES = "trades", _("Owns a shop, or hires others to trade")
    COSTLY_SCHOOL = "costly_school", _("A child at a costly private school, or abroad at the family's cost")
    IDLE = "idle", _("Somebody able to work doesn't, without a reason")
    SOCIALISED_PENSION = "socialised_pension", _("Retired, with the pension in the hands of the street")
    VEHICLES = "vehicles", _("A vehicle beyond daily need, or a company")
