"""Routes of privacy on the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.foundation.area import DeskArea
from services.privacy import policies
from services.privacy.desk import erasures, looks, notices


class PrivacyDesk(DeskArea):
    name = "privacy_desk"
    url_prefix = "privacy"
    menu_label = _("Privacy notices")
    icon = "doc-full"
    menu_name = "privacy-notices"
    menu_order = 610
    add_to_settings_menu = True

    @staticmethod
    def may_enter(user):
        return policies.may_keep_notices(user)

    def get_urlpatterns(self):
        return [
            path("", notices.NoticeList.as_view(), name="notices"),
            path("results/", notices.NoticeList.as_view(results_only=True), name="notices_results"),
            path("publish/", notices.Publish.as_view(), name="publish"),
            path("<int:pk>/", notices.EditNotice.as_view(), name="notice"),
            path("erased/", erasures.ErasureList.as_view(), name="erasures"),
            path("erased/results/", erasures.ErasureList.as_view(results_only=True), name="erasures_results"),
            path("looks/", looks.LookRegister.as_view(), name="looks"),
            path("looks/results/", looks.LookRegister.as_view(results_only=True), name="looks_results"),
        ]
