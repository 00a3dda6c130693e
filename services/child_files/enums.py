"""Codes of children's files: states, purposes of consent, closed lists. Nothing here is free text about a child."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FileState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("child's file", "Begun")
    CONSENT_PENDING = "consent_pending", pgettext_lazy("child's file", "Waiting for the guardian's consent")
    ACTIVE = "active", pgettext_lazy("child's file", "In use")
    REVIEW_DUE = "review_due", pgettext_lazy("child's file", "To be reviewed")
    EXITED = "exited", pgettext_lazy("child's file", "Has left the home")
    RESTRICTED = "restricted", pgettext_lazy("child's file", "Locked")
    ANONYMISED = "anonymised", pgettext_lazy("child's file", "Made anonymous")
    ERASED = "erased", pgettext_lazy("child's file", "Erased")


# Nothing about the child itself may be stored yet: only how to reach the guardian.
UNCONSENTED = (FileState.DRAFT, FileState.CONSENT_PENDING)
# The child is looked after by the home now.
CURRENT = (FileState.ACTIVE, FileState.REVIEW_DUE)
# What lists, boards and exports show; everything else is as good as gone for daily work.
LISTED = (*UNCONSENTED, *CURRENT, FileState.EXITED)
# Nothing that names anybody is left.
EMPTIED = (FileState.ANONYMISED, FileState.ERASED)


class Sex(models.TextChoices):
    GIRL = "F", _("Girl")
    BOY = "M", _("Boy")


class AgeBand(models.TextChoices):
    """What reports use; the day of birth itself is sealed."""

    UNDER_6 = "under_6", _("Under 6")
    FROM_6 = "6_8", _("6 to 8")
    FROM_9 = "9_11", _("9 to 11")
    FROM_12 = "12_13", _("12 and 13")
    FROM_14 = "14_15", _("14 and 15")
    FROM_16 = "16_up", _("16 and over")


class Trait(models.TextChoices):
    """Personality in kind words from a closed list (性格特点); what isn't here isn't noted as a label."""

    OUTGOING = "outgoing", pgettext_lazy("character", "Outgoing")
    QUIET = "quiet", pgettext_lazy("character", "Quiet")
    CURIOUS = "curious", pgettext_lazy("character", "Curious")
    CAREFUL = "careful", pgettext_lazy("character", "Careful")
    HELPFUL = "helpful", pgettext_lazy("character", "Helpful")
    SENSITIVE = "sensitive", pgettext_lazy("character", "Takes things to heart")
    SHY = "shy", pgettext_lazy("character", "Shy with strangers")
    LIVELY = "lively", pgettext_lazy("character", "Lively")
    PERSISTENT = "persistent", pgettext_lazy("character", "Doesn't give up")
    SPORTY = "sporty", pgettext_lazy("character", "Likes sport")
    ARTISTIC = "artistic", pgettext_lazy("character", "Likes drawing or music")


class Parent(models.TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")


class Often(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    RARELY = "rarely", _("Less often")
    UNKNOWN = "unknown", pgettext_lazy("how often", "Not known")


class Relation(models.TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GRANDPARENT = "grandparent", _("Grandparent")
    SIBLING = "sibling", _("Grown brother or sister")
    RELATIVE = "relative", _("Other relative")
    OTHER = "other", pgettext_lazy("relation", "Somebody else")


class LegalBasis(models.TextChoices):
    """Why somebody is the guardian (Civil Code, Arts. 27-31). To look after a child day by day isn't on this list."""

    PARENT = "parent", pgettext_lazy("guardian", "Parent")
    STATUTORY_OTHER = "statutory_other", _("Guardian by law: both parents are dead or unable")
    DESIGNATED = "designated", _("Designated by a court or the village committee")
    TESTAMENTARY = "testamentary", _("Named in a parent's will")


class Purpose(models.TextChoices):
    """Each is agreed to on its own."""

    HOME_SERVICE = "home_service", _("Care in the home")
    HEALTH = "health", _("Health information")
    PHOTO_INSIDE = "photo_inside", _("Photos kept inside the home")
    PHOTO_PUBLISHED = "photo_published", _("Photos shown in public")
    VIDEO_CALL = "video_call", _("Video calls with the parents")
    STATISTICS = "statistics", _("Statistics")
    SHARING = "sharing", _("Sharing with civil affairs, education and the youth league")


class Answer(models.TextChoices):
    GIVEN = "given", pgettext_lazy("consent", "Agreed")
    REFUSED = "refused", pgettext_lazy("consent", "Not agreed")


class Ended(models.TextChoices):
    """Why an answer stands no longer; empty while it stands."""

    RENEWED = "renewed", pgettext_lazy("consent", "Answered anew")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("consent", "Expired")
    INVALIDATED = "invalidated", pgettext_lazy("consent", "Found invalid")


class Method(models.TextChoices):
    SMS_CODE = "sms_code", _("Link and code on the guardian's own phone")
    SIGNED_SCAN = "signed_scan", _("Signed paper, scanned")
    IN_PERSON = "in_person", _("In person, before a witness")


class Channel(models.TextChoices):
    PHONE = "phone", _("Telephone")
    VIDEO = "video", _("Video call")
    VISIT = "visit", _("Parent came to visit")
    LETTER = "letter", _("Letter")


class GrowthKind(models.TextChoices):
    STUDY = "study", _("Study")
    CONDUCT = "conduct", _("Conduct")
    HEALTH = "health", _("Health")
    PSYCH = "psych", _("State of mind")
    AWARD = "award", _("Award")
    READING = "reading", _("Books read")
    TALK = "talk", _("Talk with a teacher")
    HOMEWORK_SAMPLE = "homework_sample", _("Sample of work")
    LETTER = "letter", _("Letter to or from the parents")
    PLAN = "plan", _("Plan for the term")
    SUMMARY = "summary", _("Summary of the term")


# Records of these kinds are about health and need the consent for it.
OF_HEALTH = frozenset({GrowthKind.HEALTH, GrowthKind.PSYCH})


class Subject(models.TextChoices):
    CHINESE = "chinese", pgettext_lazy("school subject", "Chinese")
    MATHS = "maths", _("Mathematics")
    ENGLISH = "english", pgettext_lazy("school subject", "English")
    SCIENCE = "science", _("Science")
    ARTS = "arts", _("Arts and music")
    SPORT = "sport", _("Sport")
    CONDUCT = "conduct", _("Conduct")


class GradeBand(models.TextChoices):
    """Bands, never marks or a rank in class."""

    EXCELLENT = "a", pgettext_lazy("grade", "Excellent")
    GOOD = "b", pgettext_lazy("grade", "Good")
    PASS = "c", pgettext_lazy("grade", "Passed")
    HELP = "d", pgettext_lazy("grade", "Needs help")


class Term(models.TextChoices):
    SPRING = "spring", _("Spring term")
    AUTUMN = "autumn", _("Autumn term")


class ExitReason(models.TextChoices):
    PARENT_RETURNED = "parent_returned", _("A parent has come back")
    AGED_OUT = "aged_out", _("Too old for the home")
    MOVED = "moved", _("Moved away")
    GRADUATED = "graduated", _("Left school")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent was withdrawn")
    DECEASED = "deceased", _("Has died")


class ConcernCategory(models.TextChoices):
    """A closed list: what has to be reported at once (Law on the Protection of Minors, Art. 11)."""

    NEGLECT = "neglect", pgettext_lazy("concern", "Nobody looks after the child")
    PHYSICAL = "physical", pgettext_lazy("concern", "Signs of violence")
    SEXUAL = "sexual", pgettext_lazy("concern", "Signs of sexual harm")
    EMOTIONAL = "emotional", pgettext_lazy("concern", "Threatened or humiliated")
    MISSING = "missing", pgettext_lazy("concern", "Missing, out of contact")
    OUT_OF_SCHOOL = "out_of_school", pgettext_lazy("concern", "Kept from school or made to work")
    BULLYING = "bullying", pgettext_lazy("concern", "Bullied")
    SELF_HARM = "self_harm", pgettext_lazy("concern", "Danger of self-harm")


class Authority(models.TextChoices):
    POLICE = "police", _("Police")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs")
    EDUCATION = "education", _("Education department")


class GrantState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("approval to read", "Asked for")
    APPROVED = "approved", pgettext_lazy("approval to read", "Approved")
    REFUSED = "refused", pgettext_lazy("approval to read", "Refused")
    ENDED = "ended", pgettext_lazy("approval to read", "Ended early")


class ReleaseState(models.TextChoices):
    """A workbook in clear: two people release it, the leader first, the officer for personal data second."""

    ASKED = "asked", pgettext_lazy("workbook in clear", "Waits for the leader")
    FIRST_YES = "first_yes", pgettext_lazy("workbook in clear", "Waits for the officer for personal data")
    RELEASED = "released", pgettext_lazy("workbook in clear", "Released")
    REFUSED = "refused", pgettext_lazy("workbook in clear", "Refused")
    ENDED = "ended", pgettext_lazy("workbook in clear", "Over")


# Somebody still has to say yes or no.
UNDECIDED = (ReleaseState.ASKED, ReleaseState.FIRST_YES)


class ReleaseFor(models.TextChoices):
    """Why names may have to stand on a sheet."""

    SAFETY = "safety", _("Calling the families in bad weather or danger")
    TRIP = "trip", _("Handing over the children on an outing")
    HELP = "help", _("Arranging help for the children")
    CHECK = "check", _("Checking the files against the register of the school")


class ReleaseField(models.TextChoices):
    """What can stand beside the number of a file. Identity numbers, health, character and notes never do."""

    NAME = "name", pgettext_lazy("workbook in clear", "Child's name")
    CLASS = "class", _("Sex, age band and class")
    GUARDIAN = "guardian", _("Guardian's name and phone")
    CARER = "carer", _("Carer's name and phone")


class Judged(models.TextChoices):
    JUSTIFIED = "justified", _("It was justified")
    NOT_JUSTIFIED = "not_justified", _("It was not justified")


class ReadPurpose(models.TextChoices):
    DAILY_CARE = "daily_care", _("Daily care in her own home")
    GUARDIAN_ASKED = "guardian_asked", _("The guardian asked for it")
    HOME_VISIT = "home_visit", _("Preparing a home visit")
    HELP = "help", _("Arranging help for the child")
    CHECK = "check", _("Checking that the file is right")
    EMERGENCY = "emergency", _("Emergency")
    RELEASE = "release", _("Workbook in clear, released by two")


class RequestKind(models.TextChoices):
    CORRECT = "correct", _("Something is wrong: correct it")
    COMPLETE = "complete", _("Something is missing: add it")
    DELETE = "delete", _("Delete it")
    COPY = "copy", _("A copy on paper")
    EXPLAIN = "explain", _("Explain what you do with it")
    COMPLAIN = "complain", _("A complaint")


class RequestState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("request", "Received")
    IDENTITY_VERIFIED = "identity_verified", pgettext_lazy("request", "Identity verified")
    IN_PROGRESS = "in_progress", pgettext_lazy("request", "Being worked on")
    DONE = "done", pgettext_lazy("request", "Done")
    REFUSED = "refused", pgettext_lazy("request", "Refused in writing")


class PaperKind(models.TextChoices):
    PHOTO = "photo", _("Photo of the child")
    GROWTH = "growth", _("Page of the growth record")
    CONSENT = "consent", _("Signed consent")
    GUARDIANSHIP = "guardianship", _("Proof of guardianship")
    DELEGATION = "delegation", _("Agreement with the carer")


class RunKind(models.TextChoices):
    ANONYMISE = "anonymise", _("Files made anonymous when their term was over")
    DRAFTS = "drafts", _("Files without consent erased")
    REQUEST = "request", _("Erased at the guardian's request")


class ReviewAge(models.IntegerChoices):
    """Ages in whole years at which the child itself comes into play (Civil Code, Art. 19; PIPL, Art. 31)."""

    OPINION = 8, _("Own opinion is asked for")
    OWN_NOTICE = 14, _("Own notice, rules looked at again")
