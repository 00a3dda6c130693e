"""What every desk page of payments shares: the right to be there, the way back up, the batch or payable of the URL."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskFormView, DeskView
from services.foundation.verdict import Verdict
from services.payments import policies, queries
from services.payments.models import Batch, FundSource, Payable

NAMESPACE = "payments_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class DeskPage(DeskView, WagtailAdminTemplateMixin):
    """A page of this desk."""

    header_icon = "doc-full"
    # (name of the list, its title): the crumb above this page.
    above = ("batches", _("Batches"))

    def allowed(self) -> Verdict:
        return policies.may_enter_desk(self.request.user)

    def trail(self) -> list[dict]:
        name, title = self.above
        return [*self.breadcrumbs_items, {"url": desk_url(name), "label": title}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class FundPage(DeskPage):
    above = ("funds", _("Fund sources"))

    @cached_property
    def fund(self) -> FundSource:
        return get_object_or_404(queries.funds_for(self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_see(self.request.user, self.fund.organization)

    def trail(self):
        return [*super().trail(), {"url": desk_url("fund", self.fund.pk), "label": str(self.fund)}]

    def get_success_url(self):
        return desk_url("fund", self.fund.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(fund=self.fund, **kwargs)


class PayablePage(DeskPage):
    above = ("payables", _("Payables"))
    header_icon = "user"

    @cached_property
    def payable(self) -> Payable:
        return get_object_or_404(queries.payables_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_see(self.request.user, self.payable.organization)

    def trail(self):
        crumb = {"url": desk_url("payable", self.payable.token), "label": self.payable.worker.name}
        return [*super().trail(), crumb]

    def get_success_url(self):
        return desk_url("payable", self.payable.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(payable=self.payable, **kwargs)


class BatchPage(DeskPage):
    @cached_property
    def batch(self) -> Batch:
        return get_object_or_404(queries.batches_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_see(self.request.user, self.batch.organization)

    def trail(self):
        return [*super().trail(), {"url": desk_url("batch", self.batch.token), "label": self.batch.number}]

    def get_success_url(self):
        return desk_url("batch", self.batch.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(batch=self.batch, **kwargs)


class PreparerOf(BatchPage):
    """A page about a batch for those who prepare it."""

    def allowed(self):
        return policies.may_prepare(self.request.user, self.batch.organization)


class ActionForm(DeskFormView):
    """A form that leads to one action. ``field_of`` maps error codes to the field the message belongs beside."""

    field_of: dict[str, str] = {}

    def field_for(self, refusal):
        return self.field_of.get(refusal.code)


class Confirm(ActionForm):
    """A question with its consequence, and one button."""

    form_class = forms.Form
