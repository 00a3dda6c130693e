"""Routes of the tree in the desk. Codes are public, so they name organisations; scope decides between 200 and 404."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from services.foundation.scope import scope_of
from services.organizations.desk import lists, views


class PostHolderMenuItem(MenuItem):
    """Shown to whoever holds a post somewhere, or one of ``roles``."""

    def __init__(self, *args, roles=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.roles = roles

    def is_shown(self, request):
        return bool(scope_of(request.user).paths(roles=self.roles))


class OrganizationsDesk(ViewSet):
    name = "organizations_desk"
    url_prefix = "organizations"
    menu_label = _("Organisations")
    icon = "site"
    menu_order = 300
    add_to_admin_menu = True

    def get_menu_item(self, order=None):
        return PostHolderMenuItem(
            self.menu_label, self.menu_url, name="organizations", icon_name=self.icon, order=order or self.menu_order
        )

    def get_urlpatterns(self):
        one = "at/<str:code>/"
        return [
            path("", lists.OrganizationList.as_view(), name="list"),
            path("results/", lists.OrganizationList.as_view(results_only=True), name="list_results"),
            path(one, views.OrganizationPage.as_view(), name="one"),
            path(f"{one}add/", views.AddBelow.as_view(), name="add"),
            path(f"{one}edit/", views.Edit.as_view(), name="edit"),
            path(f"{one}move/", views.Move.as_view(), name="move"),
            path(f"{one}close/", views.Close.as_view(), name="close"),
            path(f"{one}posts/add/", views.GivePost.as_view(), name="give_post"),
            path(f"{one}posts/<int:post>/end/", views.EndPost.as_view(), name="end_post"),
        ]
