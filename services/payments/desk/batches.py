"""Batches: the list, one of them with the next step, putting it together, freezing, giving up."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.foundation.desk_columns import Column, DayColumn, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.foundation.keyset_list import KeysetListing
from services.payments import actions, errors, policies, queries
from services.payments.actions.files import is_kept, kept_for
from services.payments.desk.columns import YuanColumn
from services.payments.desk.pages import ActionForm, BatchPage, Confirm, DeskPage, PreparerOf, desk_url
from services.payments.enums import BatchState, LeftOut, LineState
from services.payments.forms.filters import BatchFilters
from services.payments.forms.money import BatchForm, ReasonForm
from services.payments.models import BatchLine

PAGE = 50
_GIVEN_UP = (BatchState.OPEN, BatchState.FROZEN, BatchState.APPROVED)


class BatchList(KeysetListing, DeskPage, BaseListingView):
    page_title = gettext_lazy("Batches")
    verbose_name_plural = gettext_lazy("payment batches")
    filterset_class = BatchFilters
    index_url_name = "payments_desk:batches"
    index_results_url_name = "payments_desk:batches_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return queries.batches_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "number",
                label=_("Number"),
                get_url=lambda batch: desk_url("batch", batch.token),
                classname="payments-nowrap",
            ),
            Column("fund", label=_("Fund source")),
            NumberColumn("count", label=_("Lines")),
            YuanColumn("total", label=_("Total")),
            StatusTagColumn(
                "get_state_display", label=_("State"), primary=lambda batch: batch.state == BatchState.CLOSED
            ),
            Column("made_by.full_name", label=_("Prepared by")),
            Column("approved", label=_("Approved by"), accessor=_approver),
            DayColumn("made_at", label=pgettext_lazy("batch", "Begun")),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_prepare_anywhere(self.request.user):
            return []
        return [HeaderButton(_("New batch"), url=desk_url("batch_add"), icon_name="plus")]


def _approver(batch) -> str:
    return batch.approved_by.full_name if batch.approved_by_id else ""


class BatchAdd(ActionForm, DeskPage):
    page_title = gettext_lazy("New batch")
    submit_label = gettext_lazy("Begin the batch")
    form_class = BatchForm
    intro = gettext_lazy("One fund, one bank. Afterwards you choose what goes into it.")
    field_of = {errors.LayoutNotInUse.code: "layout"}

    def allowed(self):
        return policies.may_prepare_anywhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form):
        self.made = actions.open_batch(by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The batch is open. Put in what waits.")

    def get_success_url(self):
        return desk_url("batch", self.made.token) if hasattr(self, "made") else desk_url("batches")


class BatchView(BatchPage, TemplateView):
    """Where the batch stands, the one next step, its lines, what the bank said."""

    template_name = "payments/desk/batch.html"

    def get_page_title(self):
        return self.batch.number

    def get_breadcrumbs_items(self):
        return self.trail()

    @cached_property
    def may_prepare(self) -> bool:
        return bool(policies.may_prepare(self.request.user, self.batch.organization))

    @cached_property
    def header_more_buttons(self):
        batch = self.batch
        if not self.may_prepare or batch.state not in _GIVEN_UP or batch.file_digest:
            return []
        return [Button(_("Give the batch up"), url=desk_url("batch_cancel", batch.token), icon_name="cross")]

    def get_context_data(self, **kwargs):
        batch, now = self.batch, clock.now()
        lines = queries.lines_of(batch).exclude(state=LineState.TAKEN_OUT)
        if state := self.request.GET.get("state"):
            lines = lines.filter(state=state) if state in LineState.values else lines
        counts = queries.counts_of(batch)
        counted = [(LineState(s), n, yuan) for s, (n, yuan) in sorted(counts.items()) if s != LineState.TAKEN_OUT]
        return super().get_context_data(
            states=BatchState,
            page=Paginator(lines, PAGE).get_page(self.request.GET.get("page")),
            line_state=state or "",
            counted=counted,
            in_it=counts.get(LineState.IN, (0, 0)),
            unknown=counts.get(LineState.UNKNOWN, (0, 0))[0],
            waiting=queries.waiting_for(batch.fund).count() if batch.state == BatchState.OPEN else 0,
            results=batch.results.select_related("uploaded_by").defer("outcome"),
            may_prepare=self.may_prepare,
            may_approve=policies.may_approve(self.request.user, batch),
            may_settle=bool(policies.may_settle(self.request.user, batch)),
            file_kept=is_kept(batch, now=now),
            file_until=batch.file_written_at and batch.file_written_at + kept_for(),
            history=log_registry.get_logs_for_instance(batch).select_related("user")[:20],
            **kwargs,
        )


class BatchPut(PreparerOf, TemplateView):
    """What waits in the fund, to be put in: the ticked ones, or all of it. Says what stayed out, and why."""

    template_name = "payments/desk/put.html"
    page_title = gettext_lazy("Put payables in")

    def get_context_data(self, **kwargs):
        page = Paginator(queries.waiting_for(self.batch.fund), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, states=BatchState, **kwargs)

    def post(self, request, *args, **kwargs):
        waiting = queries.waiting_for(self.batch.fund)
        if request.POST.get("which") != "all":
            waiting = waiting.filter(token__in=request.POST.getlist("payable")[: PAGE + 1])
        chosen = list(waiting.select_related(None).only("pk"))
        if not chosen:
            messages.error(request, _("Tick at least one payable."))
            return redirect(request.get_full_path())
        try:
            added = actions.add(self.batch, payables=chosen, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return redirect(self.get_success_url())
        self._say(added)
        return redirect(self.get_success_url())

    def _say(self, added) -> None:
        if added.count:
            words = ngettext("%(count)s line was put in.", "%(count)s lines were put in.", added.count)
            messages.success(self.request, words % {"count": added.count})
        why: dict[str, int] = {}
        for _payable, code, _words in added.left_out:
            why[code] = why.get(code, 0) + 1
        for code, count in why.items():
            words = {"why": LeftOut(code).label, "count": count}
            messages.warning(self.request, _("%(count)s stayed out: %(why)s.") % words)


class BatchTakeOut(PreparerOf, View):
    http_method_names = ["post"]

    def post(self, request, token, line):
        lines = BatchLine.objects.filter(batch=self.batch, pk=line)
        try:
            if actions.take_out(self.batch, lines=lines, by=request.user, now=clock.now()):
                messages.success(request, _("The line was taken out; its payable waits again."))
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        return redirect(self.get_success_url())


class BatchFreeze(Confirm, PreparerOf):
    page_title = submit_label = gettext_lazy("Hand in for approval")
    intro = gettext_lazy("Count, total and digest are fixed. A second person looks at them and approves.")

    def act(self, form):
        actions.freeze(self.batch, by=self.request.user, now=clock.now())
        return _("The batch waits for approval by a second person.")


class BatchCancel(ActionForm, PreparerOf):
    page_title = submit_label = gettext_lazy("Give the batch up")
    form_class = ReasonForm
    danger = True
    field_of = {errors.ReasonMissing.code: "reason"}
    intro = gettext_lazy("Nothing of it is paid; everything in it waits for another batch.")

    def act(self, form):
        actions.cancel_batch(self.batch, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The batch was given up.")
