"""Public pages that the clock will take down within a month, soonest first."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, MomentColumn, TitleColumn
from services.publishing.desk.pages import OnThisDesk, Signposts
from services.publishing.queries.ending import ending_for


class EndingList(OnThisDesk, Signposts, DeskListView):
    model = Page
    page_title = gettext_lazy("Pages that end soon")
    header_icon = "date"
    index_url_name = "publishing_desk:ending"
    index_results_url_name = "publishing_desk:ending_results"
    default_ordering = ("expire_at", "pk")
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Page"),
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        MomentColumn("expire_at", label=gettext_lazy("Ends"), sort_key="expire_at"),
        Column(
            "owner", label=gettext_lazy("Made by"), accessor=lambda page: page.owner.full_name if page.owner else ""
        ),
    ]

    def rows(self, user):
        return ending_for(user, now=clock.now())
