"""Money promised and paid, at the organisation whose fund pays, in the year of the fund."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.figures.facts import facts_at, fen, month_names, month_of, text
from services.figures.registry import Column, Count, Dimension, Statistic, Watch, Where
from services.payments.enums import PayableState
from services.payments.models import FundSource, Payable
from services.payments.models.fund import FUND_READERS

# What a fund has promised and not paid yet.
PROMISED = tuple(str(state) for state in PayableState if state not in (PayableState.PAID, PayableState.CANCELLED))
PAID = (str(PayableState.PAID),)


def _owed(states: Iterable[str]):
    """One row a payable; asked through its fund, for a payable has a field called ``amount`` itself."""

    def facts(organizations: QuerySet | None) -> QuerySet:
        rows = FundSource.objects.unscoped().filter(payables__state__in=states)
        return facts_at(
            rows,
            "organization",
            organizations,
            fen("payables__amount"),
            period=text("year"),
            by_fund=text("pk"),
            by_subject=text("payables__subject_code"),
            by_month=month_of("payables__paid_at"),
        )

    return facts


def _budgets(organizations: QuerySet | None) -> QuerySet:
    rows = FundSource.objects.unscoped().all()
    return facts_at(rows, "organization", organizations, fen("budget"), period=text("year"), by_fund=text("pk"))


def _fund_names(keys: Iterable[str]) -> dict[str, str]:
    return {str(fund.pk): str(fund) for fund in FundSource.objects.unscoped().filter(pk__in=list(keys))}


def _subject_names(keys: Iterable[str]) -> dict[str, str]:
    """By the title that the newest payable of a subject bears."""
    found = Payable.objects.unscoped().filter(subject_code__in=list(keys)).order_by("pk")
    return dict(found.values_list("subject_code", "title"))


FUND = Dimension("fund", _("Fund source"), _fund_names)
SUBJECT = Dimension("subject", _("Paid for"), _subject_names)
MONTH = Dimension("month", _("Month of the payment"), month_names, over_time=True)

COUNTS = (
    Count("payments-promised", _owed(PROMISED), ("fund", "subject")),
    Count("payments-paid", _owed(PAID), ("fund", "subject", "month")),
    Count("payments-budget", _budgets, ("fund",)),
)


def _listing(*states: str):
    def address(where: Where) -> str:
        filters = {"year": where.period, "payer": where.organization.code, "state": states}
        if where.direct:
            filters["payer_direct"] = "1"
        if where.dimension:
            filters[where.dimension] = where.key[:7] if where.dimension == "month" else where.key
        return f"{reverse('payments_desk:payables')}?{urlencode(filters, doseq=True)}"

    return address


def _funds(where: Where) -> str:
    """The budgets behind the number; a fund of its own leads to its ledger."""
    if where.dimension == "fund":
        return reverse("payments_desk:fund", args=[where.key])
    return ""


PAID_OUT = Column(
    "paid",
    _("Paid"),
    _("What the bank has confirmed, in yuan."),
    ("payments-paid",),
    _listing(*PAID),
    money=True,
)
STILL_OWED = Column(
    "promised",
    _("Promised, not paid yet"),
    _("Owed and set aside in the fund: waiting, in a batch, at the bank, or returned by it."),
    ("payments-promised",),
    _listing(*PROMISED),
    money=True,
)
COMMITTED = Column(
    "committed",
    _("Promised and paid"),
    _("All that is owed from the funds and wasn't cancelled, whether it is paid or not."),
    ("payments-promised", "payments-paid"),
    _listing(*PROMISED, *PAID),
    money=True,
)
BUDGET = Column(
    "budget", _("Budget"), _("Of the fund sources of the year, as it stands."), ("payments-budget",), _funds, money=True
)

STATISTICS = (
    Statistic(
        code="payments-used",
        title=_("Money: budget used"),
        definition=_("Yuan promised and paid, of the budgets of the year. A fund can't promise more than it has."),
        numerator=COMMITTED,
        denominator=BUDGET,
        beside=(PAID_OUT, STILL_OWED),
        dimensions=(FUND,),
        roles=FUND_READERS,
    ),
    Statistic(
        code="payments-paid",
        title=_("Money: paid of what was promised"),
        definition=_("Yuan that the bank has confirmed, of all that is owed from the funds of the year."),
        numerator=PAID_OUT,
        denominator=COMMITTED,
        beside=(STILL_OWED,),
        dimensions=(SUBJECT, FUND),
        roles=FUND_READERS,
        higher_is_better=True,
    ),
    Statistic(
        code="payments-months",
        title=_("Money: paid by month"),
        definition=_("Yuan confirmed by the bank, by the month in which its answer was read."),
        numerator=PAID_OUT,
        dimensions=(MONTH, SUBJECT, FUND),
        roles=FUND_READERS,
    ),
)

_OF_FUND = "SELECT organization_id FROM payments_fundsource WHERE id = {row}.fund_id"
WATCHES = {
    "payable": Watch("payments_payable", _OF_FUND, ("state", "amount", "fund_id", "subject_code", "paid_at")),
    "fund": Watch("payments_fundsource", "SELECT {row}.organization_id", ("budget", "year", "organization_id")),
}
