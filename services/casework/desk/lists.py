"""Cases: mine, my organisation's, all that wait below me, all there ever were; searched, taken along, dealt with."""

from itertools import groupby

from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.accounts.desk.saved import SavesViews
from services.casework import queries, wording
from services.casework.desk.pages import LIST, CaseworkPage, desk_url
from services.casework.enums import Stage
from services.casework.forms.filters import ALL, WHOSE, CaseFilterSet
from services.casework.models import Case
from services.casework.queries import Whose
from services.casework.registry import services
from services.foundation import clock
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TickColumn, TitleColumn
from services.foundation.desk_filters import LONGEST_NAME, searched_text, tells_on_somebody
from services.foundation.desk_many import MOST_AT_ONCE
from services.foundation.keyset_list import KeysetListing
from services.workers.queries import found_by_number

_LONGEST_STATE = 900
# Of whom and where: the name alone. Thirty women's sealed numbers and thirty unions' addresses aren't fetched for it.
_SHOWN = (
    *(field.name for field in Case._meta.concrete_fields),
    *("worker__name", "organization__name", "desk__name", "handler__first_name", "handler__username", "route__id"),
)


def titles_of(cases: list[Case]) -> dict[int, str]:
    """What each applies for, in words: a constant number of queries a service."""
    found: dict[int, str] = {}
    for code, group in groupby(sorted(cases, key=lambda case: case.service), key=lambda case: case.service):
        if code in services:
            found |= services[code].titles(list(group))
    return found


class DueColumn(Column):
    """The day, and in words how late it is."""

    _classes = "desk-due"

    def inside(self, instance, context) -> str:
        if not instance.due_on:
            return ""
        day = format_html('<time datetime="{0}">{0}</time>', f"{instance.due_on:%Y-%m-%d}")
        return format_html("{}<br><strong>{}</strong>", day, instance.late) if instance.late else day


def stage_words(case: Case) -> str:
    """The stage; in review, the kind of step."""
    step = queries.step_of(case) if case.stage == Stage.IN_REVIEW else None
    return str(step.get_kind_display() if step else case.get_stage_display())


class CaseList(SavesViews, KeysetListing, CaseworkPage, BaseListingView):
    """What waits, the one due first on top. The ticked ones can be dealt with together."""

    page_title = LIST
    verbose_name_plural = _("cases")
    results_template_name = "casework/desk/list_results.html"
    filterset_class = CaseFilterSet
    index_url_name = "casework_desk:list"
    index_results_url_name = "casework_desk:list_results"

    @cached_property
    def whose(self) -> str:
        asked = self.request.GET.get("whose", "")
        return asked if asked in dict(WHOSE) else str(Whose.DESK)

    @cached_property
    def today(self):
        return clock.today()

    @cached_property
    def days(self):
        return queries.calendar()

    def get_base_queryset(self):
        rows = queries.listed(self.request.user, self.whose, today=self.today)
        return rows.only(*_SHOWN).prefetch_related("route__steps")

    @property
    def default_ordering(self):
        return "-pk" if self.whose == ALL else queries.ORDERING

    def paginate_queryset(self, queryset, page_size):
        answer = super().paginate_queryset(queryset, page_size)
        titles = titles_of(self.keyset_page.rows)
        for case in self.keyset_page.rows:
            case.title = titles.get(case.pk, "")
            case.late = wording.overdue_by(case, today=self.today, days=self.days) if case.is_open else ""
        return answer

    @cached_property
    def columns(self):
        return [
            TickColumn(field="case"),
            TitleColumn("number", label=_("Number"), get_url=lambda case: desk_url("case", case.token)),
            Column("title", label=_("Applied for")),
            Column("worker.name", label=pgettext_lazy("person", "Name")),
            Column("organization.name", label=_("Union")),
            StatusTagColumn("stage", label=_("Stage"), accessor=stage_words, primary=lambda case: case.is_open),
            Column("handler.full_name", label=_("In hand")),
            DueColumn("due_on", label=_("Due")),
            DayColumn("submitted_at", label=_("Submitted")),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=['cases'])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            most_at_once=MOST_AT_ONCE,
            lists=[(label, self._list_address(code), code == self.whose) for code, label in WHOSE],
            find_url=desk_url("find"),
            find_label=_("Find a case"),
            find_help=_(
                "Case number, beginning of a name, whole mobile or identity number. A number of a person is never "
                "kept and never stands in the address."
            ),
            **kwargs,
        )

    def _list_address(self, code: str) -> str:
        parameters = self.state.copy()
        parameters["whose"] = code
        return f"{self.index_url}?{parameters.urlencode()}"


class FindCase(CaseworkPage, View):
    """The search box posts here. The number of a case opens it; a person's leads back to the list by her token."""

    http_method_names = ["post"]

    def post(self, request):
        text = searched_text(request)
        by_number = queries.cases_for(request.user).filter(number__iexact=text).first() if text else None
        if by_number is not None:
            return redirect("casework_desk:case", by_number.token)
        state = QueryDict(request.POST.get("within", "")[:_LONGEST_STATE], mutable=True)
        for name in ("q", "person", "p"):
            state.pop(name, None)
        if tells_on_somebody(text):
            women = found_by_number(request.user, text, today=clock.today())
            if women:
                state["person"] = ",".join(worker.token for worker in women)
            else:
                messages.warning(request, gettext("No woman within your reach has this number."))
        elif text:
            state["q"] = text[:LONGEST_NAME]
        query = state.urlencode()
        return redirect(f"{desk_url('list')}?{query}" if query else desk_url("list"))
