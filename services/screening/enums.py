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


class Counts(models.TextChoices):
    """Which earlier screenings count for a programme's interval."""

    ALL = "all", _("Screenings of every kind")
    SAME = "same", _("Only screenings of the same kind")


class Elsewhere(models.TextChoices):
    """What a live booking in another programme within the interval does."""

    BLOCK = "block", _("She can't book here")
    WARN = "warn", _("She is told and may book all the same")


class Method(models.TextChoices):
    """What a cervical screening was done with: the interval turns on it (DOMAIN-services §2.3, S62m)."""

    CYTOLOGY = "cytology", _("Cytology")
    HPV = "hpv", _("HPV test")


class Region(models.TextChoices):
    """Regions whose regulation about the employer's check-up is known; their figures stand in ``rules.kinds``."""

    FUJIAN = "fujian", _("Fujian")
    SHANXI = "shanxi", _("Shanxi")
    OTHER = "other", _("Another region")


class MaritalRule(models.TextChoices):
    ANY = "any", _("Not asked")
    EVER_MARRIED = "ever_married", _("Married, divorced or widowed")
    MARRIED = "married", _("Married")


class HistorySource(models.TextChoices):
    ATTENDED = "attended", _("This system's record")
    DECLARED = "declared", _("Her own statement")
    IMPORTED = "imported", _("Imported")


class Movement(models.TextChoices):
    """What moved a woman's place on the waiting list, as she reads it. Nobody else is named."""

    SERVED = "served", _("A place became free and went to a woman ahead of you: you moved up.")
    LEFT = "left", _("A woman ahead of you left the list: you moved up.")
    GROUP_AHEAD = "group_ahead", _("A woman joined who is served before you by the rules of the programme.")
    OTHER_AHEAD = "other_ahead", _("Another woman was put ahead by an officer; the reason is recorded.")
    OTHER_BEHIND = "other_behind", _("A woman ahead of you was put behind; the reason is recorded.")
    MOVED_UP = "moved_up", _("You were put further ahead.")
    MOVED_DOWN = "moved_down", _("You were put further behind.")


class EnrolmentState(models.TextChoices):
    DRAFT = "draft", _("Previewed")
    DONE = "done", _("Carried out")


class RowPlan(models.TextChoices):
    """What the preview says of a woman of a group."""

    BOOK = "book", _("Fits")
    OFFER = "offer", _("Fits, asks for her consent")
    REFUSE = "refuse", _("Doesn't fit")
    UNKNOWN = "unknown", _("A fact is missing")


class RowOutcome(models.TextChoices):
    """What became of her when the group was enrolled."""

    BOOKED = "booked", _("Booked")
    OFFERED = "offered", _("Place kept until she agrees")
    CHANGED = "changed", _("Changed since the preview")
    LEFT_OUT = "left_out", _("Left out")


class Conclusion(models.TextChoices):
    """Classes of DOMAIN-services §2.3; whoever did not come has no result at all."""

    NORMAL = "normal", _("No abnormality found")
    BENIGN_FOLLOW_UP = "benign_follow_up", _("Benign, to be watched")
    ABNORMAL = "abnormal_need_diagnosis", _("Abnormal, needs a diagnosis")
    PRECANCER = "confirmed_precancer", _("Precancerous, confirmed")
    CANCER = "confirmed_cancer", _("Cancer, confirmed")
    NOT_SUITABLE = "not_suitable", _("Could not be examined this time")


class TbsClass(models.TextChoices):
    """Classes of the Bethesda system, as laboratories print them."""

    NILM = "nilm", "NILM"
    ASC_US = "asc_us", "ASC-US"
    ASC_H = "asc_h", "ASC-H"
    LSIL = "lsil", "LSIL"
    HSIL = "hsil", "HSIL"
    AGC = "agc", "AGC"
    AIS = "ais", "AIS"
    SCC = "scc", "SCC"
    ADENOCARCINOMA = "adeno", "ADC"
    UNSATISFACTORY = "unsatisfactory", _("Sample can't be read")


class BiRads(models.TextChoices):
    ZERO = "0", "BI-RADS 0"
    ONE = "1", "BI-RADS 1"
    TWO = "2", "BI-RADS 2"
    THREE = "3", "BI-RADS 3"
    FOUR = "4", "BI-RADS 4"
    FIVE = "5", "BI-RADS 5"
    SIX = "6", "BI-RADS 6"


class FollowUpState(models.TextChoices):
    TO_NOTIFY = "to_notify", _("To be told")
    NOTIFIED = "notified", _("Told")
    RECHECKED = "rechecked", _("Examined again")
    CLOSED = "closed", _("Closed")
    LOST = "lost", _("Lost from sight")


OPEN_FOLLOW_UPS = (FollowUpState.TO_NOTIFY, FollowUpState.NOTIFIED, FollowUpState.RECHECKED)


class FollowUpOutcome(models.TextChoices):
    """How a follow-up ended. The last two are set by what happens elsewhere, never by hand."""

    SEEN = "seen_by_hospital", _("Seen by a hospital")
    REFUSED = "refused", _("She declines")
    MOVED = "moved_away", _("Moved away")
    UNREACHABLE = "unreachable", _("Can't be reached")
    WITHDRAWN = "consent_withdrawn", _("She withdrew her consent")
    CORRECTED = "corrected", _("The result was corrected")


CLOSED_BY_HAND = (
    FollowUpOutcome.SEEN,
    FollowUpOutcome.REFUSED,
    FollowUpOutcome.MOVED,
    FollowUpOutcome.UNREACHABLE,
)


class ContactChannel(models.TextChoices):
    PORTAL = "portal", _("Portal")
    SMS = "sms", _("SMS")
    PHONE = "phone", _("Telephone")
    LETTER = "letter", _("Letter")


class AttemptOutcome(models.TextChoices):
    REACHED = "reached", _("She was told")
    NO_ANSWER = "no_answer", _("No answer")
    WRONG_ADDRESS = "wrong_address", _("Number or address is wrong")
    SENT = "sent", _("Sent, no answer yet")
    RECHECKED = "rechecked", _("She has been examined again")
