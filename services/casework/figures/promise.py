"""Applications by what became of the promise (D18), and the days and rounds it took (D16).

Who applies for help is nobody's business: the counts at her union are protected. Days and rounds are counted at the
organisation that keeps the review route, never by union, and by single days, so that median and percentile are exact.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Case as Choose
from django.db.models import CharField, IntegerField, QuerySet, Value, When
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from services.casework.models import Case
from services.casework.queries.measured import OUTCOMES, first_decided
from services.casework.registry import services
from services.casework.rules.measured import DAY_ENDS, DAY_KEYS, MOST_ROUNDS, ONE_BY_ONE, ROUND_ENDS, ROUND_KEYS, SPANS
from services.figures.facts import facts_at, month_names, month_of, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where
from services.organizations.enums import ROSTER_READERS


def _handed_in(*outcomes: str):
    """Applications at her union, in the year in which they were handed in."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        among = reduce(or_, (OUTCOMES[outcome] for outcome in outcomes))
        rows = Case.objects.unscoped().filter(among, submitted_at__isnull=False)
        return facts_at(rows, "organization", organizations, Value(1, IntegerField()), **_columns("submitted_at"))

    return facts


def _decided(organizations: QuerySet | None) -> QuerySet:
    """Decisions at the organisation that keeps the route, in the year of the first decision."""
    rows = Case.objects.own(decision_took__isnull=False).annotate(first_decided=first_decided())
    rows = rows.filter(first_decided__isnull=False)
    return facts_at(
        rows,
        "route__organization",
        organizations,
        Value(1, IntegerField()),
        **_columns("first_decided"),
        by_days=_days("decision_took"),
        by_answer=_days("contact_took"),
        by_rounds=_rounds(),
    )


def _columns(moment: str) -> dict:
    return {
        "period": text(ExtractYear(moment, tzinfo=get_default_timezone())),
        "by_service": text("service"),
        "by_subject": text("subject_code"),
        "by_month": month_of(moment),
    }


def _days(field: str) -> Choose:
    single = [When(**{field: day}, then=Value(f"{day:02d}")) for day in range(ONE_BY_ONE + 1)]
    spans = [When(**{f"{field}__range": span}, then=Value(key)) for key, span in SPANS.items()]
    return Choose(*single, *spans, default=Value(""), output_field=CharField(max_length=40))


def _rounds() -> Choose:
    single = [When(rounds=number, then=Value(str(number))) for number in range(MOST_ROUNDS)]
    return Choose(*single, default=Value(f"{MOST_ROUNDS}-"), output_field=CharField(max_length=40))


def _service_names(keys: Iterable[str]) -> dict[str, str]:
    return {key: str(services[key].label) for key in keys if key in services}


def _subject_names(keys: Iterable[str]) -> dict[str, str]:
    keys = [key for key in keys if key]
    return {code: name for service in services for code, name in service.subjects(keys).items()}


def _day_names(keys: Iterable[str]) -> dict[str, str]:
    names = {key: _days_said(int(key)) for key in DAY_KEYS if key not in SPANS}
    for key, (first, last) in SPANS.items():
        names[key] = gettext("%(from)s to %(to)s working days") % {"from": first, "to": last}
    return names | {"91-": gettext("more than 90 working days")}


def _days_said(days: int) -> str:
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}


def _round_names(keys: Iterable[str]) -> dict[str, str]:
    names = {str(n): ngettext("%(times)s time", "%(times)s times", n) % {"times": n} for n in range(1, MOST_ROUNDS)}
    names["0"] = pgettext("asked for more", "never")
    return names | {f"{MOST_ROUNDS}-": gettext("%(times)s times or more") % {"times": MOST_ROUNDS}}


SERVICE = Dimension("service", _("Service"), _service_names)
SUBJECT = Dimension("subject", _("Applied for"), _subject_names)
MONTH = Dimension("month", _("Month in which it was handed in"), month_names, over_time=True)
DAYS = Dimension("days", _("Working days to the decision"), _day_names, keys=DAY_KEYS, ends=DAY_ENDS)
ANSWER = Dimension("answer", _("Working days to the first answer"), _day_names, keys=DAY_KEYS, ends=DAY_ENDS)
ROUNDS = Dimension("rounds", _("Times returned"), _round_names, keys=ROUND_KEYS, ends=ROUND_ENDS)

_SPLITS = ("service", "subject", "month")
_HANDED_IN = "casework-applications"
# How far they have come are parts of the applications, told wherever these may be told.
COUNTS = (
    Count(_HANDED_IN, _handed_in(*OUTCOMES), _SPLITS, protected=True),
    *(
        Count(f"casework-{name}", _handed_in(name), _SPLITS, protected=True, told_like=_HANDED_IN)
        for name in ("in_time", "late", "open")
    ),
    Count("casework-decided", _decided, (*_SPLITS, "days", "answer", "rounds")),
)


def _listing(*outcomes: str):
    def address(where: Where) -> str:
        filters = {"whose": "all", "year": where.period, "union": where.organization.code}
        if where.direct:
            filters["direct"] = "1"
        if where.dimension:
            filters[where.dimension] = where.key[:7] if where.dimension == "month" else where.key
        return f"{reverse('casework_desk:list')}?{urlencode(filters | {'promise': outcomes}, doseq=True)}"

    return address


def _decided_listing(where: Where) -> str:
    filters = {"whose": "all", "decided": where.period, "route_of": where.organization.code}
    if where.direct:
        filters["route_direct"] = "1"
    if where.dimension:
        filters[where.dimension] = where.key
    return f"{reverse('casework_desk:list')}?{urlencode(filters)}"


APPLICATIONS = Column(
    "applications", _("Applications"), _("Handed in, whatever became of them."), (_HANDED_IN,), _listing(*OUTCOMES)
)
IN_TIME = Column(
    "in_time",
    _("Decided in time"),
    _("First decided within the working days that the route promised when the application began."),
    ("casework-in_time",),
    _listing("in_time"),
)
DECIDED = Column(
    "decided",
    _("Decided"),
    _("Approved or refused for the first time."),
    ("casework-in_time", "casework-late"),
    _listing("in_time", "late"),
)
LATE = Column(
    "late",
    _("Decided late"),
    _("First decided after the promised working days."),
    ("casework-late",),
    _listing("late"),
)
OPEN = Column(
    "open", _("Not decided yet"), _("Under way, with staff or with her."), ("casework-open",), _listing("open")
)
TAKEN = Column(
    "taken",
    _("Decisions"),
    _("Cases decided for the first time."),
    ("casework-decided",),
    _decided_listing,
)
_CLOCK = _(
    "Working days of China from the day after handing in, without the days on which it was her turn. Kept at the "
    "first decision: returning, appealing, closing and reopening don't change it."
)

STATISTICS = (
    Statistic(
        code="casework-applications",
        title=_("Applications: handed in"),
        definition=_(
            "Applications of women of these unions, by the year in which they were handed in. Small numbers are hidden."
        ),
        numerator=APPLICATIONS,
        beside=(DECIDED, OPEN),
        dimensions=(SUBJECT, MONTH, SERVICE),
        roles=ROSTER_READERS,
    ),
    Statistic(
        code="casework-in-time",
        title=_("Applications: decided in time"),
        definition=_(
            "Of the applications handed in in the year and decided since, those decided within the promised working "
            "days. The clock stands still while it is her turn; reopening doesn't set it back. Small numbers are "
            "hidden."
        ),
        numerator=IN_TIME,
        denominator=DECIDED,
        beside=(LATE, OPEN),
        dimensions=(SUBJECT, MONTH, SERVICE),
        roles=ROSTER_READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="casework-days",
        title=_("Applications: time to the decision"),
        definition=_CLOCK,
        numerator=TAKEN,
        median_of=DAYS,
        middle_said=_(
            "%(place)s, %(period)s%(of)s: of %(number)s applications the middle one was decided after %(middle)s."
        ),
        percentiles=(90,),
        roles=ROSTER_READERS,
    ),
    Statistic(
        code="casework-answer",
        title=_("Applications: time to the first answer"),
        definition=_(
            "For applications that are decided: working days from the day after handing in to the first step that "
            "somebody took."
        ),
        numerator=TAKEN,
        median_of=ANSWER,
        middle_said=_(
            "%(place)s, %(period)s%(of)s: of %(number)s applications the middle one was first answered after "
            "%(middle)s."
        ),
        percentiles=(90,),
        roles=ROSTER_READERS,
    ),
    Statistic(
        code="casework-rounds",
        title=_("Applications: how often more was asked for"),
        definition=_("For applications that are decided: how often they were returned to her for more material."),
        numerator=TAKEN,
        median_of=ROUNDS,
        middle_said=_(
            "%(place)s, %(period)s%(of)s: of %(number)s applications the middle one was returned: %(middle)s."
        ),
        percentiles=(90,),
        roles=ROSTER_READERS,
    ),
)

_COLUMNS = ("stage", "decision_took", "contact_took", "rounds", "submitted_at", "organization_id", "subject_code")
WATCHES = {
    "case": Watch(
        "casework_case",
        "SELECT {row}.organization_id UNION SELECT r.organization_id FROM casework_reviewroute r"
        " WHERE r.id = {row}.route_id",
        _COLUMNS,
    ),
}
