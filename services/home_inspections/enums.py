"""Codes of inspections, draws and evaluations of homes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Role

# Who reads inspections inside the tree she is assigned to.
READERS = frozenset(
    {Role.WF_OFFICER, Role.WF_FINANCE, Role.HOME_TEACHER, Role.HOME_INSPECTOR, Role.AUDITOR, Role.PRIVACY_OFFICER}
)
# Who can be sent to inspect.
INSPECTING = frozenset({Role.HOME_INSPECTOR, Role.WF_OFFICER})


class RubricState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("rubric", "Draft")
    IN_FORCE = "in_force", pgettext_lazy("rubric", "In force")
    RETIRED = "retired", pgettext_lazy("rubric", "Replaced")


class Unit(models.TextChoices):
    """What a criterion judges: the county (scored once, inherited by its homes) or the home."""

    COUNTY = "county", pgettext_lazy("unit of analysis", "County")
    HOME = "home", pgettext_lazy("unit of analysis", "Home")


class Asked(models.TextChoices):
    BOTH = "both", pgettext_lazy("rubric", "All homes")
    SCHOOL = "school", pgettext_lazy("rubric", "School homes only")
    PRESCHOOL = "preschool", pgettext_lazy("rubric", "Preschool homes only")


class Round(models.TextChoices):
    COUNTY = "county", pgettext_lazy("inspection", "By the county")
    CITY = "city", pgettext_lazy("inspection", "By the city (drawn)")
    MUST_VISIT = "must_visit", pgettext_lazy("inspection", "By the city (must-visit list)")
    FOLLOW_UP = "follow_up", pgettext_lazy("inspection", "Follow-up visit")


# Rounds that the city leads and confirms.
OF_CITY = frozenset({Round.CITY, Round.MUST_VISIT})


class InspectionState(models.TextChoices):
    SCHEDULED = "scheduled", pgettext_lazy("inspection", "Scheduled")
    IN_FIELD = "in_field", pgettext_lazy("inspection", "In the field")
    SCORED = "scored", pgettext_lazy("inspection", "Scored")
    SIGNED = "signed", pgettext_lazy("inspection", "Signed by both sides")
    CONFIRMED = "confirmed", pgettext_lazy("inspection", "Confirmed")
    RECTIFYING = "rectifying", pgettext_lazy("inspection", "Failed, being put right")
    ESCALATED = "escalated", pgettext_lazy("inspection", "Failed again, with the city")
    PUT_RIGHT = "put_right", pgettext_lazy("inspection", "Failed, passed on re-inspection")
    CALLED_OFF = "called_off", pgettext_lazy("inspection", "Called off")


# A verdict stands and counts.
CONCLUDED = frozenset(
    {InspectionState.CONFIRMED, InspectionState.RECTIFYING, InspectionState.ESCALATED, InspectionState.PUT_RIGHT}
)
ANSWERABLE = frozenset({InspectionState.IN_FIELD})
RUNNING = frozenset(
    {InspectionState.SCHEDULED, InspectionState.IN_FIELD, InspectionState.SCORED, InspectionState.SIGNED}
)


class SheetState(models.TextChoices):
    OPEN = "open", pgettext_lazy("county facts", "Being scored")
    SETTLED = "settled", pgettext_lazy("county facts", "Settled")


class RectificationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("finding", "To be put right")
    SENT = "sent", pgettext_lazy("finding", "Evidence handed in")
    ACCEPTED = "accepted", pgettext_lazy("finding", "Put right")


class DrawPurpose(models.TextChoices):
    ACCEPTANCE = "acceptance", pgettext_lazy("draw of homes", "City acceptance")
    EVALUATION = "evaluation", pgettext_lazy("draw of homes", "Annual evaluation")


class DrawState(models.TextChoices):
    FROZEN = "frame_frozen", pgettext_lazy("draw of homes", "List frozen")
    SEEDED = "seed_committed", pgettext_lazy("draw of homes", "Seed committed")
    DRAWN = "drawn", pgettext_lazy("draw of homes", "Drawn")
    PUBLISHED = "published", pgettext_lazy("draw of homes", "Published")
    EXECUTED = "executed", pgettext_lazy("draw of homes", "Carried out")
    VOID = "void", pgettext_lazy("draw of homes", "Void")


class PreschoolRule(models.TextChoices):
    """What becomes of the few homes below school age (D2.2)."""

    STRATUM = "stratum", _("A stratum of their own")
    TAKE_ALL = "take_all", _("All of them are visited")


# The code of their stratum in a frame.
PRESCHOOL = "PRESCHOOL"


class Outcome(models.TextChoices):
    PENDING = "pending", pgettext_lazy("drawn home", "Not visited yet")
    VISITED = "visited", pgettext_lazy("drawn home", "Visited")
    NOT_VISITED = "not_visited", pgettext_lazy("drawn home", "Not visited")


class EvaluationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("evaluation", "Open")
    SELF_SCORE = "self_score", pgettext_lazy("evaluation", "Homes score themselves")
    COUNTY_SCORE = "county_score", pgettext_lazy("evaluation", "Counties score")
    CITY_SAMPLE = "city_sample", pgettext_lazy("evaluation", "City looks at a sample")
    GRADED = "graded", pgettext_lazy("evaluation", "Graded")
    PUBLICISED = "publicised", pgettext_lazy("evaluation", "On public notice")
    CLOSED = "closed", pgettext_lazy("evaluation", "Closed")


# Scores are still coming in.
NOT_GRADED = frozenset(
    {
        EvaluationState.OPEN,
        EvaluationState.SELF_SCORE,
        EvaluationState.COUNTY_SCORE,
        EvaluationState.CITY_SAMPLE,
    }
)


class Grade(models.TextChoices):
    EXCELLENT = "excellent", pgettext_lazy("grade of a home", "Excellent")
    GOOD = "good", pgettext_lazy("grade of a home", "Good")
    MET = "met", pgettext_lazy("grade of a home", "Meets the standard")
    NOT_MET = "not_met", pgettext_lazy("grade of a home", "Doesn't meet the standard")


class RecognitionKind(models.TextChoices):
    COMMENDATION = "commendation", pgettext_lazy("notice about a home", "Commendation")
    CRITICISM = "criticism", pgettext_lazy("notice about a home", "Criticism")


class RecognitionState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("notice about a home", "Proposed")
    REVIEWED = "reviewed", pgettext_lazy("notice about a home", "Reviewed")
    PUBLIC = "public_notice", pgettext_lazy("notice about a home", "On public notice")
    ISSUED = "issued", pgettext_lazy("notice about a home", "Issued")
    OBJECTION = "objection", pgettext_lazy("notice about a home", "Objected to")
    DECIDED = "decided", pgettext_lazy("notice about a home", "Dropped after an objection")
    DROPPED = "dropped", pgettext_lazy("notice about a home", "Dropped")
