"""The list of hardship files, its search box, and return visits that are due."""

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton

from services.accounts.desk.saved import SavesViews
from services.foundation import clock
from services.foundation.desk import DeskListView, DeskView
from services.foundation.desk_columns import Column, DayColumn, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.keyset_list import KeysetListing
from services.foundation.references import is_human_number
from services.relief import policies, queries
from services.relief.enums import FileState
from services.relief.forms.filters import FileFilters
from services.relief.models import Household, ReturnVisit
from services.workers.queries import found_by_number


def page_of(household: Household) -> str:
    return reverse("relief_desk:file", args=[household.token])


class FileList(SavesViews, KeysetListing, DeskListView):
    model = Household
    index_url_name = "relief_desk:files"
    index_results_url_name = "relief_desk:files_results"
    page_title = gettext_lazy("Hardship files")
    header_icon = "folder-open-inverse"
    filterset_class = FileFilters
    results_template_name = "desk/saved_results.html"
    default_ordering = "-pk"
    list_export = ()

    def allowed(self):
        return policies.may_read_files(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("number", label=_("Number"), get_url=page_of),
            Column("worker.masked_name", label=_("Woman")),
            Column("organization.name", label=_("Union")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda f: f.state == FileState.ON_FILE),
            Column("get_category_display", label=_("Category")),
            Column("get_cause_display", label=_("Main cause")),
            NumberColumn("persons", label=_("Persons")),
            DayColumn("recheck_due_on", label=_("To be checked again by")),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_keep_files(self.request.user):
            return []
        begin = reverse("relief_desk:find")
        return [HeaderButton(_("Apply in her name"), url=begin, icon_name="plus")]

    @cached_property
    def header_more_buttons(self):
        to_file = f"{reverse('exports:ask', args=['hardship-files'])}?{self.state.urlencode()}"
        visits = Button(_("Return visits due"), url=reverse("relief_desk:return_visits"), icon_name="view", priority=10)
        return [visits, Button(_("Export to Excel"), url=to_file, icon_name="download", priority=90)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            find_url=reverse("relief_desk:search"),
            find_label=_("Find a file"),
            find_help=_(
                "Its number, the beginning of her name, or her whole mobile or identity number. A number of a person "
                "is never kept and never stands in the address."
            ),
            **kwargs,
        )

    def rows(self, user):
        return queries.files_listed(user)


class SearchFiles(DeskView, View):
    """The search box posts here; what leads back to the list names records by their tokens, never a number."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_read_files(self.request.user)

    def post(self, request):
        text, state = searched_text(request), QueryDict(request.POST.get("within", "")[:900], mutable=True)
        for name in ("q", "person", "p"):
            state.pop(name, None)
        if tells_on_somebody(text):
            found = found_by_number(request.user, text, today=clock.today())
            if found:
                state["person"] = ",".join(worker.token for worker in found)
            else:
                messages.warning(request, _("No record in your unions carries this number."))
        elif text:
            state["q"] = text if is_human_number(text) else text[:LONGEST_NAME]
        query = state.urlencode()
        return redirect(f"{reverse('relief_desk:files')}?{query}" if query else "relief_desk:files")


class ReturnVisitList(DeskListView):
    """Households that left and are to be visited or called, the longest due first."""

    model = ReturnVisit
    index_url_name = "relief_desk:return_visits"
    index_results_url_name = "relief_desk:return_visits_results"
    page_title = gettext_lazy("Return visits due")
    header_icon = "view"
    default_ordering = "due_on"
    is_searchable = False
    list_export = ()

    def allowed(self):
        return policies.may_read_files(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("household.number", label=_("Number"), get_url=lambda visit: page_of(visit.household)),
            Column("household.worker.masked_name", label=_("Woman")),
            Column("household.organization.name", label=_("Union")),
            DayColumn("due_on", label=_("Due on")),
            Column("get_finding_display", label=_("Last found")),
        ]

    def rows(self, user):
        return queries.return_visits_due(user, today=clock.today())
