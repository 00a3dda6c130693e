"""Codes of mutual aid with their labels. Section numbers are those of the domain report."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Operator(models.TextChoices):
    """Who runs a scheme (§1.1)."""

    BRANCH_OFFICE = "branch_office", _("Office of the national mutual-aid society")
    SOCIETY = "society", _("Mutual-aid society of the province or city")
    COMMERCIAL = "commercial", _("Insurance company, for the union")


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    RETIRED = "retired", _("Replaced")


class FeeSplit(models.TextChoices):
    """Who pays the fee (§1.4: 15 + 10 + 11 of 36; 55 + 55)."""

    FIXED = "fixed", _("As written here, for each share")
    BY_UNIT = "by_unit", _("Each unit says so when it enrols")


class Payer(models.TextChoices):
    UPPER = "upper", _("Upper union")
    UNIT = "unit", _("Unit")
    HERSELF = "herself", _("Herself")


class AgeLimit(models.TextChoices):
    """Up to which age she may join (§1.4)."""

    FIXED = "fixed", _("Up to the age written here")
    RETIREMENT = "retirement", _("Up to the legal retirement age")
    NONE = "none", _("No upper limit")


class ThresholdBase(models.TextChoices):
    """Of whom the group's share is taken (§1.4)."""

    WOMEN = "women", _("All women on the staff")
    STAFF = "staff", _("All staff")
    NONE = "none", _("No share is asked for")


class EffectiveRule(models.TextChoices):
    """On which day a cover begins (§1.5)."""

    UNIFIED = "unified", _("On one day for the whole batch")
    NEXT_DAY = "next_day", _("The day after fee and papers are complete")


class MidTerm(models.TextChoices):
    """Who may be added while the unit's period runs (§1.4)."""

    NOBODY = "nobody", _("Nobody")
    NEW_HIRES = "new_hires", _("Only who was hired since it began")
    ANYBODY = "anybody", _("Anybody")


class AdditionEnds(models.TextChoices):
    WITH_UNIT = "with_unit", _("With the unit's period")
    OWN_PERIOD = "own_period", _("After a whole period of its own")


class Leaving(models.TextChoices):
    """What becomes of a cover when she leaves the unit (§1.4: no rule seen; it then goes on)."""

    GOES_ON = "goes_on", _("Her cover goes on to its last day")
    ENDS = "ends", _("Her cover ends with the day on which she leaves")


class Duplicates(models.TextChoices):
    """Two rosters bring the same woman in one period (§1.4)."""

    FIRST_COUNTS = "first_counts", _("The first counts, the second is void")
    ADD_UP = "add_up", _("Shares add up to the most allowed")


class PriorDisease(models.TextChoices):
    """She had a listed disease before joining (§1.4)."""

    BARS = "bars", _("She can't join")
    NOT_COVERED = "not_covered", _("She can join; that disease isn't covered")


class AfterClaim(models.TextChoices):
    """She was paid in an earlier period (§1.5)."""

    NOT_THE_SAME = "not_the_same", _("She can join again; the earlier disease is never covered again")
    NEVER = "never", _("She can't join again")


class Grade(models.TextChoices):
    """诊断级别 (§1.3): never a yes or no."""

    IN_SITU = "in_situ", _("Carcinoma in situ")
    INVASIVE_PRIMARY = "invasive_primary", _("Invasive primary cancer")
    SURGERY_ONLY = "surgery_only", _("Operation without cancer")
    METASTATIC = "metastatic", _("Spread from another place")
    BORDERLINE = "borderline", _("Borderline tumour")
    OTHER = "other", pgettext_lazy("grade", "Other")


class InSitu(models.TextChoices):
    """What a carcinoma in situ of a listed disease counts as (§1.3)."""

    EXCLUDED = "excluded", _("Not covered")
    REDUCED = "reduced", _("A sum of its own")
    SAME = "same", _("The same as invasive cancer")


class Joined(models.TextChoices):
    """For whom a line of the waiting ladder counts (§1.5)."""

    FIRST = "first_join", _("First join")
    RENEWAL = "renewal", _("Unbroken renewal")
    BOTH = "both", _("Both")


class Result(models.TextChoices):
    """What a line of the ladder gives (§1.5)."""

    NOTHING = "none", _("Nothing: waiting period")
    CONDOLENCE = "condolence", _("Condolence sum")
    REDUCED = "reduced", _("Reduced sum")
    FULL = "full", _("Full sum")


class Treatment(models.TextChoices):
    """What must have been done for a line to pay (§1.6)."""

    NONE = "none", pgettext_lazy("treatment", "Nothing")
    HOSPITAL = "hospital", _("A stay in hospital")
    SURGERY = "surgery", _("An operation")
    EITHER = "either", _("A stay in hospital or an operation")


class HospitalLevel(models.TextChoices):
    """医院等级 (§1.7), lowest first. A level without a class stands at the bottom of its level."""

    CONVALESCENT = "convalescent", _("Convalescent or rehabilitation home")
    LEVEL_1 = "level_1", _("Level 1")
    LEVEL_2 = "level_2", _("Level 2")
    LEVEL_2B = "level_2b", _("Level 2, class B")
    LEVEL_2A = "level_2a", _("Level 2, class A")
    LEVEL_3 = "level_3", _("Level 3")


class Exclusion(models.TextChoices):
    """除外责任 (§1.6)."""

    PRE_EXISTING = "pre_existing", _("Disease from before joining")
    FRAUD = "fraud", _("Illness hidden, papers forged or altered")
    MISDIAGNOSIS = "misdiagnosis", _("Mistaken diagnosis of the hospital")
    METASTASIS = "metastasis", _("Spread from another disease")
    IN_SITU = "in_situ", _("Carcinoma in situ")


class Reason(models.TextChoices):
    """Why a claim isn't paid (§1.11): she reads the words that go with it."""

    NOT_INSURED_AT_DATE = "not_insured_at_date", _("Not covered on the day of the diagnosis")
    NOT_LISTED = "not_listed", _("Not a disease of the scheme")
    CIS_EXCLUDED = "cis_excluded", _("Carcinoma in situ isn't covered")
    METASTASIS = "metastasis", _("Spread from another disease")
    IN_EXEMPTION_PERIOD = "in_exemption_period", _("Diagnosed in the waiting period")
    PRE_EXISTING = "pre_existing", _("Disease from before joining")
    PRIOR_DISEASE = "prior_disease", _("Paid for this disease before")
    DUPLICATE = "duplicate", _("This cover was claimed already")
    FRAUD = "fraud", _("Illness hidden, papers forged or altered")
    MISDIAGNOSIS = "misdiagnosis", _("Mistaken diagnosis of the hospital")
    HOSPITAL_LEVEL = "hospital_level", _("Hospital below the level asked for")
    NO_HOSPITALISATION = "no_hospitalisation", _("No stay in hospital or operation")
    LATE_NOTICE = "late_notice", _("Reported too late")
    TIME_BARRED = "time_barred", _("Claimed too late")
    DOCS_MISSING = "docs_missing", _("Papers missing")


class DocumentKind(models.TextChoices):
    """申领材料 (§1.7)."""

    APPLICATION = "application", _("Application form of the unit's union")
    UNIT_STATEMENT = "unit_statement", _("The unit's statement of the illness")
    IDENTITY = "identity", _("Identity card")
    REQUEST = "request", _("Signed request of the member or a relative")
    DIAGNOSIS = "diagnosis", _("Certificate of diagnosis")
    CASE_FRONT_PAGE = "case_front_page", _("Front page of the hospital file")
    ADMISSION = "admission", _("Admission record")
    DISCHARGE = "discharge", _("Discharge summary")
    PATHOLOGY = "pathology", _("Pathology report")
    BLOOD_TEST = "blood_test", _("Blood tests")
    OPERATION = "operation", _("Record of the operation")
    BANK_CARD = "bank_card", _("Bank card")
    PROXY_IDENTITY = "proxy_identity", _("Identity card of whoever acts for her")
    OTHER = "other", pgettext_lazy("document", "Other")


class BatchKind(models.TextChoices):
    NEW = "new", _("First enrolment")
    RENEWAL = "renewal", pgettext_lazy("enrolment batch", "Renewal")
    ADDITION = "addition", _("Additions in mid-term")


class BatchState(models.TextChoices):
    """参保批次 (§1.11)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the federation")
    RETURNED = "returned", _("Returned for correction")
    CONFIRMED = "confirmed", _("Confirmed, not yet in force")
    EFFECTIVE = "effective", _("In force")
    EXPIRED = "expired", pgettext_lazy("enrolment batch", "Expired")
    DROPPED = "dropped", _("Given up")


LIVE_BATCHES = frozenset({BatchState.DRAFT, BatchState.SUBMITTED, BatchState.RETURNED, BatchState.CONFIRMED})


class PaperKind(models.TextChoices):
    """参保材料 (§1.4 S16 S19m)."""

    HEADCOUNT = "headcount", _("Headcount report")
    ROSTER = "roster", _("Stamped roster")
    VOUCHER = "voucher", _("Payment voucher")
    CHANGES = "changes", _("Sheet of newly hired women")
    OTHER = "other", pgettext_lazy("document", "Other")


class RowState(models.TextChoices):
    """One woman of a batch. ``look`` is for whatever a person has to settle, and says to nobody what it is."""

    READY = "ready", _("Can join")
    LOOK = "look", _("Needs a look")
    BARRED = "barred", _("Can't join")
    COVERED = "covered", _("Covered")
    VOID = "void", _("Void: covered already")


class CoverState(models.TextChoices):
    """What one version of a cover's history says. Waiting, running and expired follow from its days."""

    IN_FORCE = "in_force", _("In force")
    VOID = "void", _("Void")


class CoverChange(models.TextChoices):
    """Why a version of a cover's history was written."""

    ENROLLED = "enrolled", _("Enrolled")
    RENEWED = "renewed", _("Renewed")
    ADDED = "added", _("Added in mid-term")
    SHARES_ADDED = "shares_added", _("Shares of another roster added")
    SHARES_TAKEN_OUT = "shares_taken_out", _("Shares of a roster that was given up taken out")
    ENDED_BY_CLAIM = "ended_by_claim", _("Ended by a claim")
    CLAIM_UNDONE = "claim_undone", _("Claim undone: the cover goes on")
    CORRECTED = "corrected", _("Corrected")
    LEFT = "left", _("Ended: she left the unit")
    VOIDED = "voided", pgettext_lazy("cover", "Declared void")


class BenefitState(models.TextChoices):
    DUE = "due", _("Decided")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Returned by the bank")
    CANCELLED = "cancelled", _("Cancelled")


class NominationState(models.TextChoices):
    """慰问名单 (§1.7)."""

    NOMINATED = "nominated", _("Nominated")
    CONFIRMED = "confirmed", pgettext_lazy("nomination", "Confirmed")
    SKIPPED = "skipped", _("Left out this year")
    VISITED = "visited", _("Visited")
    DECLINED = "declined", _("Declined by her")
