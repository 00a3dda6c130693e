"""What was granted, and the list of the yearly condolence visit. Names masked; no illness, no grade."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.widgets.button import Button, HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskListView
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing
from services.mutual_aid.actions import nominating
from services.mutual_aid.enums import BenefitState, NominationState
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.forms.adjudicating import NominationForm, YearForm
from services.mutual_aid.forms.claim_filters import BenefitFilters, NominationFilters
from services.mutual_aid.models import Benefit, Nomination
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import benefits_listed, case_page
from services.mutual_aid.queries.nominations import nominations_listed


def _export(code: str, view) -> Button:
    to_file = f"{reverse('exports:ask', args=[code])}?{view.state.urlencode()}"
    return Button(_("Export to Excel"), url=to_file, icon_name="download", priority=90)


class BenefitList(KeysetListing, DeskListView):
    """The newest first."""

    model = Benefit
    index_url_name = "claims_desk:benefits"
    index_results_url_name = "claims_desk:benefits_results"
    page_title = gettext_lazy("Benefits")
    header_icon = "tick"
    filterset_class = BenefitFilters
    default_ordering = "-pk"
    is_searchable = False
    list_export = ()

    def allowed(self):
        return policies.may_read_claims(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("claim.case.number", label=_("Case"), get_url=lambda one: case_page(one.claim.case)),
            Column("worker.masked_name", label=_("Woman")),
            Column("organization.name", label=_("Union")),
            Column("scheme.name", label=_("Scheme")),
            NumberColumn("amount", label=_("Amount in yuan")),
            Column("fund", label=_("Fund source")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state == BenefitState.PAID),
            Column("decided_at", label=_("Decided on"), accessor=lambda one: f"{timezone.localdate(one.decided_at)}"),
        ]

    @cached_property
    def header_more_buttons(self):
        return [_export("mutual-aid-benefits", self)]

    def rows(self, user):
        return benefits_listed(user, policies.CLAIM_READERS)


class NominationList(DeskListView):
    model = Nomination
    index_url_name = "claims_desk:nominations"
    index_results_url_name = "claims_desk:nominations_results"
    page_title = gettext_lazy("Condolence visits")
    header_icon = "group"
    filterset_class = NominationFilters
    default_ordering = ("-year", "-pk")
    is_searchable = False
    list_export = ()

    def allowed(self):
        return policies.may_read_nominations(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "worker.masked_name",
                label=_("Woman"),
                get_url=lambda one: reverse("claims_desk:nomination", args=[one.pk]),
            ),
            Column("organization.name", label=_("Union")),
            NumberColumn("year", label=_("Year")),
            StatusTagColumn(
                "get_state_display", label=_("State"), primary=lambda one: one.state == NominationState.CONFIRMED
            ),
            Column("reason", label=_("Why she is left out"), accessor=lambda one: one.reason or "—"),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_draw_up(self.request.user):
            return []
        return [HeaderButton(_("Draw up the year's list"), url=reverse("claims_desk:draw_up"), icon_name="plus")]

    @cached_property
    def state(self):
        return self.request.GET.copy()

    @cached_property
    def header_more_buttons(self):
        return [_export("mutual-aid-visits", self)]

    def rows(self, user):
        return nominations_listed(user)


class _BackToList(DeskFormView):
    header_icon = "group"

    def get_success_url(self):
        return reverse("claims_desk:nominations")

    def get_breadcrumbs_items(self):
        above = {"url": self.get_success_url(), "label": _("Condolence visits")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


class DecideNomination(_BackToList):
    page_title = gettext_lazy("Confirm or leave out")
    form_class = NominationForm

    @cached_property
    def nomination(self) -> Nomination:
        return get_object_or_404(nominations_listed(self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_decide_nomination(self.request.user, self.nomination.organization)

    @property
    def intro(self):
        one = self.nomination
        words = {"name": one.worker.masked_name, "union": one.organization.name, "year": one.year}
        return _("%(name)s of %(union)s, visit of %(year)s.") % words

    def get_initial(self):
        return {"state": self.nomination.state, "reason": self.nomination.reason}

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.ReasonTooShort) else None

    def act(self, form):
        nominating.decide_nomination(self.nomination, **form.cleaned_data, by=self.request.user, now=clock.now())
        return _("Noted.")


class DrawUp(_BackToList):
    page_title = gettext_lazy("Draw up the year's list")
    form_class = YearForm
    intro = gettext_lazy("Everybody of your unions who was ever paid is proposed once. Who stands on the list stays.")

    def allowed(self):
        return policies.may_draw_up(self.request.user)

    def get_initial(self):
        return {"year": nominating.year_of_visit(clock.today())}

    def act(self, form):
        added = nominating.draw_up(**form.cleaned_data, by=self.request.user, now=clock.now())
        return ngettext("%(count)s woman was added.", "%(count)s women were added.", added) % {"count": added}
