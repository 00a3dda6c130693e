"""Awards of a year at her union, and what they add up to. A sum over few tells on them: both are protected together."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.casework.models import Case
from services.figures.facts import facts_at, fen, month_names, month_of, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where
from services.organizations.enums import ROSTER_READERS
from services.payments.models import FundSource
from services.relief import queries
from services.relief.enums import AwardState, ProgrammeKind

PAID = (str(AwardState.PAID),)
STANDING = (str(AwardState.DUE), str(AwardState.FAILED), *PAID)


def _awards(states: Iterable[str], amount):
    """Asked through the case, for an award has a field called ``amount`` itself."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = Case.objects.own(relief__award__state__in=states)
        return facts_at(
            rows,
            "relief__award__organization",
            organizations,
            amount,
            period=text("relief__award__year"),
            by_programme=text("relief__award__programme_code"),
            by_kind=text("relief__award__kind"),
            by_fund=text("relief__award__fund"),
            by_month=month_of("relief__award__decided_at"),
        )

    return facts


def _programme_names(keys: Iterable[str]) -> dict[str, str]:
    return queries.programme_names(keys)


def _kind_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(kind): str(kind.label) for kind in ProgrammeKind}


def _fund_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(fund.pk): str(fund) for fund in FundSource.objects.unscoped().filter(pk__in=list(keys))}


PROGRAMME = Dimension("programme", _("Programme"), _programme_names)
KIND = Dimension("kind", _("Kind of programme"), _kind_names)
FUND = Dimension("fund", _("Fund source"), _fund_names)
MONTH = Dimension("month", _("Month of the decision"), month_names, over_time=True)

_ONE, _SUM = Value(1, IntegerField()), fen("relief__award__amount")
_SPLITS = ("programme", "kind", "fund", "month")
_ALL = "relief-awards"
# Who of them is paid, and what they add up to, is told wherever the awards may be told.
COUNTS = (
    Count(_ALL, _awards(STANDING, _ONE), _SPLITS, protected=True),
    Count("relief-paid", _awards(PAID, _ONE), _SPLITS, protected=True, told_like=_ALL),
    Count("relief-awarded-sum", _awards(STANDING, _SUM), _SPLITS, protected=True, told_like=_ALL),
    Count("relief-paid-sum", _awards(PAID, _SUM), _SPLITS, protected=True, told_like=_ALL),
)


def _listing(*states: str):
    def address(where: Where) -> str:
        filters = {"year": where.period, "union": where.organization.code, "state": states}
        if where.direct:
            filters["direct"] = "1"
        if where.dimension:
            filters[where.dimension] = where.key[:7] if where.dimension == "month" else where.key
        return f"{reverse('relief_desk:awards')}?{urlencode(filters, doseq=True)}"

    return address


AWARDS = Column(
    "awards",
    _("Awards"),
    _("Sums decided for women of these unions, paid or still to be paid; cancelled ones don't count."),
    (_ALL,),
    _listing(*STANDING),
)
PAID_AWARDS = Column("paid", _("Paid"), _("Awards that the bank has confirmed."), ("relief-paid",), _listing(*PAID))
AWARDED = Column(
    "awarded",
    _("Sum awarded"),
    _("What these awards add up to, in yuan."),
    ("relief-awarded-sum",),
    _listing(*STANDING),
    money=True,
)
PAID_SUM = Column(
    "paid_sum",
    _("Sum paid"),
    _("What the paid awards add up to, in yuan."),
    ("relief-paid-sum",),
    _listing(*PAID),
    money=True,
)

STATISTICS = (
    Statistic(
        code="relief-awards",
        title=_("Relief: awards"),
        definition=_(
            "Sums decided in relief, in the year that their programme counts them in, by programme, fund and month of "
            "the decision. Small numbers and the sums over them are hidden, and numbers are published at month ends."
        ),
        numerator=AWARDS,
        beside=(AWARDED, PAID_AWARDS, PAID_SUM),
        dimensions=(PROGRAMME, MONTH, FUND, KIND),
        roles=ROSTER_READERS,
    ),
    Statistic(
        code="relief-awarded",
        title=_("Relief: sum awarded"),
        definition=_("Yuan decided in relief. Sums over few awards are hidden, and sums are published at month ends."),
        numerator=AWARDED,
        beside=(PAID_SUM, AWARDS),
        dimensions=(PROGRAMME, MONTH, FUND, KIND),
        roles=ROSTER_READERS,
    ),
)

WATCHES = {
    "award": Watch(
        "relief_award",
        "SELECT {row}.organization_id",
        ("state", "amount", "organization_id", "year", "programme_code", "kind", "fund_id", "decided_at"),
    ),
}
