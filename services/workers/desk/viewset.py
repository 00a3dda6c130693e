"""Routes of the records in the desk, addressed by token."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.foundation.area import DeskArea
from services.foundation.scope import scope_of
from services.organizations.enums import ROSTER_READERS
from services.workers.desk import claims, duplicates, hiring, lists, records


class WorkersDesk(DeskArea):
    name = "workers_desk"
    url_prefix = "workers"
    menu_label = _("Women workers")
    icon = "group"
    menu_name = "workers"
    menu_order = 200
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return scope_of(user).paths(roles=ROSTER_READERS)

    def get_urlpatterns(self):
        return [
            path("", lists.WorkerList.as_view(), name="list"),
            path("results/", lists.WorkerList.as_view(results_only=True), name="list_results"),
            path("search/", lists.SearchWorkers.as_view(), name="search"),
            path("find/", records.FindByNumber.as_view(), name="find"),
            path("add/", hiring.AddRecord.as_view(), name="add"),
            path("leave/", records.MarkLeft.as_view(), name="leave"),
            path("requests/", lists.ClaimList.as_view(), name="claims"),
            path("requests/results/", lists.ClaimList.as_view(results_only=True), name="claims_results"),
            path("requests/<str:token>/", claims.ClaimPage.as_view(), name="claim"),
            path("record/<str:token>/", records.RecordPage.as_view(), name="one"),
            path("record/<str:token>/edit/", records.EditRecord.as_view(), name="edit"),
            path("record/<str:token>/take-back/", records.TakeBack.as_view(), name="take_back"),
            path("record/<str:token>/twins/", duplicates.FindTwin.as_view(), name="twins"),
            path("record/<str:token>/merge/<str:other>/", duplicates.MergeRecords.as_view(), name="merge"),
        ]
