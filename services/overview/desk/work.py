"""What is done in the background: under way, stuck or stopped, and a button where it may be started again."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.foundation.kept_work import kept_work
from services.overview import policies


class Watchers(DeskView):
    def allowed(self):
        return policies.may_watch_work(self.request.user)


class WorkPage(Watchers, WagtailAdminTemplateMixin, TemplateView):
    template_name = "overview/desk/work.html"
    page_title = gettext_lazy("Background work")
    header_icon = "tasks"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        now = clock.now()
        found = (
            (code, kept_work[code].title, kept_work[code].found(self.request.user, now)) for code in kept_work.codes()
        )
        kinds = [
            {"code": code, "title": title, "rows": kept.rows, "more": kept.total - len(kept.rows)}
            for code, title, kept in found
            if kept is not None
        ]
        troubled = sum(1 for kind in kinds for row in kind["rows"] if row.stuck or row.trouble)
        return super().get_context_data(kinds=kinds, troubled=troubled, now=now, **kwargs)


@method_decorator(require_POST, name="dispatch")
class Again(Watchers, View):
    """Start one piece of work again."""

    def post(self, request, kind: str, token: str):
        found = kept_work.get(kind)
        if found is None or found.retry is None:
            raise Http404
        try:
            found.retry(token, request.user, clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("It was started again."))
        return redirect("background_work:list")


class WorkMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_watch_work(request.user))


def admin_urls() -> list:
    routes = [
        path("", WorkPage.as_view(), name="list"),
        path("<slug:kind>/<str:token>/again/", Again.as_view(), name="again"),
    ]
    return [path("background-work/", include((routes, "background_work")))]
