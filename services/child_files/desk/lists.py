"""The list of files, masked, and the board of what is overdue. No photo, no name in full, no name in an address."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.child_files import policies
from services.child_files.desk.pages import FilesPage, desk_url
from services.child_files.enums import CURRENT
from services.child_files.forms.filters import LATE, BoardFilters, FileFilters
from services.child_files.models import CareRules, Child
from services.child_files.queries import board
from services.child_files.queries.files import files_for, rules_of
from services.child_files.rules.masks import mask_child
from services.childrens_homes.models import Programme
from services.foundation import clock
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing

LATE_WORDS = dict(LATE)


def masked(child: Child) -> str:
    return mask_child(child.name) if child.name else ""


def _yes(child: Child) -> str:
    if child.state not in CURRENT:
        return ""
    return _("complete") if child.complete else _("something is missing")


class FileList(KeysetListing, FilesPage, BaseListingView):
    page_title = gettext_lazy("Children's files")
    verbose_name_plural = gettext_lazy("children's files")
    filterset_class = FileFilters
    default_ordering = "pk"
    index_url_name = "child_files_desk:list"
    index_results_url_name = "child_files_desk:list_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return files_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "code", label=gettext_lazy("Number of the file"), get_url=lambda child: desk_url("file", child.token)
            ),
            Column("masked", label=pgettext_lazy("person", "Name"), accessor=masked),
            Column("get_age_band_display", label=gettext_lazy("Age")),
            Column("school_class", label=gettext_lazy("Class")),
            Column("home.host.name", label=pgettext_lazy("organisation", "Home")),
            StatusTagColumn(
                "get_state_display",
                label=pgettext_lazy("child's file", "State"),
                primary=lambda child: child.state in CURRENT,
            ),
            Column("complete", label=pgettext_lazy("child's file", "File"), accessor=_yes),
            Column("review_due_on", label=gettext_lazy("Review due on")),
        ]

    @cached_property
    def header_buttons(self):
        buttons = []
        if policies.may_teach_somewhere(self.request.user):
            buttons.append(HeaderButton(_("Begin a file"), url=desk_url("register"), icon_name="plus"))
        url = f"{reverse('exports:ask', args=['children'])}?{self.state.urlencode()}"
        buttons.append(
            HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})
        )
        return buttons


class Board(KeysetListing, FilesPage, BaseListingView):
    """Children for whom something is late, and what."""

    page_title = gettext_lazy("Overdue in the care of children")
    verbose_name_plural = gettext_lazy("children")
    filterset_class = BoardFilters
    default_ordering = "pk"
    index_url_name = "child_files_desk:overdue"
    index_results_url_name = "child_files_desk:overdue_results"

    def dispatch(self, request, *args, **kwargs):
        request.days = self.days
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def days(self) -> board.Days:
        programme = Programme.objects.unscoped().order_by("-year", "-pk").first()
        rules = rules_of(programme) if programme else CareRules()
        return board.days_on(localdate(clock.now()), rules)

    def get_base_queryset(self):
        return board.with_dates(board.overdue(files_for(self.request.user), self.days))

    def paginate_queryset(self, queryset, page_size):
        answer = super().paginate_queryset(queryset, page_size)
        late = board.late_kinds(self.keyset_page.rows, self.days)
        for child in self.keyset_page.rows:
            child.late = _(", ").join(str(LATE_WORDS[kind]) for kind in late[child.pk])
        return answer

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "code", label=gettext_lazy("Number of the file"), get_url=lambda child: desk_url("file", child.token)
            ),
            Column("masked", label=pgettext_lazy("person", "Name"), accessor=masked),
            Column("home.host.name", label=pgettext_lazy("organisation", "Home")),
            Column("late", label=gettext_lazy("What is overdue")),
            Column("last_call", label=gettext_lazy("Last contact"), accessor=_last_call),
            Column("last_meeting", label=gettext_lazy("Last meeting")),
            Column("last_visit", label=gettext_lazy("Last visit")),
        ]


def _last_call(child: Child) -> str:
    return f"{localdate(child.last_call):%Y-%m-%d}" if child.last_call else ""
