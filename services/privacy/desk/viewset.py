"""Routes of privacy on the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from services.privacy import policies
from services.privacy.desk import looks, notices


class NoticesMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_keep_notices(request.user))


class LooksMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_read_looks(request.user))


class PrivacyDesk(ViewSet):
    name = "privacy_desk"
    url_prefix = "privacy"
    menu_label = _("Privacy notices")
    icon = "doc-full"
    menu_order = 610
    add_to_settings_menu = True

    def get_menu_item(self, order=None):
        return NoticesMenuItem(
            self.menu_label, self.menu_url, name="privacy-notices", icon_name=self.icon, order=order or self.menu_order
        )

    def get_urlpatterns(self):
        return [
            path("", notices.NoticeList.as_view(), name="notices"),
            path("results/", notices.NoticeList.as_view(results_only=True), name="notices_results"),
            path("publish/", notices.Publish.as_view(), name="publish"),
            path("<int:pk>/", notices.EditNotice.as_view(), name="notice"),
            path("looks/", looks.LookRegister.as_view(), name="looks"),
            path("looks/results/", looks.LookRegister.as_view(results_only=True), name="looks_results"),
        ]
