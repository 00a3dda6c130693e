"""What is counted of results: how many, how many call for more, how many were seen. Protected, never by unit."""

from django.db.models import IntegerField, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from services.figures.facts import facts_at
from services.figures.registry import Column, Count, Statistic, Watch
from services.screening import policies
from services.screening.enums import FollowUpOutcome
from services.screening.figures.shared import AT_PROGRAMME, BY_PROGRAMME, KIND, PROGRAMME, of_programme
from services.screening.models import Result

_SEEN = str(FollowUpOutcome.SEEN)
_ENDED = tuple(str(outcome) for outcome in FollowUpOutcome if outcome != FollowUpOutcome.SEEN)


def _results(**narrowed):
    """Results, at the federation that runs the programme: a unit is too small a crowd to be counted by findings."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = Result.objects.unscoped().filter(booking__offering__screening_programme__isnull=False, **narrowed)
        programme = f"booking__{AT_PROGRAMME}"
        return facts_at(
            rows, f"{programme}__organization", organizations, Value(1, IntegerField()), **of_programme(programme)
        )

    return facts


COUNTS = (
    Count("screening-cleared", _results(follow_up__isnull=True), BY_PROGRAMME, protected=True),
    Count("screening-recall-open", _results(follow_up__outcome=""), BY_PROGRAMME, protected=True),
    Count("screening-recall-seen", _results(follow_up__outcome=_SEEN), BY_PROGRAMME, protected=True),
    Count("screening-recall-ended", _results(follow_up__outcome__in=_ENDED), BY_PROGRAMME, protected=True),
)
_CALLED_BACK = ("screening-recall-open", "screening-recall-seen", "screening-recall-ended")
RESULTS = Column(
    "results",
    _("Results entered"),
    _("Women for whom the site has entered a result."),
    ("screening-cleared", *_CALLED_BACK),
)
ABNORMAL = Column(
    "abnormal",
    _("Abnormal or unclear"),
    _("Of the results, those that call for a further examination."),
    _CALLED_BACK,
)
SEEN = Column(
    "seen",
    _("Follow-up completed"),
    _("Of the women called back, those seen by a hospital since."),
    ("screening-recall-seen",),
)

STATISTICS = (
    Statistic(
        code="screening-abnormal",
        title=_("Screening: abnormal or unclear results"),
        definition=_(
            "Results that call for a further examination, of the results entered. Counted at the federation that runs "
            "the programme, never by unit; small numbers are hidden."
        ),
        numerator=ABNORMAL,
        denominator=RESULTS,
        dimensions=(PROGRAMME, KIND),
        roles=policies.RESULT_COUNTERS,
    ),
    Statistic(
        code="screening-follow-up",
        title=_("Screening: follow-up completed"),
        definition=_(
            "Women seen by a hospital, of those who were called back. Counted at the federation that runs the "
            "programme, never by unit; small numbers are hidden."
        ),
        numerator=SEEN,
        denominator=ABNORMAL,
        dimensions=(PROGRAMME, KIND),
        roles=policies.RESULT_COUNTERS,
        higher_is_better=True,
    ),
)

_OF_BOOKING = (
    "SELECT p.organization_id FROM bookings_booking b JOIN screening_programme p ON p.offering_id = b.offering_id"
    " WHERE b.id = {0}"
)
WATCHES = {
    "result": Watch("screening_result", _OF_BOOKING.format("{row}.booking_id"), ("booking_id",)),
    "follow_up": Watch(
        "screening_followup",
        _OF_BOOKING.format("(SELECT booking_id FROM screening_result WHERE id = {row}.result_id)"),
        ("outcome", "result_id"),
    ),
}
