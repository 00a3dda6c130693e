"""Routes of figures in the desk: a statistic by its code, an organisation by its."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.figures import policies
from services.figures.desk import arranging, behind, export, pages, target
from services.foundation.area import DeskArea


class FiguresDesk(DeskArea):
    name = "figures"
    url_prefix = "figures"
    menu_label = _("Statistics")
    icon = "list-ul"
    menu_name = "figures"
    menu_order = 250
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return policies.may_enter(user)

    def get_urlpatterns(self):
        one = "<slug:statistic>/"
        at = f"{one}at/<str:organization>/"
        return [
            path("", pages.Statistics.as_view(), name="index"),
            path("map/<str:organization>/", arranging.Arrange.as_view(), name="arrange"),
            path(one, pages.Top.as_view(), name="top"),
            path(at, pages.Report.as_view(), name="at"),
            path(f"{at}figures.xlsx", export.Export.as_view(), name="export"),
            path(f"{at}list/", behind.Behind.as_view(), name="behind"),
            path(f"{at}target/", target.SetTarget.as_view(), name="target"),
        ]
