"""Routes of the tree in the desk. Codes are public, so they name organisations; scope decides between 200 and 404."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.foundation.area import DeskArea
from services.foundation.scope import scope_of
from services.organizations.desk import lists, merging, splitting, views


class OrganizationsDesk(DeskArea):
    name = "organizations_desk"
    url_prefix = "organizations"
    menu_label = _("Organisations")
    icon = "site"
    menu_name = "organizations"
    menu_order = 300
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return scope_of(user).paths()

    def get_urlpatterns(self):
        one = "at/<str:code>/"
        return [
            path("", lists.OrganizationList.as_view(), name="list"),
            path("results/", lists.OrganizationList.as_view(results_only=True), name="list_results"),
            path(one, views.OrganizationPage.as_view(), name="one"),
            path(f"{one}add/", views.AddBelow.as_view(), name="add"),
            path(f"{one}edit/", views.Edit.as_view(), name="edit"),
            path(f"{one}move/", views.Move.as_view(), name="move"),
            path(f"{one}merge/", merging.Merge.as_view(), name="merge"),
            path(f"{one}split/", splitting.Split.as_view(), name="split"),
            path(f"{one}close/", views.Close.as_view(), name="close"),
            path(f"{one}posts/add/", views.GivePost.as_view(), name="give_post"),
            path(f"{one}posts/<int:post>/end/", views.EndPost.as_view(), name="end_post"),
        ]
