"""Funds: what may be spent, is promised, is paid and left; the ledger behind each; opening, changing, closing."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button, HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.payments import actions, errors, policies, queries
from services.payments.desk.columns import YuanColumn
from services.payments.desk.pages import ActionForm, Confirm, DeskPage, FundPage, desk_url
from services.payments.forms.money import BudgetForm, FundForm
from services.payments.models import FundLine, FundSource

PAGE = 50


class FundList(DeskPage, DeskListView):
    model = FundSource
    above = ("funds", gettext_lazy("Fund sources"))
    index_url_name = "payments_desk:funds"
    index_results_url_name = "payments_desk:funds_results"
    page_title = gettext_lazy("Fund sources")
    default_ordering = ("-year", "code", "pk")
    list_export = ()

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def rows(self, user):
        return queries.funds_for(user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=pgettext("of a thing", "Name"),
                get_url=lambda fund: desk_url("fund", fund.pk),
                sort_key="name",
            ),
            Column("year", label=_("Year"), sort_key="year"),
            Column("organization.name", label=_("Kept by")),
            YuanColumn("budget", label=_("Budget")),
            YuanColumn("committed", label=_("Promised")),
            YuanColumn("spent", label=_("Paid")),
            YuanColumn("left", label=_("Left")),
            StatusTagColumn("state", label=_("State"), accessor=_state, primary=lambda fund: not fund.closed_at),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_keep_funds_anywhere(self.request.user):
            return []
        return [HeaderButton(_("New fund"), url=desk_url("fund_add"), icon_name="plus")]


def _state(fund: FundSource) -> str:
    return _("Closed") if fund.closed_at else _("Open")


class Fund(FundPage, TemplateView):
    """The four sums, and every line that led to them, newest first."""

    template_name = "payments/desk/fund.html"

    def get_page_title(self):
        return str(self.fund)

    def get_breadcrumbs_items(self):
        return self.trail()

    @cached_property
    def may_keep(self) -> bool:
        return bool(policies.may_keep_fund(self.request.user, self.fund.organization)) and not self.fund.closed_at

    @cached_property
    def header_buttons(self):
        if not self.may_keep:
            return []
        return [HeaderButton(_("Change the budget"), url=desk_url("fund_budget", self.fund.pk), icon_name="edit")]

    @cached_property
    def header_more_buttons(self):
        if not self.may_keep:
            return []
        return [Button(_("Close the fund"), url=desk_url("fund_close", self.fund.pk), icon_name="lock")]

    def get_context_data(self, **kwargs):
        lines = FundLine.objects.filter(fund=self.fund).select_related("payable", "by").order_by("-pk")
        page = Paginator(lines, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class FundAdd(ActionForm, DeskPage):
    above = ("funds", gettext_lazy("Fund sources"))
    page_title = gettext_lazy("New fund")
    submit_label = gettext_lazy("Open the fund")
    form_class = FundForm
    intro = gettext_lazy("One budget of one year. Its sums change only together with a line in its ledger.")
    field_of = {errors.FundExists.code: "code", errors.AmountInvalid.code: "budget"}

    def allowed(self):
        return policies.may_keep_funds_anywhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"year": clock.today().year}

    def act(self, form):
        self.made = actions.open_fund(by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The fund is open.")

    def get_success_url(self):
        return desk_url("fund", self.made.pk) if hasattr(self, "made") else desk_url("funds")


class KeptFund(FundPage):
    def allowed(self):
        return policies.may_keep_fund(self.request.user, self.fund.organization)


class FundBudget(ActionForm, KeptFund):
    page_title = submit_label = gettext_lazy("Change the budget")
    form_class = BudgetForm
    field_of = {
        errors.BudgetBelowPromises.code: "budget",
        errors.AmountInvalid.code: "budget",
        errors.ReasonMissing.code: "reason",
    }

    def get_initial(self):
        return {"budget": self.fund.budget}

    def act(self, form):
        actions.change_budget(self.fund, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The budget is changed.")


class FundClose(Confirm, KeptFund):
    page_title = submit_label = gettext_lazy("Close the fund")
    danger = True
    intro = gettext_lazy("Nothing more can be promised from it. Its ledger stays.")

    def act(self, form):
        actions.close_fund(self.fund, by=self.request.user, now=clock.now())
        return _("The fund is closed.")
