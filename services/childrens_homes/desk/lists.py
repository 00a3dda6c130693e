"""The list of homes."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.childrens_homes import policies
from services.childrens_homes.desk.pages import NAMESPACE, HomesPage, home_url
from services.childrens_homes.enums import HomeState
from services.childrens_homes.forms.filters import HomeFilters
from services.childrens_homes.queries.homes import homes_for
from services.foundation.desk import SEARCH_LENGTH
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing


class Listing(KeysetListing, HomesPage, BaseListingView):
    """A list of the desk: ``name`` is that of its address."""

    name = ""
    # The code of the workbook that holds the same rows.
    export = ""
    default_ordering = "-pk"
    template_name = "childrens_homes/desk/list.html"
    find_label = _("Find a home")
    find_help = _("Part of the name of the school or kindergarten, or the beginning of the home's code.")

    @property
    def index_url_name(self):
        return f"{NAMESPACE}:{self.name}"

    @property
    def index_results_url_name(self):
        return f"{NAMESPACE}:{self.name}_results"

    @cached_property
    def header_buttons(self):
        if not self.export:
            return []
        url = f"{reverse('exports:ask', args=[self.export])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]

    def get_context_data(self, **kwargs):
        within = [(name, value) for name, value in self.state.items() if name != "q"]
        text = self.request.GET.get("q", "")[:SEARCH_LENGTH]
        return super().get_context_data(search_text=text, search_within=within, **kwargs)


class HomeList(Listing):
    name = "homes"
    page_title = _("Homes")
    verbose_name_plural = pgettext_lazy("left-behind children", "homes")
    filterset_class = HomeFilters
    export = "childrens-homes"
    default_ordering = "code"

    def get_base_queryset(self):
        return homes_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("host.name", label=pgettext_lazy("home", "School or kindergarten"), get_url=home_url),
            Column("code", label=pgettext_lazy("home", "Code"), sort_key="code"),
            Column("county.name", label=_("County")),
            Column("get_profile_display", label=_("Standard")),
            StatusTagColumn(
                "get_state_display",
                label=pgettext_lazy("home", "State"),
                primary=lambda home: home.state == HomeState.OPERATING,
            ),
            Column("room_m2", label=_("Classroom (m²)")),
            Column("outdoor_m2", label=_("Outdoor ground (m²)")),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_act_somewhere(self.request.user):
            return super().header_buttons
        correct = HeaderButton(
            gettext("Correct the register in Excel"),
            url=reverse("imports:correction", args=["childrens-homes"]),
            icon_name="download",
        )
        return [*super().header_buttons, correct]
