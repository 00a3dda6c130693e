"""Covers taken out, how many of a unit's women join, and who pays the fees: at the units."""

from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Case, DateField, DecimalField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractYear, Round, TruncMonth
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.figures.facts import facts_at, fen, month_names, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where
from services.mutual_aid.enums import BatchKind, BatchState, CoverState, ThresholdBase
from services.mutual_aid.models import CoverVersion, EnrolmentBatch, Scheme
from services.mutual_aid.models.enrolment import BATCH_READERS
from services.mutual_aid.queries.group import HEADED, OF_STAFF

CONFIRMED = (BatchState.CONFIRMED, BatchState.EFFECTIVE, BatchState.EXPIRED)


def _month(day: str) -> Cast:
    """The first day of a day's month, as text that sorts."""
    return text(Cast(TruncMonth(day), DateField()))


def _covers(organizations: QuerySet | None) -> QuerySet:
    """One row a cover, as known now, in the year in which it begins."""
    rows = CoverVersion.objects.unscoped().filter(known_until__isnull=True, state=CoverState.IN_FORCE)
    return facts_at(
        rows,
        "cover__organization",
        organizations,
        Value(1, IntegerField()),
        period=text(ExtractYear("first_day")),
        by_scheme=text(F("scheme__code")),
        by_month=_month("first_day"),
    )


def _batches() -> QuerySet:
    return EnrolmentBatch.objects.unscoped().filter(state__in=CONFIRMED)


def _of_batch(amount):
    """One row a confirmed batch, in the year in which its fee was paid."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        return facts_at(
            _batches(),
            "organization",
            organizations,
            amount,
            period=text(ExtractYear("paid_on")),
            by_scheme=text(F("scheme__code")),
            by_month=_month("paid_on"),
        )

    return facts


# How many must join by the terms: a small unit whole.
_HEADCOUNT = Case(When(OF_STAFF, then=F("headcount_staff")), default=F("headcount_women"))
# In whole hundredths of a per cent, rounded first: SQLite keeps decimals as binary fractions.
_ASKED = Coalesce(F("terms__threshold_percent"), Value(Decimal(0)), output_field=DecimalField())
_PERCENT = Cast(Round(_ASKED * 100), IntegerField())
_NEEDED = Case(
    When(terms__threshold_base=ThresholdBase.NONE, then=Value(0)),
    When(OF_STAFF & Q(headcount_staff__lt=F("terms__full_join_below")), then=F("headcount_staff")),
    When(~OF_STAFF & Q(headcount_women__lt=F("terms__full_join_below")), then=F("headcount_women")),
    default=(_HEADCOUNT * _PERCENT + 9_999) / 10_000,
    output_field=IntegerField(),
)


def _of_group(amount):
    """As ``_of_batch``, without additions, whose women count among those of the period they are added to."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        return facts_at(
            _batches().exclude(kind=BatchKind.ADDITION).filter(HEADED),
            "organization",
            organizations,
            amount,
            period=text(ExtractYear("paid_on")),
            by_scheme=text(F("scheme__code")),
        )

    return facts


def _scheme_names(keys: Iterable[str]) -> dict[str, str]:
    english = get_language() == "en"
    rows = Scheme.objects.filter(code__in=list(keys)).values_list("code", "name", "name_en")
    return {code: (english and name_en) or name for code, name, name_en in rows}


SCHEME = Dimension("scheme", _("Scheme"), _scheme_names)
MONTH = Dimension("month", _("Month"), month_names, over_time=True)

COUNTS = (
    Count("mutual-aid-covers", _covers, ("scheme", "month")),
    Count("mutual-aid-joined", _of_group(F("persons") + F("covered_before")), ("scheme",)),
    Count("mutual-aid-headcount", _of_group(_HEADCOUNT), ("scheme",)),
    Count("mutual-aid-needed", _of_group(_NEEDED), ("scheme",)),
    Count("mutual-aid-fee-upper", _of_batch(fen("fee_upper")), ("scheme", "month")),
    Count("mutual-aid-fee-unit", _of_batch(fen("fee_unit")), ("scheme", "month")),
    Count("mutual-aid-fee-herself", _of_batch(fen("fee_herself")), ("scheme", "month")),
)


def _cover_list(where: Where) -> str:
    filters = {"year": where.period, "at": where.organization.code, "standing": "counts"}
    return _address("covers", where, filters)


def _batch_list(where: Where) -> str:
    filters = {"year": where.period, "at": where.organization.code, "state": [str(one) for one in CONFIRMED]}
    return _address("batches", where, filters)


def _group_list(where: Where) -> str:
    filters = {"year": where.period, "at": where.organization.code, "state": [str(one) for one in CONFIRMED]}
    return _address("batches", where, filters | {"groups": "1"})


def _address(name: str, where: Where, filters: dict) -> str:
    if where.direct:
        filters["at_direct"] = "1"
    if where.dimension:
        filters[where.dimension] = where.key[:7] if where.dimension == "month" else where.key
    return f"{reverse(f'mutual_aid_joining:{name}')}?{urlencode(filters, doseq=True)}"


COVERS = Column(
    "covers",
    pgettext_lazy("figure", "Covers"),
    _("Taken out and not void, in the year in which they begin."),
    ("mutual-aid-covers",),
    _cover_list,
)
JOINED = Column(
    "joined",
    _("Joined"),
    _("Women in confirmed batches of the year, and those of the unit who were covered already."),
    ("mutual-aid-joined",),
    _group_list,
)
HEADCOUNT = Column(
    "headcount",
    _("Headcount"),
    _("Women on the staff, or all staff where the terms take the share of them; as stated with the batch."),
    ("mutual-aid-headcount",),
    _group_list,
)
NEEDED = Column(
    "needed",
    _("Needed"),
    _("How many must join by the terms: the share they ask for, everyone in small units."),
    ("mutual-aid-needed",),
    _group_list,
)
UPPER = Column(
    "upper", _("Upper union"), _("Of the fees, in yuan."), ("mutual-aid-fee-upper",), _batch_list, money=True
)
UNIT = Column("unit", _("Unit"), _("Of the fees, in yuan."), ("mutual-aid-fee-unit",), _batch_list, money=True)
HERSELF = Column(
    "herself",
    _("The women themselves"),
    _("Of the fees, in yuan."),
    ("mutual-aid-fee-herself",),
    _batch_list,
    money=True,
)
FEES = Column(
    "fees",
    _("Fees"),
    _("Of all confirmed batches, by the day on which the fee was paid."),
    ("mutual-aid-fee-upper", "mutual-aid-fee-unit", "mutual-aid-fee-herself"),
    _batch_list,
    money=True,
)

STATISTICS = (
    Statistic(
        code="mutual-aid-covers",
        title=_("Mutual aid: covers"),
        definition=_("Covers taken out through units, by the year in which they begin; void ones aren't counted."),
        numerator=COVERS,
        dimensions=(SCHEME, MONTH),
        roles=BATCH_READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="mutual-aid-joining",
        title=_("Mutual aid: rate of joining"),
        definition=_("Women who joined, of those of whom the terms take the share, in the units that joined."),
        numerator=JOINED,
        denominator=HEADCOUNT,
        beside=(NEEDED, COVERS),
        dimensions=(SCHEME,),
        roles=BATCH_READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="mutual-aid-fees",
        title=_("Mutual aid: fees by who pays"),
        definition=_("Fees of confirmed batches in yuan, by the month in which they were paid."),
        numerator=FEES,
        beside=(UPPER, UNIT, HERSELF),
        dimensions=(MONTH, SCHEME),
        roles=BATCH_READERS,
    ),
)

_OF_COVER = "SELECT organization_id FROM mutual_aid_cover WHERE id = {row}.cover_id"
WATCHES = {
    "cover": Watch("mutual_aid_coverversion", _OF_COVER, ("known_until",)),
    "batch": Watch(
        "mutual_aid_enrolmentbatch",
        "SELECT {row}.organization_id",
        (
            *("state", "paid_on", "persons", "covered_before", "headcount_women", "headcount_staff", "kind"),
            *("fee_upper", "fee_unit", "fee_herself", "organization_id"),
        ),
    ),
}
