"""Covers: the list of a unit and those above, one with its history, withdrawing, ending, the certificate on paper."""

from django.http import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.foundation import clock
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.keyset_list import KeysetListing
from services.mutual_aid import errors, policies, queries
from services.mutual_aid.actions import batch_decisions, leaving
from services.mutual_aid.certificates import certificate_of
from services.mutual_aid.desk.cover_days import answer
from services.mutual_aid.desk.joining_pages import ActionForm, CoverPage, JoiningPage, desk_url
from services.mutual_aid.enums import Leaving
from services.mutual_aid.forms.filters import CoverFilters
from services.mutual_aid.forms.joining import DropForm, LeavingForm, OnDayForm
from services.mutual_aid.models import CoverVersion
from services.mutual_aid.queries.cover_lists import covers_listed
from services.mutual_aid.wording.covers import standing_in_short
from services.workers.queries import found_by_number

MOST_STATE = 900


class CoverList(SavesViews, KeysetListing, JoiningPage, BaseListingView):
    """Newest first, as known now."""

    page_title = gettext_lazy("Covers")
    header_icon = "check"
    verbose_name_plural = gettext_lazy("covers")
    filterset_class = CoverFilters
    results_template_name = "desk/saved_results.html"
    index_url_name = "mutual_aid_joining:covers"
    index_results_url_name = "mutual_aid_joining:covers_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return covers_listed(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            find_url=desk_url("covers_find"),
            find_label=_("Find a cover"),
            find_help=_(
                "Beginning of a name, or whole mobile or identity number. A number of a person is never kept and never "
                "stands in the address."
            ),
            **kwargs,
        )

    @cached_property
    def columns(self):
        today = clock.today()
        return [
            TitleColumn(
                "worker.name",
                label=pgettext_lazy("person", "Name"),
                get_url=lambda version: desk_url("cover", version.cover.token),
                classname="payments-nowrap",
            ),
            Column("number", label=_("Identity number"), accessor=lambda one: f"…{one.worker.id_last4}"),
            Column("cover.organization", label=_("Unit")),
            Column("scheme", label=_("Scheme"), accessor=lambda version: queries.name_of(version.scheme)),
            Column("first_day", label=_("First day"), accessor=lambda version: f"{version.first_day:%Y-%m-%d}"),
            Column("last_day", label=_("Last day"), accessor=lambda version: f"{version.last_day:%Y-%m-%d}"),
            NumberColumn("shares", label=_("Shares")),
            StatusTagColumn(
                "standing",
                label=pgettext_lazy("cover", "Today"),
                accessor=lambda version: standing_in_short(version, today),
                primary=lambda version: version.first_day <= today <= version.last_day,
            ),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=['covers'])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]


class FindCover(JoiningPage, View):
    """The search box posts here; what leads back to the list names records by their tokens, never a number."""

    http_method_names = ["post"]

    def post(self, request):
        text = searched_text(request)
        state = QueryDict(request.POST.get("within", "")[:MOST_STATE], mutable=True)
        for name in ("q", "person", "p"):
            state.pop(name, None)
        if tells_on_somebody(text):
            found = found_by_number(request.user, text, today=clock.today())
            if not found:
                messages.warning(request, _("No woman within your reach has this number."))
            else:
                state["person"] = ",".join(worker.token for worker in found)
        elif text:
            state["q"] = text[:LONGEST_NAME]
        query = state.urlencode()
        return redirect(f"{desk_url('covers')}?{query}" if query else desk_url("covers"))


class CoverView(CoverPage, TemplateView):
    """What is known of it now, and everything that was ever known."""

    template_name = "mutual_aid/desk/cover.html"

    def get_page_title(self):
        return self.cover.number

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        versions = list(queries.history_of(self.cover))
        present, today = versions[-1], clock.today()
        may_change = policies.may_change_cover(self.request.user, self.cover)
        return super().get_context_data(
            version=present,
            versions=versions[::-1],
            **self._on_a_day(),
            may_correct=bool(may_change) and present.state == "in_force",
            standing=standing_in_short(present, today),
            scheme_name=queries.name_of(self.cover.scheme),
            may_withdraw=bool(may_change) and present.first_day > today and present.state == "in_force",
            may_end=bool(may_change) and _may_end(present, today),
            **kwargs,
        )

    def _on_a_day(self) -> dict:
        """The question by two dates, and its answer once it is asked."""
        asked = "on" in self.request.GET
        form = OnDayForm(self.request.GET if asked else None)
        told = answer(self.cover, **form.cleaned_data) if asked and form.is_valid() else None
        return {"day_form": form, "told": told}


def _may_end(version: CoverVersion, today) -> bool:
    runs = version.first_day <= today <= version.last_day
    return runs and version.state == "in_force" and version.terms.leaving == Leaving.ENDS


class Withdraw(ActionForm, CoverPage):
    page_title = submit_label = gettext_lazy("Withdraw before it begins")
    form_class = DropForm
    danger = True
    intro = gettext_lazy("Her cover never counts. From its first day on it can't be withdrawn.")
    field_of = {errors.ReasonNeeded.code: "reason"}

    def allowed(self):
        return policies.may_change_cover(self.request.user, self.cover)

    def act(self, form):
        batch_decisions.withdraw_cover(self.cover, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The cover is withdrawn.")


class EndForLeaving(ActionForm, CoverPage):
    page_title = submit_label = gettext_lazy("She has left the unit")
    form_class = LeavingForm
    danger = True
    intro = gettext_lazy("By the terms her cover ends with the day on which she leaves. Nothing is paid back.")
    field_of = {errors.DateAhead.code: "on", errors.DayOutsideCover.code: "on"}

    def allowed(self):
        return policies.may_change_cover(self.request.user, self.cover)

    def act(self, form):
        leaving.end_for_leaving(self.cover, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The cover ends on that day.")


class Certificate(CoverPage, View):
    """The certificate on paper, for the unit to hand over."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        context = certificate_of(self.cover, now=clock.now()) | {"back": self.get_success_url()}
        return TemplateResponse(request, "mutual_aid/certificate.html", context)
