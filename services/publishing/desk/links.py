"""Links on public pages that lead nowhere: page, place, fault, and the way to mend it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import DateColumn

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, TitleColumn
from services.publishing.desk.pages import OnThisDesk, Signposts
from services.publishing.forms.filters import FaultFilterSet
from services.publishing.models import LinkFault
from services.publishing.queries import holds
from services.publishing.rules.scanning import Place
from services.publishing.wording import place_words


class FaultList(OnThisDesk, Signposts, DeskListView):
    model = LinkFault
    page_title = gettext_lazy("Broken links")
    header_icon = "link"
    index_url_name = "publishing_desk:links"
    index_results_url_name = "publishing_desk:links_results"
    default_ordering = ("-since", "-pk")
    filterset_class = FaultFilterSet
    listing = "link-faults"
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            accessor="page.title",
            get_url=lambda fault: reverse("wagtailadmin_pages:edit", args=[fault.page_id]),
        ),
        Column("place", label=gettext_lazy("Where"), accessor=lambda fault: place_words(Place.from_json(fault.place))),
        Column("kind", label=gettext_lazy("Fault"), accessor="get_kind_display"),
        Column("target", label=gettext_lazy("Leads to")),
        DateColumn("since", label=gettext_lazy("Since"), sort_key="since"),
    ]

    def rows(self, user):
        return holds.faults_for(user)
