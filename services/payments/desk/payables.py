"""What is owed: narrowed, searched, taken along as a workbook, put into a batch."""

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.foundation import clock
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.keyset_list import KeysetListing
from services.payments import queries
from services.payments.desk.columns import YuanColumn
from services.payments.desk.pages import DeskPage, desk_url
from services.payments.enums import PayableState
from services.payments.forms.filters import PayableFilters
from services.payments.models import Payable

MOST_STATE = 900


def page_of(payable: Payable) -> str:
    return desk_url("payable", payable.token)


def account_ending(payable: Payable) -> str:
    return f"…{payable.account.number_last4}" if payable.account_id else _("none yet")


class PayableList(SavesViews, KeysetListing, DeskPage, BaseListingView):
    """Newest first."""

    page_title = gettext_lazy("Payables")
    verbose_name_plural = gettext_lazy("payables")
    filterset_class = PayableFilters
    results_template_name = "desk/saved_results.html"
    index_url_name = "payments_desk:payables"
    index_results_url_name = "payments_desk:payables_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return queries.payables_for(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            find_url=desk_url("payables_find"),
            find_label=_("Find a payable"),
            find_help=_(
                "Case or batch number, beginning of a name, whole mobile or identity number. A number of a person is "
                "never kept and never stands in the address."
            ),
            **kwargs,
        )

    @cached_property
    def columns(self):
        return [
            TitleColumn("worker.name", label=pgettext("person", "Name"), get_url=page_of, classname="payments-nowrap"),
            Column("worker.organization.name", label=_("Union")),
            Column("title", label=_("For")),
            Column("case_number", label=_("Case"), classname="payments-nowrap"),
            YuanColumn("amount", label=_("Amount")),
            Column("fund", label=_("Fund source")),
            Column("account", label=_("Account"), accessor=account_ending, classname="payments-nowrap"),
            StatusTagColumn(
                "get_state_display", label=_("State"), primary=lambda payable: payable.state == PayableState.PAID
            ),
            DayColumn("raised_at", label=_("Raised"), classname="payments-nowrap"),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=['payables'])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]


class FindPayable(DeskPage, View):
    """The search box posts here; what leads back to the list names records by their tokens, never a number."""

    http_method_names = ["post"]

    def post(self, request):
        text = searched_text(request)
        state = QueryDict(request.POST.get("within", "")[:MOST_STATE], mutable=True)
        for name in ("q", "person", "p"):
            state.pop(name, None)
        if tells_on_somebody(text):
            found = queries.women_with_number(request.user, text, today=clock.today())
            if not found:
                messages.warning(request, _("Nothing is owed to a woman with this number, as far as you may see."))
            else:
                state["person"] = ",".join(worker.token for worker in found)
        elif text:
            state["q"] = text[:LONGEST_NAME]
        query = state.urlencode()
        return redirect(f"{desk_url('payables')}?{query}" if query else desk_url("payables"))
