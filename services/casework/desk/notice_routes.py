"""The addresses of notices and objections at the desk, below /admin/notices/, and their entries in the menu."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.casework import policies
from services.casework.desk import notices, objections
from services.foundation.area import ShownTo

app_name = notices.NAMESPACE
urlpatterns = [
    path("", notices.NoticeList.as_view(), name="list"),
    path("results/", notices.NoticeList.as_view(results_only=True), name="list_results"),
    path("waiting/", notices.WaitingForNotice.as_view(), name="waiting"),
    path("waiting/<str:organization>/<slug:service>/", notices.PublishNotice.as_view(), name="publish"),
    path("one/<str:token>/", notices.NoticeScreen.as_view(), name="notice"),
    path("one/<str:token>/take-down/", notices.TakeDown.as_view(), name="take_down"),
    path("objections/", objections.ObjectionList.as_view(), name="objections"),
    path("objections/results/", objections.ObjectionList.as_view(results_only=True), name="objections_results"),
    path("objections/<int:key>/", objections.ObjectionPage.as_view(), name="objection"),
]


def admin_urls() -> list:
    return [path("notices/", include((urlpatterns, app_name)))]


def menu() -> SubmenuMenuItem:
    entries = [
        (_("Waiting for a public notice"), "waiting", "history"),
        (_("Public notices"), "list", "doc-full"),
        (_("Objections"), "objections", "comment"),
    ]
    items = [
        ShownTo(
            label,
            reverse_lazy(f"{app_name}:{name}"),
            name=f"{app_name}_{name}",
            icon_name=icon,
            order=place,
            shown=policies.may_enter_notices,
        )
        for place, (label, name, icon) in enumerate(entries, start=1)
    ]
    return SubmenuMenuItem(_("Public notices"), Menu(items=items), name=app_name, icon_name="doc-full", order=115)
