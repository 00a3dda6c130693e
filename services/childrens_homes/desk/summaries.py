"""Summary reports of counties: the list, one with its versions, written, sent, answered."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from services.childrens_homes import errors, policies
from services.childrens_homes.actions import summaries
from services.childrens_homes.desk import word
from services.childrens_homes.desk.overview import ProgrammePage
from services.childrens_homes.desk.pages import HomesPage, desk_url
from services.childrens_homes.enums import SummaryState
from services.childrens_homes.figures.building import counties_of
from services.childrens_homes.forms.people import FeedbackForm, SummaryForm
from services.childrens_homes.models import SummaryReport
from services.childrens_homes.queries.homes import counties_acted_for
from services.childrens_homes.queries.summaries import latest_summaries, summaries_for
from services.childrens_homes.wording import summary as figures
from services.figures import workbooks
from services.figures.desk.export import XLSX
from services.foundation import clock
from services.foundation.desk import Confirm, StepForm, one_export_too_many
from services.organizations.models import Organization


def address(summary: SummaryReport, name: str = "summary") -> str:
    return desk_url(name, summary.programme.year, summary.county.code, summary.version)


class SummaryList(ProgrammePage, TemplateView):
    """Each county of the programme with its latest version, or none."""

    page_title = gettext_lazy("Summary reports of the counties")
    template_name = "childrens_homes/desk/summaries.html"

    def get_context_data(self, **kwargs):
        rows = []
        if self.programme:
            latest = latest_summaries(self.request.user, self.programme)
            mine = set(counties_acted_for(self.request.user).values_list("pk", flat=True))
            for county in counties_of(self.request.user, self.programme):
                found = latest.get(county.pk)
                begins = county.pk in mine and (found is None or found.state != SummaryState.DRAFT)
                rows.append((county, found, address(found) if found else "", begins))
        return super().get_context_data(rows=rows, **kwargs)


class SummaryBegin(Confirm, ProgrammePage):
    page_title = gettext_lazy("Begin a summary report")
    submit_label = gettext_lazy("Draft it from the figures")
    intro = gettext_lazy(
        "Its sections are drafted from what is on record today. You edit each of them before it is sent."
    )
    parents = (("summaries", gettext_lazy("Summary reports of the counties")),)

    @cached_property
    def county(self) -> Organization:
        reach = Organization.objects.visible_to(self.request.user, roles=policies.READERS)
        return get_object_or_404(reach, code=self.kwargs["county"], depth=2)

    def allowed(self):
        verdict = super().allowed()
        return verdict and policies.may_act_for(self.request.user, self.county)

    def get_page_subtitle(self):
        return self.county.name

    def act(self, form):
        if self.programme is None:
            raise errors.ProgrammeNotRunning()
        found = figures.figures_of(self.programme, self.county, clock.today())
        self.made = summaries.begin_summary(
            self.programme,
            self.county,
            figures=found,
            title=figures.title(found),
            sections=figures.draft(found),
            by=self.request.user,
        )
        return _("Drafted. Edit it, then send it to the city.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return address(made) if made else desk_url("summaries")


class OneSummary(HomesPage):
    parents = (("summaries", gettext_lazy("Summary reports of the counties")),)

    @cached_property
    def versions(self) -> list[SummaryReport]:
        found = list(
            summaries_for(self.request.user).filter(
                county__code=self.kwargs["county"], programme__year=self.kwargs["year"]
            )
        )
        if not found:
            raise Http404
        return found

    @cached_property
    def summary(self) -> SummaryReport:
        found = next((one for one in self.versions if one.version == self.kwargs["version"]), None)
        if found is None:
            raise Http404
        return found

    @property
    def title(self) -> str:
        words = {"county": self.summary.county.name, "version": self.summary.version}
        return _("%(county)s, version %(version)s") % words

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.summary  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        return [*super().trail(), {"url": address(self.summary), "label": self.title}]

    def get_success_url(self):
        return address(self.summary)

    def get_page_subtitle(self):
        return self.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(summary=self.summary, **kwargs)


class SummaryDetail(OneSummary, TemplateView):
    template_name = "childrens_homes/desk/summary.html"

    def get_page_title(self):
        return self.title

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": self.title}]

    def get_context_data(self, **kwargs):
        one, user = self.summary, self.request.user
        writes = bool(policies.may_act_for(user, one.county))
        return super().get_context_data(
            versions=[(other, address(other)) for other in self.versions],
            may_write=writes and one.state == SummaryState.DRAFT,
            may_answer=bool(policies.may_lead(user, one.county)) and one.state == SummaryState.SENT,
            sections=paragraphs_of(one),
            figures=figures.in_figures(one.figures) if one.figures else [],
            **kwargs,
        )


def paragraphs_of(summary: SummaryReport) -> list[tuple[str, list[str]]]:
    return [(one["title"], [line for line in one["text"].split("\n") if line.strip()]) for one in summary.sections]


class SummaryPrint(OneSummary, TemplateView):
    template_name = "childrens_homes/desk/summary_print.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(sections=paragraphs_of(self.summary), **kwargs)


class SummaryFile(OneSummary, View):
    """The version as a document to go on with elsewhere, or its figures as a workbook."""

    def get(self, request, year, county, version, kind):
        if kind not in ("docx", "xlsx"):
            raise Http404
        if too_many := one_export_too_many(request, address(self.summary)):
            return too_many
        one = self.summary
        response = HttpResponse(content_type=word.TYPE if kind == "docx" else XLSX)
        if kind == "docx":
            foot = f"{self.title} · {one.get_state_display()}"
            word.write_document(response, title=one.title, sections=one.sections, foot=foot)
        else:
            rows = figures.in_figures(one.figures)
            sheet = workbooks.Sheet(_("Figures"), [_("Figure"), _("Value")], rows)
            about = [(_("Content"), one.title), (_("Data as of"), str(one.figures.get("day", "–")))]
            workbooks.write(response, about=about, sheets=[sheet])
        response["Content-Disposition"] = f'attachment; filename="summary-{year}-{version}.{kind}"'
        return response


class _Writing(OneSummary):
    def allowed(self):
        return super().allowed() and policies.may_act_for(self.request.user, self.summary.county)


class SummaryEdit(StepForm, _Writing):
    page_title = gettext_lazy("Edit the report")
    form_class = SummaryForm

    def get_initial(self):
        return {"title": self.summary.title}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"sections": self.summary.sections}

    def act(self, form):
        title = form.cleaned_data["title"]
        summaries.write_summary(self.summary, title=title, texts=form.texts(), by=self.request.user)
        return _("Saved.")


class SummarySend(Confirm, _Writing):
    page_title = submit_label = gettext_lazy("Send it to the city")
    intro = gettext_lazy("It then stands as it is. What changes later goes into a new version.")

    def act(self, form):
        summaries.send_summary(self.summary, by=self.request.user, now=clock.now())
        return _("Sent to the city.")


class SummaryAnswer(StepForm, OneSummary):
    page_title = submit_label = gettext_lazy("Answer the county")
    form_class = FeedbackForm
    field_of = {errors.ReasonMissing.code: "feedback"}

    def allowed(self):
        return super().allowed() and policies.may_lead(self.request.user, self.summary.county)

    def act(self, form):
        summaries.answer_summary(self.summary, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The county reads your answer on the report's page.")
