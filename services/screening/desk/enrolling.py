"""A group is put together: ticked on the roster, or read from a workbook. Nothing is taken here."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView, View

from services.bookings.queries import holdings
from services.exchange.errors import TooManyUploads, WorkbookRefused
from services.exchange.workbooks.template import write_template
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.identifiers import whole_years
from services.foundation.pace import minutes_to_wait
from services.foundation.spelling import plain
from services.foundation.verdict import ALLOWED, Verdict
from services.screening import actions, errors
from services.screening.desk.export import XLSX
from services.screening.desk.pages import ActionForm, ProgrammePage, desk_url
from services.screening.desk.reasons import said
from services.screening.enums import RowPlan
from services.screening.forms.enrolling import GroupFileForm, GroupForm, NarrowForm
from services.screening.importers import GROUP, hand_back, read_group
from services.screening.models import Enrolment, EnrolmentRow
from services.screening.queries.choosing_women import Choice, groups_of, unions_to_enrol, women_to_choose
from services.screening.queries.groups import already_booked
from services.screening.rules import Standing
from services.screening.rules.enrolment import Line
from services.workers.models import Worker

LAST_GROUPS = 5


class EnrolPage(ProgrammePage):
    """A page on which women of one union, and of those below it, are enrolled; other unions don't exist for her."""

    header_icon = "group"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        reach = unions_to_enrol(self.programme, request.user)
        if "organization" in kwargs:
            self.organization = get_object_or_404(reach, code=kwargs["organization"])
        else:
            self.organization = reach.first()

    def allowed(self):
        if self.organization is None:
            return Verdict(False, _("You may book only for women of your own unions."))
        return ALLOWED

    def here(self, name: str) -> str:
        return desk_url(name, self.programme.code, self.organization.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, limit=settings.ENROLMENT_MAX_ROWS, **kwargs)


class EnrolChoose(EnrolPage, TemplateView):
    """The women of her roster, each with how she stands; ticked ones, or all who fit, go into the preview."""

    page_title = _("Enrol a group")
    template_name = "screening/desk/enrol_choose.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(form=GroupForm(today=clock.today())))

    def post(self, request, *args, **kwargs):
        form = GroupForm(request.POST, today=clock.today())
        if form.is_valid():
            try:
                enrolment = self._prepare(form)
            except Refused as refusal:
                form.add_error(None, refusal.message(staff=True))
            else:
                return redirect(desk_url("enrolment", self.programme.code, enrolment.token))
        return self.render_to_response(self.get_context_data(form=form))

    def _prepare(self, form: GroupForm):
        wishes = form.cleaned_data["wishes"]
        return actions.prepare_enrolment(
            self.programme,
            [Line(n, key, wishes=wishes.preferences) for n, key in enumerate(self._chosen(), 1)],
            organization=self.organization,
            together=form.cleaned_data["together"],
            by=self.request.user,
            now=clock.now(),
        )

    def _chosen(self) -> list[int]:
        """Keys in the order of the list. Tokens of nobody in her reach are left out, as on every list."""
        if "all" in self.request.POST:
            return [row.worker.pk for row in self._choice(self._narrow()).rows if row.standing == RowPlan.BOOK]
        ticked = self.request.POST.getlist("who")
        if len(ticked) > settings.ENROLMENT_MAX_ROWS:
            raise errors.TooManyWomen(limit=settings.ENROLMENT_MAX_ROWS)
        women = Worker.objects.visible_to(self.request.user).filter(
            token__in=ticked, organization__path__startswith=self.organization.path
        )
        return list(women.order_by("organization__path", "name", "pk").values_list("pk", flat=True))

    def _narrow(self) -> NarrowForm:
        narrow = NarrowForm(self.request.GET if self.request.GET else None)
        narrow.is_valid()
        return narrow

    def _choice(self, narrow: NarrowForm) -> Choice:
        return women_to_choose(self.programme, self.organization, narrow.narrowed(), self.request.user, now=clock.now())

    def get_context_data(self, **kwargs):
        narrow, context = self._narrow(), {}
        try:
            choice = self._choice(narrow)
        except errors.TermsNotPublished as refusal:
            context["hindrance"] = refusal.message(staff=True)
            choice = Choice([], 0, False)
        ticked = set(self.request.POST.getlist("who"))
        rows = [_told(row, ticked) for row in choice.rows]
        return super().get_context_data(
            narrow=narrow,
            choice=choice,
            rows=rows,
            fitting=sum(row["standing"] == RowPlan.BOOK for row in rows),
            below=holdings.receivers(self.organization)[:30],
            narrowed=bool(self.request.GET),
            groups=groups_of(self.programme, self.request.user)[:LAST_GROUPS],
            **context,
            **kwargs,
        )


def _told(row, ticked: set[str]) -> dict:
    judged = row.judged
    findings = [f for f in judged.assessment.findings if not f.passed] if _refused(judged) else []
    if judged.booking is not None:
        findings = [already_booked(judged.booking)]
    return {
        "worker": row.worker,
        "age": whole_years(row.worker.birth_date, clock.today()),
        "standing": row.standing,
        "label": row.standing.label,
        "booked": judged.booking is not None,
        "consents": judged.known.consents,
        "reasons": [said(finding.as_json()) for finding in findings],
        "ticked": row.worker.token in ticked,
    }


def _refused(judged) -> bool:
    return judged.assessment.verdict is not Standing.ELIGIBLE


class EnrolUpload(EnrolPage, ActionForm):
    """The group as a workbook: names with numbers, and the days each prefers."""

    page_title = _("Enrol from a workbook")
    form_class = GroupFileForm
    template_name = "screening/desk/enrol_upload.html"
    submit_label = _("Read and preview")

    def trail(self):
        return [*super().trail(), {"url": self.here("enrol_at"), "label": EnrolChoose.page_title}]

    def act(self, form):
        upload, by, now = form.cleaned_data["file"], self.request.user, clock.now()
        if minutes := minutes_to_wait("upload", by, limit=settings.UPLOADS_PER_HOUR, now=now):
            raise TooManyUploads(limit=settings.UPLOADS_PER_HOUR, minutes=minutes)
        self.read = read_group(upload, self.organization, today=clock.today())
        self.enrolment = actions.prepare_enrolment(
            self.programme,
            self.read.lines,
            organization=self.organization,
            together=form.cleaned_data["together"],
            file_name=plain(upload.name)[-120:].lstrip("=+-@ "),
            by=by,
            now=now,
        )
        return _("The list was read. Nothing has been taken yet.")

    def form_valid(self, form):
        """The preview; or her workbook back with the remarks, while the preview waits among the last groups."""
        answer = super().form_valid(form)
        if "back" not in self.request.POST or not hasattr(self, "enrolment"):
            return answer
        response = HttpResponse(content_type=XLSX)
        try:
            hand_back(form.cleaned_data["file"], response, self.read, remarks_on(self.enrolment))
        except WorkbookRefused:
            return answer
        name = f"{self.enrolment.file_name.rsplit('.', 1)[0]}-{pgettext('file', 'remarks')}.xlsx"
        response["Content-Disposition"] = f"attachment; filename=\"remarks.xlsx\"; filename*=UTF-8''{quote(name)}"
        return response

    def field_for(self, refusal):
        return None if isinstance(refusal, errors.TermsNotPublished) else "file"

    def get_success_url(self):
        made = getattr(self, "enrolment", None)
        return desk_url("enrolment", self.programme.code, made.token) if made else self.here("enrol_at")


def remarks_on(enrolment: Enrolment) -> dict[int, tuple[list[dict], str]]:
    """By row of the workbook: what the preview found, and in words; rows without a remark are left out."""
    rows = EnrolmentRow.objects.own(enrolment=enrolment).values_list("position", "reasons")
    return {
        position: (reasons, " ".join(f"{one.sentence} {one.remedy}".strip() for one in map(said, reasons)))
        for position, reasons in rows
        if reasons
    }


class EnrolTemplate(EnrolPage, View):
    """The empty workbook."""

    page_title = _("Enrol from a workbook")

    def get(self, request, *args, **kwargs):
        response = HttpResponse(content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{GROUP.code}-{GROUP.version}.xlsx"'
        write_template(response, GROUP)
        return response
