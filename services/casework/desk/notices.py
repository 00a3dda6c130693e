"""Public notices at the desk: what waits for one, exactly what would be public, what stands."""

import django_filters
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseListingView

from services.casework import policies
from services.casework.actions import notices as actions
from services.casework.actions.objections import is_open
from services.casework.enums import NoticeState
from services.casework.errors import ChangedSincePreview
from services.casework.forms.objections import TakeDownForm
from services.casework.models import PublicNotice
from services.casework.queries import handler_paths
from services.casework.queries import notices as queries
from services.casework.queries.parties import read_parties
from services.casework.registry import services
from services.casework.rules.notice import Line, fields_of, fingerprint
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.foundation.masking import mask_name
from services.organizations.models import Organization

NAMESPACE = "casework_notices"
_SALT, _SEALED_FOR = "casework.notice.preview", 3600


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def service_label(code: str) -> str:
    return str(services[code].label) if code in services else code


class NoticePage(DeskView, WagtailAdminTemplateMixin):
    """A page about notices and objections."""

    header_icon = "doc-full"

    def allowed(self):
        return policies.may_enter_notices(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": _("Public notices")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=NoticeState.choices)

    class Meta:
        model = PublicNotice
        fields = []


class NoticeList(NoticePage, BaseListingView):
    """Notices within her reach, the newest first."""

    page_title = gettext_lazy("Public notices")
    verbose_name_plural = gettext_lazy("public notices")
    filterset_class = NoticeFilterSet
    paginate_by = 30
    index_url_name = "casework_notices:list"
    index_results_url_name = "casework_notices:list_results"
    default_ordering = None
    columns = [
        TitleColumn("number", label=gettext_lazy("Number"), get_url=lambda notice: desk_url("notice", notice.token)),
        Column("title", label=gettext_lazy("Title")),
        Column("organization.name", label=gettext_lazy("Published by")),
        Column("line_count", label=gettext_lazy("Lines")),
        DayColumn("begins_on", label=gettext_lazy("From")),
        DayColumn("ends_on", label=gettext_lazy("Last day")),
        StatusTagColumn(
            "get_state_display", label=gettext_lazy("State"), primary=lambda n: n.state == NoticeState.STANDING
        ),
    ]

    def get_base_queryset(self):
        return queries.notices_for(self.request.user)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class WaitingForNotice(NoticePage, TemplateView):
    """By desk and service: how many cases wait for a notice. From here one is made."""

    page_title = gettext_lazy("Waiting for a public notice")
    template_name = "casework/desk/notices_waiting.html"

    def get_context_data(self, **kwargs):
        groups = [
            group | {"label": service_label(group["service"])} for group in queries.waiting_by_desk(self.request.user)
        ]
        return super().get_context_data(groups=groups, **kwargs)


class PublishNotice(NoticePage, TemplateView):
    """GET: tick the cases. First POST: exactly what will be public. Second POST: publish that, and nothing else.

    The preview is sealed with the cases and a fingerprint of its lines: if anything would look different meanwhile,
    nothing is published and the new preview is shown.
    """

    http_method_names = ["get", "post"]
    template_name = "casework/desk/notice_choose.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        at_her_desks = Organization.objects.filter(path__in=handler_paths(request.user))
        self.organization = at_her_desks.filter(code=kwargs["organization"]).first()
        self.service = kwargs["service"]

    def dispatch(self, request, *args, **kwargs):
        if self.organization is None or self.service not in services:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("New public notice: %(service)s") % {"service": service_label(self.service)}

    @cached_property
    def waiting(self):
        return queries.waiting_for_notice(self.request.user).filter(desk=self.organization, service=self.service)

    def get(self, request, *args, **kwargs):
        found = self.whole(self.waiting[: actions.MOST_LINES])
        apart = self.kept_apart(found)
        listed = [
            {
                "token": case.token,
                "number": case.number,
                "name": mask_name(case.worker.name),
                "union": case.organization.name,
                "since": case.stage_since,
                "apart": apart.get(case.pk, ""),
            }
            for case in found
        ]
        return self.render_to_response(self.get_context_data(cases=listed, most=actions.MOST_LINES))

    def whole(self, cases) -> list:
        """With what is shown of them, and all that the verdicts look at."""
        return list(cases.select_related("worker__user", "organization").prefetch_related("events"))

    def kept_apart(self, cases: list) -> dict[int, str]:
        """Those that she may not put on a notice herself, as she has a part in them, each with why."""
        read_parties(cases)
        verdicts = {case.pk: policies.no_party(self.request.user, case) for case in cases}
        return {key: str(verdict.reason) for key, verdict in verdicts.items() if not verdict}

    def post(self, request, *args, **kwargs):
        if "sealed" in request.POST:
            return self.publish()
        found = self.whole(self.waiting.filter(token__in=request.POST.getlist("case")[: actions.MOST_LINES]))
        apart = self.kept_apart(found)
        for case in found:
            if case.pk in apart:
                messages.warning(request, f"{case.number}: {apart[case.pk]}")
        chosen = [case for case in found if case.pk not in apart]
        if not chosen:
            messages.error(request, _("Choose at least one case for the notice."))
            return redirect(request.path)
        return self.preview(chosen)

    def preview(self, chosen: list):
        lines = queries.drawn_lines(self.organization, self.service, chosen)
        sealed = signing.dumps([[case.pk for case in chosen], fingerprint(lines)], salt=_SALT, compress=True)
        self.template_name = "casework/desk/notice_preview.html"
        shown = [_as_row(line, position) for position, line in enumerate(lines, start=1)]
        coarse = sum(line.coarse for line in lines)
        return self.render_to_response(self.get_context_data(lines=shown, sealed=sealed, coarse=coarse))

    def publish(self):
        try:
            keys, seen = signing.loads(self.request.POST["sealed"], salt=_SALT, max_age=_SEALED_FOR)
        except signing.BadSignature:
            messages.error(self.request, _("This preview is too old. Choose the cases once more."))
            return redirect(self.request.path)
        chosen = list(self.waiting.filter(pk__in=keys))
        try:
            if len(chosen) < len(keys):
                raise ChangedSincePreview()
            notice = actions.publish_notice(
                organization=self.organization,
                service=self.service,
                cases=chosen,
                by=self.request.user,
                now=clock.now(),
                seen=seen,
            )
        except Refused as refusal:
            messages.error(self.request, refusal.message(staff=True))
            return self.preview(chosen) if chosen else redirect("casework_notices:waiting")
        words = ngettext("Published with %(count)s line.", "Published with %(count)s lines.", len(chosen))
        messages.success(self.request, words % {"count": len(chosen)})
        return redirect("casework_notices:notice", notice.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)


def _as_row(line: Line, position: int) -> dict:
    return {
        "position": position,
        "number": f"…-{position:04d}",
        "name": line.masked_name,
        "unit": line.unit,
        "fields": fields_of(line.shown),
    }


class OneNotice(NoticePage):
    """A page about one notice; one beyond her reach doesn't exist for her."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.notice = get_object_or_404(queries.notices_for(request.user), token=kwargs["token"])


class NoticeScreen(OneNotice, TemplateView):
    """When it stands, how far it is, and how to take it down."""

    template_name = "casework/desk/notice.html"

    def get_page_title(self):
        return self.notice.number

    def get_context_data(self, **kwargs):
        standing = is_open(self.notice, now=clock.now())
        may_take_down = bool(policies.may_take_down(self.request.user, self.notice))
        return super().get_context_data(
            notice=self.notice,
            standing=standing,
            seen=queries.lines_seen(self.notice).count(),
            may_take_down=may_take_down and self.notice.state == NoticeState.STANDING,
            **kwargs,
        )


class TakeDown(OneNotice, DeskFormView):
    page_title = gettext_lazy("Take the notice down")
    submit_label = gettext_lazy("Take it down now")
    danger = True
    intro = gettext_lazy("Nobody can see it from this moment on. Its cases go back and wait for another notice.")
    form_class = TakeDownForm

    def allowed(self):
        return policies.may_take_down(self.request.user, self.notice)

    def act(self, form):
        actions.take_down(self.notice, **form.cleaned_data, by=self.request.user, now=clock.now())
        return _("The notice is taken down.")

    def get_success_url(self):
        return desk_url("notice", self.notice.token)
