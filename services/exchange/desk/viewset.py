"""Routes of imports in the desk, addressed by token."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.exchange import policies
from services.exchange.desk import jobs
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
            path("job/<str:token>/", jobs.JobPage.as_view(), name="one"),
            path("job/<str:token>/progress/", jobs.JobProgress.as_view(), name="progress"),
            path("job/<str:token>/apply/", jobs.ApplyAll.as_view(), name="apply"),
            path("job/<str:token>/apply-clean/", jobs.ApplyClean.as_view(), name="apply_clean"),
            path("job/<str:token>/discard/", jobs.Discard.as_view(), name="discard"),
            path("job/<str:token>/download/", jobs.Download.as_view(), name="download"),
        ]
