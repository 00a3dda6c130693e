"""The list of women workers, and the list of requests to be tied to a record."""

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskListView, DeskView
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.identifiers import whole_years
from services.foundation.keyset_list import KeysetListing
from services.workers import policies, queries
from services.workers.enums import WorkerState
from services.workers.forms.filters import WorkerFilters
from services.workers.models import RecordClaim, Worker

NOT_ON_PHONES = "desk-wide"  # columns her page shows as well


def age(worker: Worker) -> int:
    return whole_years(worker.birth_date, clock.today())


def signs_in(worker: Worker) -> bool:
    return worker.user_id is not None


def page_of(worker: Worker) -> str:
    return reverse("workers_desk:one", args=[worker.token])


class WorkerList(KeysetListing, DeskListView):
    model = Worker
    index_url_name = "workers_desk:list"
    index_results_url_name = "workers_desk:list_results"
    results_template_name = "workers/desk/list_results.html"
    page_title = gettext_lazy("Women workers")
    header_icon = "group"
    filterset_class = WorkerFilters
    default_ordering = "pk"
    list_export = ()

    def allowed(self):
        return policies.may_read_rosters(self.request.user)

    @cached_property
    def keeps_rosters(self) -> bool:
        return bool(policies.may_keep_rosters(self.request.user))

    @cached_property
    def columns(self):
        columns = [
            TitleColumn("name", label=pgettext("person", "Name"), get_url=page_of),
            Column("organization.name", label=_("Union")),
            NumberColumn("age", label=_("Age"), accessor=age),
            Column("masked_id_number", label=_("Identity number"), classname=NOT_ON_PHONES),
            Column("masked_phone", label=_("Mobile number"), classname=NOT_ON_PHONES),
            Column("get_employment_type_display", label=_("Form of employment"), classname=NOT_ON_PHONES),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda w: w.state == WorkerState.ACTIVE),
            BooleanColumn("claimed", label=_("Signs in online"), accessor=signs_in, classname=NOT_ON_PHONES),
        ]
        return [TickColumn(field="worker", called="name"), *columns] if self.keeps_rosters else columns

    @cached_property
    def header_buttons(self):
        buttons = [HeaderButton(_("Find by number"), url=reverse("workers_desk:find"), icon_name="search")]
        if self.keeps_rosters:
            add = reverse("workers_desk:add")
            buttons.append(HeaderButton(_("Add one woman"), url=add, icon_name="plus", priority=5))
        return buttons

    @cached_property
    def header_more_buttons(self):
        claims = Button(_("Requests to confirm"), url=reverse("workers_desk:claims"), icon_name="check", priority=10)
        to_file = f"{reverse('exports:ask', args=['workers'])}?{self.state.urlencode()}"
        download = Button(_("Export to Excel"), url=to_file, icon_name="download", priority=90)
        return [*([claims] if self.keeps_rosters else []), download]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            find_url=reverse("workers_desk:search"),
            find_label=_("Find a woman"),
            find_help=_(
                "Beginning of a name, whole mobile or identity number. A number of a person is never kept and never "
                "stands in the address."
            ),
            **kwargs,
        )

    def rows(self, user):
        return Worker.objects.visible_to(user).select_related("organization")


class SearchWorkers(DeskView, View):
    """The search box posts here; what leads back to the list names records by their tokens, never a number."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_read_rosters(self.request.user)

    def post(self, request):
        text, state = searched_text(request), QueryDict(request.POST.get("within", "")[:900], mutable=True)
        for name in ("q", "person", "p"):
            state.pop(name, None)
        if tells_on_somebody(text):
            found = queries.found_by_number(request.user, text, today=clock.today())
            if len(found) == 1:
                return redirect(page_of(found[0]))
            if found:
                state["person"] = ",".join(worker.token for worker in found)
            else:
                messages.warning(request, _("No record in your unions carries this number."))
        elif text:
            state["q"] = text[:LONGEST_NAME]
        query = state.urlencode()
        return redirect(f"{reverse('workers_desk:list')}?{query}" if query else "workers_desk:list")


class ClaimList(DeskListView):
    """Requests that wait for her, oldest first."""

    model = RecordClaim
    index_url_name = "workers_desk:claims"
    index_results_url_name = "workers_desk:claims_results"
    page_title = gettext_lazy("Requests to confirm")
    header_icon = "check"
    default_ordering = "created_at"

    def allowed(self):
        return policies.may_keep_rosters(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "stated_name",
                label=_("Name she gave"),
                get_url=lambda claim: reverse("workers_desk:claim", args=[claim.token]),
            ),
            Column("organization.name", label=_("Union she named")),
            DateColumn("created_at", label=_("Asked"), sort_key="created_at"),
        ]

    @cached_property
    def no_results_message(self):
        return _("Nobody waits for her record to be confirmed.")

    def rows(self, user):
        return queries.waiting_claims(user)
