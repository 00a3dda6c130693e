"""Pages of exports: asked for from a list, made, fetched by their owner and nobody else."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.exchange import errors, policies, queries
from services.exchange.actions.exports import ask_for_export, delete_export
from services.exchange.actions.progress import progress_of
from services.exchange.desk.forms import ExportForm
from services.exchange.desk.jobs import XLSX, clock_time, sealed
from services.exchange.enums import UNFINISHED, ExportState
from services.exchange.models import Export
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskListView, DeskView
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.exports import ListExport, exports
from services.foundation.keyset import bounded_count
from services.foundation.keyset_list import COUNTED_UP_TO
from services.foundation.stored import opened_or_404
from services.foundation.verdict import ALLOWED, Verdict

NO_LIST = Verdict(False, gettext_lazy("Your posts read no list that can be exported."))


def may_open(user) -> Verdict:
    return ALLOWED if policies.exportable(user) else NO_LIST


def page_of(export: Export) -> str:
    return reverse("exports:one", args=[export.token])


def title_of(export: Export) -> str:
    listing = exports.get(export.listing)
    return str(listing.title) if listing else export.listing


def exports_crumb() -> dict:
    return {"url": reverse("exports:list"), "label": _("Exports")}


class ExportList(DeskListView):
    """Her own exports, and nobody else's."""

    model = Export
    index_url_name = "exports:list"
    index_results_url_name = "exports:list_results"
    page_title = gettext_lazy("Exports")
    header_icon = "download"
    default_ordering = "-created_at"
    is_searchable = False
    list_export = ()
    verbose_name_plural = gettext_lazy("exports")
    columns = [
        TitleColumn("title", label=gettext_lazy("List"), accessor=title_of, get_url=page_of),
        NumberColumn("rows", label=gettext_lazy("Rows")),
        BooleanColumn("opened", label=gettext_lazy("In clear")),
        StatusTagColumn(
            "get_state_display", label=gettext_lazy("State"), primary=lambda export: export.state == ExportState.DONE
        ),
        Column("created_at", label=gettext_lazy("Asked for"), accessor=lambda export: clock_time(export.created_at)),
        Column(
            "expires_at",
            label=gettext_lazy("Kept until"),
            accessor=lambda export: clock_time(export.expires_at) if export.file else "",
        ),
    ]

    def allowed(self):
        return may_open(self.request.user)

    def rows(self, user):
        return queries.exports_of(user)


class Ask(DeskFormView):
    """What will be in the file, said before it is made: filters in words, rows, masked or in clear."""

    template_name = "exchange/desk/ask.html"
    page_title = gettext_lazy("Export to Excel")
    header_icon = "download"
    submit_label = gettext_lazy("Make the file")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.parameters = QueryDict(request.META.get("QUERY_STRING", "")[:1000], mutable=True)
        for name in ("p", "count", "_w_filter_fragment"):
            self.parameters.pop(name, None)

    @cached_property
    def listing(self) -> ListExport:
        found = exports.get(self.kwargs["listing"])
        if found is None:
            raise Http404
        return found

    def allowed(self):
        return policies.may_export(self.request.user, self.listing)

    def get_breadcrumbs_items(self):
        back = {"url": self.get_success_url(), "label": self.listing.title}
        return [*self.breadcrumbs_items, back, {"url": "", "label": self.page_title}]

    def get_form(self, form_class=None):
        may = self.listing.may_open is not None and bool(self.listing.may_open(self.request.user))
        data = self.request.POST if self.request.method == "POST" else None
        return ExportForm(data, listing=self.listing, may_open=may)

    def act(self, form):
        self.made = ask_for_export(
            self.listing,
            by=self.request.user,
            query=self.parameters.urlencode(),
            opened=form.opened,
            reason=form.cleaned_data.get("reason", ""),
            now=clock.now(),
        )
        return _("The export has begun.")

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.ReasonNeeded) else None

    def get_success_url(self):
        if made := getattr(self, "made", None):
            return page_of(made)
        query = self.parameters.urlencode()
        return f"{self.listing.address()}?{query}" if query else self.listing.address()

    def get_context_data(self, **kwargs):
        found = self.listing.find(self.request.user, self.parameters, False)
        rows = bounded_count(found.rows, COUNTED_UP_TO + 1)
        return super().get_context_data(
            listing=self.listing,
            filters=found.filters,
            rows=min(rows, COUNTED_UP_TO),
            more=rows > COUNTED_UP_TO,
            most_in_clear=settings.EXPORT_MAX_ROWS_IN_CLEAR,
            hours=settings.EXPORT_FILE_HOURS,
            **kwargs,
        )


class OneExport(DeskView):
    """The export named in the address, when it is hers; 404 else."""

    def allowed(self):
        return may_open(self.request.user)

    @cached_property
    def export(self) -> Export:
        return get_object_or_404(queries.exports_of(self.request.user), token=self.kwargs["token"])


def running(export: Export) -> dict:
    return {"running": export.state in UNFINISHED, "progress": progress_of(export.token)}


class ExportPage(OneExport, WagtailAdminTemplateMixin, TemplateView):
    template_name = "exchange/desk/export.html"
    header_icon = "download"

    def get_page_title(self):
        return title_of(self.export)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, exports_crumb(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        export = self.export
        listing = exports.get(export.listing)
        query = export.query
        return super().get_context_data(
            export=export,
            states=ExportState,
            back_url=f"{listing.address()}?{query}" if listing else "",
            may_fetch=bool(listing and export.file and policies.may_fetch(self.request.user, export, listing)),
            **running(export),
            **kwargs,
        )


class ExportProgress(OneExport, View):
    """The bar alone; an empty answer says: load the page anew."""

    def get(self, request, token):
        if self.export.state not in UNFINISHED:
            return HttpResponse(status=204)
        return TemplateResponse(request, "exchange/desk/_progress.html", {"job": self.export, **running(self.export)})


class Download(OneExport, View):
    """Her own file while it is kept and while she may read the list, as an attachment that nothing may sniff."""

    def get(self, request, token):
        export, listing = self.export, exports.get(self.export.listing)
        if listing is None or not export.file or export.expires_at <= clock.now():
            raise Http404
        policies.may_fetch(request.user, export, listing).insist()
        stream = opened_or_404(export.file)
        name = f"{title_of(export)}-{clock_time(export.finished_at):.10}.xlsx"
        return sealed(FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX))


class Delete(OneExport, View):
    http_method_names = ["post"]

    def post(self, request, token):
        delete_export(self.export, by=request.user)
        messages.success(request, _("The file was deleted."))
        return redirect("exports:list")
