"""Benefits by scheme, grade and month, the days until they were paid, and what was paid of the fees.

A grade tells on a woman: it is counted by a keyed digest, which only the application can name, small cells are hidden,
and no list stands behind it. Days are counted at the organisation that keeps the scheme, never by union.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Case, CharField, IntegerField, QuerySet, Value, When
from django.db.models.functions import ExtractYear, Substr
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from services.casework.models import Case as CaseRow
from services.casework.rules.measured import DAY_ENDS, DAY_KEYS, ONE_BY_ONE, SPANS
from services.figures.facts import facts_at, fen, month_names, month_of, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where, counts, statistics, watches
from services.mutual_aid import queries
from services.mutual_aid.enums import BatchState, BenefitState, Grade
from services.mutual_aid.models import Benefit, EnrolmentBatch
from services.mutual_aid.policies.claims import CLAIM_READERS

PAID = (str(BenefitState.PAID),)
STANDING = (str(BenefitState.DUE), str(BenefitState.FAILED), *PAID)
_OF = "mutual_aid__benefit__"
_DIGEST = 16
_TAKEN = (BatchState.CONFIRMED, BatchState.EFFECTIVE, BatchState.EXPIRED)


def _benefits(states: Iterable[str], amount):
    """Asked through the case, for a benefit has a field called ``amount`` itself."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = CaseRow.objects.own(**{f"{_OF}state__in": states})
        return facts_at(
            rows,
            f"{_OF}organization",
            organizations,
            amount,
            period=text(f"{_OF}year"),
            by_scheme=text(f"{_OF}scheme__code"),
            by_month=month_of(f"{_OF}decided_at"),
            by_grade=Substr(f"{_OF}grade_index", 1, _DIGEST),
        )

    return facts


def _took(organizations: QuerySet | None) -> QuerySet:
    rows = CaseRow.objects.own(**{f"{_OF}state__in": PAID, f"{_OF}took__isnull": False})
    return facts_at(
        rows,
        f"{_OF}scheme__organization",
        organizations,
        Value(1, IntegerField()),
        period=text(ExtractYear(f"{_OF}paid_at", tzinfo=get_default_timezone())),
        by_scheme=text(f"{_OF}scheme__code"),
        by_days=_days(),
    )


def _days() -> Case:
    single = [When(**{f"{_OF}took": day}, then=Value(f"{day:02d}")) for day in range(ONE_BY_ONE + 1)]
    spans = [When(**{f"{_OF}took__range": span}, then=Value(key)) for key, span in SPANS.items()]
    return Case(*single, *spans, default=Value(""), output_field=CharField(max_length=40))


def _fees(organizations: QuerySet | None) -> QuerySet:
    """What was paid in for confirmed batches, in the year in which it was."""
    rows = EnrolmentBatch.objects.unscoped().filter(state__in=_TAKEN, paid_on__isnull=False)
    return facts_at(
        rows,
        "organization",
        organizations,
        fen("fee_total"),
        period=text(ExtractYear("paid_on")),
        by_scheme=text("scheme__code"),
    )


def _scheme_names(keys: Iterable[str]) -> dict[str, str]:
    return queries.scheme_names(keys)


def _grade_names(keys: Iterable[str]) -> dict[str, str]:
    return {grade_key(code): str(label) for code, label in Grade.choices}


def grade_key(grade: str) -> str:
    """The key of a grade in cells: what it stands for, only the application knows."""
    return Benefit.index_of_grade(grade)[:_DIGEST]


def _day_names(keys: Iterable[str]) -> dict[str, str]:
    names = {
        key: ngettext("%(days)s day", "%(days)s days", int(key)) % {"days": int(key)}
        for key in DAY_KEYS
        if key not in SPANS and key.isdigit()
    }
    for key, (first, last) in SPANS.items():
        names[key] = gettext("%(from)s to %(to)s days") % {"from": first, "to": last}
    return names | {"91-": gettext("more than 90 days")}


SCHEME = Dimension("scheme", _("Scheme"), _scheme_names)
MONTH = Dimension("month", _("Month of the decision"), month_names, over_time=True)
GRADE = Dimension("grade", _("Grade of the diagnosis"), _grade_names, protected=True)
DAYS = Dimension("days", _("Days from sending to payment"), _day_names, keys=DAY_KEYS, ends=DAY_ENDS)

_ONE, _SUM = Value(1, IntegerField()), fen(f"{_OF}amount")
_SPLITS = ("scheme", "month", "grade")
_ALL, _FEES, _DAYS = "mutual-aid-benefits", "mutual-aid-fees-taken", "mutual-aid-took"
# Who of them is paid, and what they add up to, is told wherever the benefits may be told.
COUNTS = (
    Count(_ALL, _benefits(STANDING, _ONE), _SPLITS, protected=True),
    Count("mutual-aid-paid", _benefits(PAID, _ONE), _SPLITS, protected=True, told_like=_ALL),
    Count("mutual-aid-sum", _benefits(STANDING, _SUM), _SPLITS, protected=True, told_like=_ALL),
    Count("mutual-aid-paid-sum", _benefits(PAID, _SUM), _SPLITS, protected=True, told_like=_ALL),
    Count(_DAYS, _took, ("scheme", "days")),
    Count(_FEES, _fees, ("scheme",)),
)


def _listing(*states: str):
    def address(where: Where) -> str:
        filters = {"year": where.period, "union": where.organization.code, "state": states}
        if where.direct:
            filters["direct"] = "1"
        if where.dimension in ("scheme", "month"):
            filters[where.dimension] = where.key[:7] if where.dimension == "month" else where.key
        # Behind a grade stands no list: it would name a woman's.
        return "" if where.dimension == "grade" else f"{reverse('claims_desk:benefits')}?{urlencode(filters, True)}"

    return address


def _took_listing(where: Where) -> str:
    filters = {"paid": where.period, "kept": where.organization.code, "state": PAID}
    if where.dimension:
        filters[where.dimension] = where.key
    return f"{reverse('claims_desk:benefits')}?{urlencode(filters, True)}"


BENEFITS = Column(
    "benefits",
    _("Benefits"),
    _("Sums granted to women of these unions, paid or still to be paid; cancelled ones don't count."),
    (_ALL,),
    _listing(*STANDING),
)
PAID_BENEFITS = Column(
    "paid", _("Paid"), _("Benefits that the bank has confirmed."), ("mutual-aid-paid",), _listing(*PAID)
)
GRANTED = Column(
    "granted",
    _("Sum granted"),
    _("What these benefits add up to, in yuan."),
    ("mutual-aid-sum",),
    _listing(*STANDING),
    money=True,
)
PAID_SUM = Column(
    "paid_sum",
    _("Sum paid"),
    _("What the paid benefits add up to, in yuan."),
    ("mutual-aid-paid-sum",),
    _listing(*PAID),
    money=True,
)
FEES = Column(
    "fees", _("Fees"), _("Yuan paid in for confirmed enrolments, whoever paid them."), (_FEES,), None, money=True
)
TOOK = Column("took", _("Payments"), _("Benefits that the bank has confirmed."), (_DAYS,), _took_listing)

STATISTICS = (
    Statistic(
        code="mutual-aid-benefits",
        title=_("Mutual aid: benefits"),
        definition=_(
            "Sums granted in mutual aid, in the year of the decision, by scheme, month and grade of the diagnosis. "
            "Small numbers and the sums over them are hidden, and numbers are published at month ends."
        ),
        numerator=BENEFITS,
        beside=(GRANTED, PAID_BENEFITS, PAID_SUM),
        dimensions=(SCHEME, MONTH, GRADE),
        roles=CLAIM_READERS,
    ),
    Statistic(
        code="mutual-aid-took",
        title=_("Mutual aid: days until payment"),
        definition=_("Days from sending a claim to the bank's answer that it was paid, in the year of the payment."),
        numerator=TOOK,
        dimensions=(SCHEME,),
        median_of=DAYS,
        middle_said=_(
            "%(place)s, %(period)s%(of)s: half of %(number)s payments came within %(middle)s of sending the claim."
        ),
        percentiles=(90,),
        higher_is_better=False,
        roles=CLAIM_READERS,
    ),
    Statistic(
        code="mutual-aid-loss",
        title=_("Mutual aid: paid out of the fees"),
        definition=_(
            "Loss ratio: yuan paid to women in the year of the decision, of yuan taken in as fees in the same year, by "
            "scheme. A scheme of several years takes its fees in the first. Sums over few benefits are hidden."
        ),
        numerator=PAID_SUM,
        denominator=FEES,
        dimensions=(SCHEME,),
        roles=CLAIM_READERS,
    ),
)

WATCHES = {
    "benefit": Watch(
        "mutual_aid_benefit",
        "SELECT {row}.organization_id UNION SELECT organization_id FROM mutual_aid_scheme WHERE id = {row}.scheme_id",
        ("state", "amount", "organization_id", "year", "scheme_id", "decided_at", "grade_index", "paid_at", "took"),
    ),
    "fees": Watch(
        "mutual_aid_enrolmentbatch",
        "SELECT {row}.organization_id",
        ("state", "fee_total", "paid_on", "organization_id", "scheme_id"),
    ),
}


def register() -> None:
    for count in COUNTS:
        counts.register(count.code, count)
    for statistic in STATISTICS:
        statistics.register(statistic.code, statistic)
    for code, watch in WATCHES.items():
        watches.register(f"mutual_aid_claims_{code}", watch)
