"""Bank layouts: which columns a bank's file has and what its answers mean, each in a field of its own."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.foundation.errors import Refused
from services.payments import actions, errors, policies, queries
from services.payments.desk.pages import ActionForm, DeskPage, desk_url
from services.payments.forms.layouts import LayoutForm
from services.payments.models import BankLayout
from services.payments.models.fund import FUND_READERS


class LayoutList(DeskPage, DeskListView):
    model = BankLayout
    index_url_name = "payments_desk:layouts"
    index_results_url_name = "payments_desk:layouts_results"
    page_title = gettext_lazy("Bank layouts")
    default_ordering = ("name", "pk")
    list_export = ()

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def rows(self, user):
        return queries.layouts_for(user, roles=FUND_READERS)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name", label=pgettext("of a thing", "Name"), get_url=lambda layout: desk_url("layout", layout.code)
            ),
            Column("organization.name", label=_("Kept by")),
            Column("columns", label=_("Columns"), accessor=_headings),
            BooleanColumn("in_use", label=_("In use")),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_prepare_anywhere(self.request.user):
            return []
        return [HeaderButton(_("New layout"), url=desk_url("layout_add"), icon_name="plus")]


def _headings(layout: BankLayout) -> str:
    return _(", ").join(column["heading"] for column in layout.columns)


class LayoutAdd(ActionForm, DeskPage):
    above = ("layouts", gettext_lazy("Bank layouts"))
    template_name = "payments/desk/layout.html"
    page_title = gettext_lazy("New layout")
    form_class = LayoutForm
    layout: BankLayout | None = None

    def allowed(self):
        return policies.may_prepare_anywhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "layout": self.layout}

    def form_valid(self, form):
        try:
            actions.save_layout(self.layout, by=self.request.user, now=clock.now(), **form.given())
        except errors.LayoutFaulty as faulty:
            form.take_faults(faulty.faults)
            return self.form_invalid(form)
        except Refused as refusal:
            form.add_error(None, refusal.message(staff=True))
            return self.form_invalid(form)
        messages.success(self.request, _("The layout is saved. Batches keep the layout they were handed in with."))
        return redirect(self.get_success_url())

    def get_success_url(self):
        return desk_url("layouts")


class LayoutEdit(LayoutAdd):
    page_title = gettext_lazy("Change the layout")

    def allowed(self):
        return policies.may_keep_layout(self.request.user, self.layout.organization)

    @cached_property
    def layout(self) -> BankLayout:
        rows = queries.layouts_for(self.request.user, roles=FUND_READERS)
        return get_object_or_404(rows, code=self.kwargs["code"])
