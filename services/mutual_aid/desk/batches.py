"""Batches: the list, beginning one, one of them on a screen with its next step, renewals that are due."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.foundation.keyset_list import KeysetListing
from services.foundation.scope import path_filter, scope_of
from services.foundation.verdict import Finding, Outcome
from services.mutual_aid import errors, policies, queries, wording
from services.mutual_aid.actions import enrolling
from services.mutual_aid.actions.batch_decisions import lacking
from services.mutual_aid.actions.reminding import prepared_until
from services.mutual_aid.desk.joining_pages import ActionForm, BatchPage, JoiningPage, desk_url
from services.mutual_aid.enums import BatchKind, BatchState, RowState
from services.mutual_aid.forms.filters import BatchFilters
from services.mutual_aid.forms.joining import BeginForm
from services.mutual_aid.models import EnrolmentBatch, EnrolmentRow
from services.mutual_aid.queries import joining, terms_of
from services.mutual_aid.queries.group import headcount_of, percent_needed, threshold_of
from services.mutual_aid.rules.enrolling import for_the_unit
from services.mutual_aid.rules.threshold import share
from services.organizations.enums import ROSTER_WRITERS

PAGE = 50
_CAN_DROP = (*enrolling.PREPARED, BatchState.SUBMITTED, BatchState.CONFIRMED)


class BatchList(KeysetListing, JoiningPage, BaseListingView):
    """Newest first."""

    page_title = gettext_lazy("Enrolment batches")
    verbose_name_plural = gettext_lazy("enrolment batches")
    filterset_class = BatchFilters
    index_url_name = "mutual_aid_joining:batches"
    index_results_url_name = "mutual_aid_joining:batches_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return joining.batches_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "number",
                label=_("Number"),
                get_url=lambda batch: desk_url("batch", batch.token),
                classname="payments-nowrap",
            ),
            Column("organization", label=_("Unit")),
            Column(
                "scheme", label=_("Scheme"), accessor=lambda batch: queries.name_of(batch.scheme), classname="desk-name"
            ),
            Column("get_kind_display", label=_("Kind")),
            NumberColumn("persons", label=pgettext_lazy("enrolled", "Persons")),
            Column("share", label=_("Joined, %"), accessor=_share, classname="payments-number"),
            Column("needed", label=_("Needed, %"), accessor=percent_needed, classname="payments-number"),
            Column("fee_total", label=_("Fee, yuan"), classname="payments-number"),
            StatusTagColumn(
                "get_state_display", label=_("State"), primary=lambda batch: batch.state == BatchState.EFFECTIVE
            ),
            Column("last_day", label=_("Last day"), accessor=lambda batch: _day(batch.last_day)),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_prepare_batch(self.request.user):
            return []
        return [HeaderButton(_("New batch"), url=desk_url("batch_add"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        return [
            Button(_("Renewals that are due"), url=desk_url("renewals"), icon_name="history"),
            Button(_("Units that haven't joined"), url=desk_url("units"), icon_name="warning"),
        ]


def _day(day) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _share(batch: EnrolmentBatch) -> str:
    return share(batch.persons + batch.covered_before, headcount_of(batch) or 0)


class BatchAdd(ActionForm, JoiningPage):
    page_title = gettext_lazy("New batch")
    submit_label = gettext_lazy("Begin the batch")
    form_class = BeginForm
    intro = gettext_lazy("One unit, one scheme. Afterwards you choose the women, or import your list.")
    field_of = {
        errors.BatchOpen.code: "kind",
        errors.SchemeNotOpen.code: "terms",
        errors.NobodyMayBeAdded.code: "kind",
        errors.NoRunningPeriod.code: "kind",
        errors.NothingToRenew.code: "kind",
    }

    def allowed(self):
        return policies.may_prepare_batch(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def act(self, form):
        data = form.cleaned_data
        self.made = enrolling.begin_batch(
            data["terms"], organization=data["organization"], kind=data["kind"], by=self.request.user, now=clock.now()
        )
        return _("The batch is begun. Choose the women, or import your list.")

    def get_success_url(self):
        return desk_url("batch", self.made.token) if hasattr(self, "made") else desk_url("batches")


class BatchView(BatchPage, TemplateView):
    """Where the batch stands, the one next step, the group's share, fees, papers, its lines."""

    template_name = "mutual_aid/desk/batch.html"

    def get_page_title(self):
        return self.batch.number

    def get_breadcrumbs_items(self):
        return self.trail()

    @cached_property
    def may_prepare(self) -> bool:
        return bool(policies.may_prepare_batch(self.request.user, self.batch.organization))

    @cached_property
    def header_more_buttons(self):
        if not self.may_prepare or self.batch.state not in _CAN_DROP:
            return []
        return [Button(_("Give the batch up"), url=desk_url("batch_drop", self.batch.token), icon_name="cross")]

    def get_context_data(self, **kwargs):
        batch, user = self.batch, self.request.user
        open_for_unit = batch.state in enrolling.PREPARED
        terms = terms_of(batch.terms)
        lines = joining.rows_of(batch)
        state = self.request.GET.get("state", "")
        if state in RowState.values:
            lines = lines.filter(state=state)
        page = Paginator(lines, PAGE).get_page(self.request.GET.get("page"))
        above = bool(policies.may_look_at_lines(user, batch))
        lacks = lacking(batch) if open_for_unit and self.may_prepare else []
        return super().get_context_data(
            states=BatchState,
            scheme_name=queries.name_of(batch.scheme),
            share=[_told(one) for one in threshold_of(batch, terms).findings],
            sums=joining.sums_of(batch),
            papers=list(joining.papers_of(batch)),
            page=page,
            rows=[line_told(row) for row in page],
            line_state=state,
            line_states=[(one, RowState(one).label) for one in _counted(batch)],
            may_prepare=self.may_prepare,
            may_change=self.may_prepare and open_for_unit,
            may_decide=policies.may_decide_batch(user, batch),
            may_look=above,
            lacks=[_told(one) for one in lacks],
            split_known=bool(batch.fee_total) or not batch.persons,
            history=log_registry.get_logs_for_instance(batch).select_related("user")[:20],
            **kwargs,
        )


def _counted(batch: EnrolmentBatch) -> list[str]:
    found = EnrolmentRow.objects.own(batch=batch).order_by().values_list("state", flat=True).distinct()
    return sorted(found, key=RowState.values.index)


def _told(finding: Finding) -> dict:
    said = wording.explain(finding)
    return {"rule": said.rule, "value": said.value, "remedy": said.remedy, "met": finding.outcome is Outcome.PASSED}


def line_told(row: EnrolmentRow) -> dict:
    """A line as everybody reads it who sees the batch: what tells of an illness or of another unit is left out."""
    findings = for_the_unit(Finding.from_json(one) for one in row.findings or ())
    if row.settled_because:
        findings = [one for one in findings if one.code != "looked_at_above"]
    return {
        "row": row,
        "label": row.get_state_display(),
        "said": [wording.explain(one) for one in findings],
        "certificate": row.cover or row.adds_to,
    }


class RenewalList(JoiningPage, TemplateView):
    """Periods of her units that end soon or ended lately and weren't renewed; one click begins the renewal."""

    page_title = gettext_lazy("Renewals that are due")
    template_name = "mutual_aid/desk/renewals.html"

    def get_context_data(self, **kwargs):
        today = clock.today()
        paths = scope_of(self.request.user).paths(roles=ROSTER_WRITERS)
        due = joining.renewals_due(today, prepared_until(today)).filter(path_filter("path", paths))
        rows = due.select_related("organization", "scheme", "terms").order_by("last_day", "pk")
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        told = [
            {
                "batch": batch,
                "scheme": queries.name_of(batch.scheme),
                "over": batch.last_day < today,
                "until": batch.last_day + timedelta(days=batch.grace or 0),
                "late": batch.last_day + timedelta(days=batch.grace or 0) < today,
            }
            for batch in page
        ]
        return super().get_context_data(page=page, rows=told, **kwargs)


class RenewalBegin(BatchPage, View):
    """One click: a renewal batch with last period's women."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_prepare_batch(self.request.user, self.batch.organization)

    def post(self, request, token):
        terms = queries.in_force_for(self.batch.organization).filter(scheme=self.batch.scheme).first()
        try:
            if terms is None:
                raise errors.SchemeNotOpen()
            made = enrolling.begin_batch(
                terms,
                organization=self.batch.organization,
                kind=BatchKind.RENEWAL,
                by=request.user,
                now=clock.now(),
            )
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return redirect(desk_url("renewals"))
        messages.success(request, _("The renewal is begun with the women of the period before."))
        return redirect(desk_url("batch", made.token))
