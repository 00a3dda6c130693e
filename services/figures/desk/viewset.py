"""Routes of figures in the desk: a statistic by its code, an organisation by its."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from services.figures import policies
from services.figures.desk import export, pages, target


class FiguresMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_enter(request.user))


class FiguresDesk(ViewSet):
    name = "figures"
    url_prefix = "figures"
    menu_label = _("Statistics")
    icon = "list-ul"
    menu_order = 250
    add_to_admin_menu = True

    def get_menu_item(self, order=None):
        return FiguresMenuItem(
            self.menu_label, self.menu_url, name="figures", icon_name=self.icon, order=order or self.menu_order
        )

    def get_urlpatterns(self):
        one = "<slug:statistic>/"
        at = f"{one}at/<str:organization>/"
        return [
            path("", pages.Statistics.as_view(), name="index"),
            path(one, pages.Top.as_view(), name="top"),
            path(at, pages.Report.as_view(), name="at"),
            path(f"{at}figures.xlsx", export.Export.as_view(), name="export"),
            path(f"{at}target/", target.SetTarget.as_view(), name="target"),
        ]
