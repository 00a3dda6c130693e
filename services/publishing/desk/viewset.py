"""Routes of publishing on the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.foundation.area import DeskArea
from services.publishing import policies
from services.publishing.desk import ending, holds, links, sections


class PublishingDesk(DeskArea):
    name = "publishing_desk"
    url_prefix = "publishing"
    menu_label = _("Publishing check")
    icon = "clipboard-list"
    menu_name = "publishing"
    menu_order = 607
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return policies.may_work_on_pages(user)

    def get_urlpatterns(self):
        return [
            path("", holds.HoldList.as_view(), name="holds"),
            path("results/", holds.HoldList.as_view(results_only=True), name="holds_results"),
            path("<int:pk>/", holds.OneHold.as_view(), name="one"),
            path("links/", links.FaultList.as_view(), name="links"),
            path("links/results/", links.FaultList.as_view(results_only=True), name="links_results"),
            path("ending/", ending.EndingList.as_view(), name="ending"),
            path("ending/results/", ending.EndingList.as_view(results_only=True), name="ending_results"),
            path("sections/", sections.SectionList.as_view(), name="sections"),
            path("sections/results/", sections.SectionList.as_view(results_only=True), name="sections_results"),
            path("sections/add/", sections.AddSection.as_view(), name="section_add"),
            path("sections/<int:pk>/end/", sections.EndSection.as_view(), name="section_end"),
        ]
