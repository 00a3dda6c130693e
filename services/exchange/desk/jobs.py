"""Pages of imports. Each button calls one action; files go out to their owner only."""

import mimetypes

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from services.exchange import actions, errors, policies, queries
from services.exchange.actions.progress import progress_of
from services.exchange.desk.forms import UploadForm
from services.exchange.enums import RUNNING, JobState
from services.exchange.models import Job
from services.exchange.rules.systematic import Common, is_explained
from services.exchange.wording import error_message, explain, explain_common
from services.exchange.workbooks.template import write_template
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskListView, DeskView
from services.foundation.desk_columns import Column, NumberColumn, TitleColumn
from services.foundation.errors import Refused
from services.foundation.sheets import Fault, sheets
from services.foundation.stored import opened_or_404
from services.foundation.verdict import ALLOWED, Verdict

# Of more units nobody chooses one from a list.
_UNITS_OFFERED = 2_000
XLSX = mimetypes.types_map.get(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def page_of(job: Job) -> str:
    return reverse("imports:one", args=[job.token])


def may_open(user) -> Verdict:
    """Whoever may import some sheet somewhere."""
    return ALLOWED if policies.importable(user) else policies.NO_POST


class JobList(DeskListView):
    model = Job
    index_url_name = "imports:list"
    index_results_url_name = "imports:list_results"
    page_title = gettext_lazy("Imports")
    header_icon = "upload"
    default_ordering = "-created_at"
    is_searchable = False
    list_export = ()
    verbose_name_plural = gettext_lazy("imports")

    def allowed(self):
        return may_open(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("file_name", label=_("File"), get_url=page_of),
            Column("title", label=_("Sheet"), accessor=lambda job: sheets[job.spec].title),
            Column("organization", label=_("Unit")),
            Column("get_state_display", label=_("State")),
            NumberColumn("total", label=_("Rows")),
            NumberColumn("refused", label=_("Need repair")),
            Column("owner", label=_("Started by"), accessor=lambda job: job.owner and job.owner.first_name),
            Column("created_at", label=_("Started"), accessor=lambda job: clock_time(job.created_at)),
        ]

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("New import"), url=reverse("imports:upload"), icon_name="upload")]

    def rows(self, user):
        return queries.jobs_for(user)


def clock_time(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


class Upload(DeskFormView):
    form_class = UploadForm
    template_name = "exchange/desk/upload.html"
    page_title = gettext_lazy("New import")
    header_icon = "upload"
    submit_label = gettext_lazy("Upload and check")

    def allowed(self):
        return may_open(self.request.user)

    def get_initial(self):
        named = self.request.GET
        # A page that sends somebody here knows the unit; else the first of hers is proposed.
        unit = {"unit": named["unit"]} if named.get("unit") else {}
        return {"sheet": named.get("sheet", "")} | unit

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_breadcrumbs_items(self):
        trail = [{"url": reverse("imports:list"), "label": _("Imports")}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *trail]

    def act(self, form):
        data = form.cleaned_data
        self.job = actions.upload_sheet(
            spec=sheets[data["sheet"]],
            organization=data["unit"],
            by=self.request.user,
            upload=data["file"],
            file_name=data["file"].name,
            now=clock.now(),
        )
        return _("The workbook is here and is being checked. Nothing has been written yet.")

    def field_for(self, refusal):
        if isinstance(refusal, errors.JobOpen):
            self.open_job = refusal.context.get("token")
            return "unit"
        return "file"

    def get_success_url(self):
        job = getattr(self, "job", None)
        return page_of(job) if job else reverse("imports:list")

    def get_context_data(self, **kwargs):
        specs = policies.importable(self.request.user)
        correctable = [spec for spec in specs if spec.on_record]
        context = super().get_context_data(specs=specs, correctable=correctable, **kwargs)
        if token := getattr(self, "open_job", None):
            context["open_job_url"] = reverse("imports:one", args=[token])
        return context


class OneJob(DeskView):
    """The job named in the URL, when she may see it; 404 else."""

    def allowed(self):
        return may_open(self.request.user)

    @cached_property
    def job(self) -> Job:
        return get_object_or_404(queries.jobs_for(self.request.user), token=self.kwargs["token"])


class JobPage(OneJob, WagtailAdminTemplateMixin, TemplateView):
    template_name = "exchange/desk/job.html"
    header_icon = "upload"

    def get_page_title(self):
        return self.job.file_name

    def get_breadcrumbs_items(self):
        trail = [{"url": reverse("imports:list"), "label": _("Imports")}, {"url": "", "label": self.job.file_name}]
        return [*self.breadcrumbs_items, *trail]

    def get_context_data(self, **kwargs):
        job, spec = self.job, sheets[self.job.spec]
        common = common_of(job)
        return super().get_context_data(
            job=job,
            title=spec.title,
            clean=job.total - job.refused,
            fresh=job.new + job.changed,
            nothing_new=job.state == JobState.CLEAN and not (job.new or job.changed),
            common=[explain_common(spec, one, total=job.total, unit=str(job.organization)) for one in common],
            **told_faults(job, common),
            notes=[_told(spec, stored) for stored in job.report.get("notes", ())],
            error=error_message(job.error_code, job.error_context) if job.error_code else "",
            earlier=queries.same_file_done(job) if job.state in (JobState.CLEAN, JobState.FAULTY) else None,
            may_download=bool(job.result) and policies.may_download(self.request.user, job),
            states=JobState,
            **running(job),
            **kwargs,
        )


def common_of(job: Job) -> list[Common]:
    """The faults that nearly all rows of a checked job have."""
    return [Common(**stored) for stored in job.report.get("common", ())]


def told_faults(job: Job, common: list[Common]) -> dict:
    """The faults row by row: those the sentences at the top explain are folded away, the others stand open."""
    spec, faults, folded = sheets[job.spec], [], []
    for stored in job.faults:
        explained = is_explained([_fault(stored)], common)
        (folded if explained else faults).append(_told(spec, stored))
    return {"faults": faults, "folded": folded, "told_rows": len({stored["row"] for stored in job.faults})}


def _fault(stored: dict) -> Fault:
    return Fault(stored["column"], stored["code"], stored["context"], stored["shown"])


def _told(spec, stored: dict):
    return explain(spec, stored["row"], _fault(stored))


def running(job: Job) -> dict:
    """What the progress bar shows; nothing for a job that rests."""
    if job.state not in RUNNING:
        return {"running": False}
    return {"running": True, "progress": progress_of(job.token)}


class JobProgress(OneJob, View):
    """The bar alone, fetched again and again by the page; an empty answer says: load the page anew."""

    def get(self, request, token):
        if self.job.state not in RUNNING:
            return HttpResponse(status=204)
        return TemplateResponse(request, "exchange/desk/_progress.html", {"job": self.job, **running(self.job)})


class JobStep(OneJob, View):
    """A button of the job's page: posts only, calls ``step``, goes back to the page with what happened."""

    http_method_names = ["post"]

    def step(self) -> str:
        raise NotImplementedError

    def post(self, request, token):
        try:
            messages.success(request, self.step())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        return redirect(page_of(self.job))


class ApplyAll(JobStep):
    def step(self):
        actions.apply_job(self.job, by=self.request.user, only_clean_rows=False, now=clock.now())
        return _("The rows are being written.")


class ApplyClean(JobStep):
    def step(self):
        actions.apply_job(self.job, by=self.request.user, only_clean_rows=True, now=clock.now())
        return _("The rows that are fine are being written.")


class Discard(JobStep):
    def step(self):
        actions.discard_job(self.job, by=self.request.user, now=clock.now())
        return _("The import was thrown away. Nothing was written.")


class Download(OneJob, View):
    """The marked workbook: her own, while it is kept. As an attachment that nothing may sniff or run."""

    def get(self, request, token):
        policies.may_download(request.user, self.job).insist()
        if not self.job.result or (self.job.expires_at and self.job.expires_at <= clock.now()):
            raise Http404
        stream = opened_or_404(self.job.result)
        name = f"{self.job.file_name.rsplit('.', 1)[0]}-{pgettext('file', 'remarks')}.xlsx"
        return sealed(FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX))


class Template(DeskView, View):
    def allowed(self):
        return may_open(self.request.user)

    def get(self, request, sheet):
        spec = sheets.get(sheet)
        if spec is None or spec not in policies.importable(request.user):
            raise Http404
        response = HttpResponse(content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{spec.code}-{spec.version}.xlsx"'
        units = queries.units_for(request.user, spec).order_by("path").values_list("name", flat=True)
        names = list(units[: _UNITS_OFFERED + 1])
        write_template(response, spec, units=names if len(names) <= _UNITS_OFFERED else ())
        return sealed(response)


def sealed(response):
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
