"""Routes of imports and exports in the desk, addressed by token."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.exchange import policies
from services.exchange.desk import corrections, exports, jobs
from services.foundation.area import DeskArea


class ImportsDesk(DeskArea):
    name = "imports"
    url_prefix = "imports"
    menu_label = _("Imports")
    icon = "upload"
    menu_name = "imports"
    menu_order = 400
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return policies.importable(user)

    def get_urlpatterns(self):
        return [
            path("", jobs.JobList.as_view(), name="list"),
            path("results/", jobs.JobList.as_view(results_only=True), name="list_results"),
            path("new/", jobs.Upload.as_view(), name="upload"),
            path("template/<slug:sheet>/", jobs.Template.as_view(), name="template"),
            path("correct/<slug:sheet>/", corrections.Correction.as_view(), name="correction"),
            path("job/<str:token>/", jobs.JobPage.as_view(), name="one"),
            path("job/<str:token>/progress/", jobs.JobProgress.as_view(), name="progress"),
            path("job/<str:token>/apply/", jobs.ApplyAll.as_view(), name="apply"),
            path("job/<str:token>/apply-clean/", jobs.ApplyClean.as_view(), name="apply_clean"),
            path("job/<str:token>/discard/", jobs.Discard.as_view(), name="discard"),
            path("job/<str:token>/download/", jobs.Download.as_view(), name="download"),
        ]


class ExportsDesk(DeskArea):
    name = "exports"
    url_prefix = "exports"
    menu_label = _("Exports")
    icon = "download"
    menu_name = "exports"
    menu_order = 410
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return policies.exportable(user)

    def get_urlpatterns(self):
        return [
            path("", exports.ExportList.as_view(), name="list"),
            path("results/", exports.ExportList.as_view(results_only=True), name="list_results"),
            path("of/<slug:listing>/", exports.Ask.as_view(), name="ask"),
            path("file/<str:token>/", exports.ExportPage.as_view(), name="one"),
            path("file/<str:token>/progress/", exports.ExportProgress.as_view(), name="progress"),
            path("file/<str:token>/download/", exports.Download.as_view(), name="download"),
            path("file/<str:token>/delete/", exports.Delete.as_view(), name="delete"),
        ]
