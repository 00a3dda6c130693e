"""Self-assessments: one union's year as the unit fills it in and as the federation above reviews it."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework.errors import DocumentRefused, TooManyUploads
from services.coverage import errors, policies
from services.coverage.actions import assessing
from services.coverage.actions.papers import add_paper
from services.coverage.desk.assessment_list import page_of
from services.coverage.desk.checklists import desk_url
from services.coverage.enums import WITH_THE_UNIT, AssessmentState, PaperKind
from services.coverage.forms.assessing import AnswersForm, EvidenceForm, ReviewForm, WordsForm
from services.coverage.models import SelfAssessment
from services.coverage.queries import checklists as queries
from services.coverage.queries.papers import papers_for
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import AlreadyDone, Refused
from services.organizations.models import Organization


class _OfUnion(DeskView):
    """The union named in the address, when it lies in her reach; 404 else."""

    @cached_property
    def organization(self) -> Organization:
        mine = Organization.objects.visible_to(self.request.user, roles=policies.READERS)
        return get_object_or_404(mine, code=self.kwargs["code"])


class Begin(_OfUnion, View):
    """Opens this year's self-assessment, or leads to it."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_assess(self.request.user, self.organization)

    def post(self, request, code):
        now = clock.now()
        try:
            made = assessing.open_year(self.organization, clock.today().year, by=request.user, now=now)
        except Refused as refused:
            messages.error(request, refused.message(staff=True))
            return redirect(desk_url("of_union", code))
        return redirect(page_of(made))


class OfUnion(_OfUnion, WagtailAdminTemplateMixin, TemplateView):
    """All years of one union: the history of its scores, and the button for this year."""

    template_name = "coverage/desk/assessments_of_union.html"
    page_title = gettext_lazy("Self-assessments")
    header_icon = "tasks"

    def allowed(self):
        self.organization  # noqa: B018 - a union out of reach is not there, whatever she may do elsewhere
        return policies.may_read_records(self.request.user)

    def get_page_subtitle(self):
        return self.organization.name

    def get_breadcrumbs_items(self):
        trail = {"url": desk_url("assessments"), "label": _("Self-assessments")}
        return [*self.breadcrumbs_items, trail, {"url": "", "label": self.organization.name}]

    def get_context_data(self, **kwargs):
        years = list(
            queries.assessments_for(self.request.user, policies.READERS).filter(organization=self.organization)
        )
        begun = any(one.year == clock.today().year for one in years)
        may_begin = not begun and bool(policies.may_assess(self.request.user, self.organization))
        return super().get_context_data(
            organization=self.organization,
            years=[(one, page_of(one)) for one in years],
            checklist=queries.binding(self.organization),
            year=clock.today().year,
            may_begin=may_begin,
            **kwargs,
        )


class _One(_OfUnion, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"

    @cached_property
    def assessment(self) -> SelfAssessment:
        mine = queries.assessments_for(self.request.user, policies.READERS)
        return get_object_or_404(mine, organization=self.organization, year=self.kwargs["year"])

    @cached_property
    def sheet(self):
        return queries.sheet_of(self.assessment)

    def get_page_title(self):
        return _("Self-assessment %(year)s") % {"year": self.assessment.year}

    def get_page_subtitle(self):
        return self.organization.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": desk_url("assessments"), "label": _("Self-assessments")},
            {"url": desk_url("of_union", self.organization.code), "label": self.organization.name},
            {"url": "", "label": str(self.assessment.year)},
        ]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("back_url", desk_url("of_union", self.organization.code))
        return super().get_context_data(
            assessment=self.assessment, sheet=self.sheet, history=queries.history_of(self.assessment), **kwargs
        )

    def refresh(self) -> None:
        for name in ("assessment", "sheet"):
            self.__dict__.pop(name, None)


class Assessment(_One):
    """While it lies with the unit its officer types here; everybody else reads what is said."""

    @property
    def typing(self) -> bool:
        return self.assessment.state in WITH_THE_UNIT and bool(
            policies.may_assess(self.request.user, self.organization)
        )

    def allowed(self):
        self.assessment  # noqa: B018 - what is out of reach is not there
        if self.request.method == "POST":
            return policies.may_assess(self.request.user, self.organization)
        return policies.may_read_records(self.request.user)

    def get_template_names(self):
        return ["coverage/desk/assessment_fill.html" if self.typing else "coverage/desk/assessment.html"]

    def get(self, request, *args, **kwargs):
        return self._show(AnswersForm(sheet=self.sheet) if self.typing else None)

    def post(self, request, *args, **kwargs):
        form = AnswersForm(request.POST, sheet=self.sheet)
        keeping = request.headers.get("X-Keep") == "1"
        fit = form.is_valid()
        if item := request.POST.get("evidence", ""):
            return self._to_evidence(form, item)
        if keeping or "hand_up" not in request.POST:
            # What is fit is kept even beside what isn't.
            return self._keep(form, fit, silently=keeping)
        if fit and self._try(form, hand_up=True):
            messages.success(request, _("It is handed up for review."))
            return redirect(page_of(self.assessment))
        return self._show(form)

    def _to_evidence(self, form, item: str):
        """What she typed is kept on the way; what isn't fit stays where she typed it."""
        if not self._try(form) or form.errors or item not in {line.item.code for line in self.sheet.lines}:
            return self._show(form)
        return redirect(desk_url("evidence", self.organization.code, self.assessment.year, item))

    def _keep(self, form, fit: bool, *, silently: bool):
        done = self._try(form)
        if silently:
            at = time_format(localtime(clock.now()), "H:i")
            # The page goes on from what it has saved; after a conflict it stays behind until both were shown.
            known = {"seen": self.assessment.edition} if self.saved else {}
            if done and fit:
                return JsonResponse({"kept": _("Saved at %(time)s") % {"time": at}, **known})
            words = form.non_field_errors() or [_("Something can't be saved yet; look at the points.")]
            return JsonResponse({"error": str(words[0]), **known}, status=422)
        if done and fit:
            messages.success(self.request, _("Saved."))
            return redirect(page_of(self.assessment))
        return self._show(form)

    def _try(self, form, *, hand_up: bool = False) -> bool:
        by, seen = self.request.user, form.cleaned_data.get("seen") or 0
        try:
            saved = assessing.save_answers(self.assessment, form.said(), seen=seen, by=by)
            self.assessment.edition = saved.edition
            form.look_again(saved.edition)
            self.saved = True
            if hand_up:
                assessing.hand_up(self.assessment, by=by, now=clock.now())
        except errors.Incomplete as refused:
            form.put(refused.faults)
            form.add_error(None, refused.message(staff=True))
        except AlreadyDone:
            return True
        except errors.AssessmentChanged as refused:
            self.conflict = True
            form.add_error(None, refused.message(staff=True))
        except Refused as refused:
            form.add_error(None, refused.message(staff=True))
        else:
            return True
        return False

    conflict = saved = False

    def _show(self, form):
        stored = {}
        if self.conflict:
            self.refresh()
            form.look_again(self.assessment.edition)
            stored = {line.item.code: line.answer for line in self.sheet.lines}
        lines = [(line, fields, stored.get(line.item.code)) for line, fields in form.lines()] if form else []
        review = self.assessment.state == AssessmentState.SUBMITTED and bool(
            policies.may_review(self.request.user, self.assessment)
        )
        return self.render_to_response(self.get_context_data(form=form, lines=lines, may_review=review))


class Evidence(DeskFormView, _One):
    """The papers that prove one item: those on record of the union, and one more."""

    form_class = EvidenceForm
    template_name = "desk/form.html"
    submit_label = gettext_lazy("Save")

    @cached_property
    def line(self):
        found = next((one for one in self.sheet.lines if one.item.code == self.kwargs["item"]), None)
        if found is None:
            raise Http404
        return found

    def allowed(self):
        self.line  # noqa: B018 - what is out of reach, or isn't asked, is not there
        return policies.may_assess(self.request.user, self.organization)

    def get_page_title(self):
        return _("Evidence")

    def get_page_subtitle(self):
        return self.line.item.asked

    @property
    def intro(self):
        return self.line.item.asked

    def get_form_kwargs(self):
        chosen = [paper.token for paper in self.line.papers]
        return super().get_form_kwargs() | {
            "papers": papers_for(self.request.user, self.organization),
            "initial": {"papers": chosen},
        }

    def get_success_url(self):
        return page_of(self.assessment)

    def field_for(self, refusal):
        return "file" if isinstance(refusal, DocumentRefused | TooManyUploads | errors.PaperRefused) else None

    def act(self, form):
        by, papers = self.request.user, list(form.cleaned_data["papers"])
        if upload := form.cleaned_data["file"]:
            kind, name = PaperKind.OTHER, upload.name
            papers.append(
                add_paper(self.organization, kind=kind, upload=upload.file, name=name, by=by, now=clock.now())
            )
        assessing.attach_evidence(self.assessment, self.line.item.code, papers, by=by)
        return _("The evidence is saved.")


class Review(_One):
    """Claimed beside reviewed; an item that differs needs a reason. Or it goes back with words."""

    template_name = "coverage/desk/assessment_review.html"

    def allowed(self):
        return policies.may_review(self.request.user, self.assessment)

    def get(self, request, *args, **kwargs):
        if self.assessment.state != AssessmentState.SUBMITTED:
            return redirect(page_of(self.assessment))
        return self._show(ReviewForm(sheet=self.sheet), WordsForm())

    def post(self, request, *args, **kwargs):
        form, words = ReviewForm(request.POST, sheet=self.sheet), WordsForm(request.POST)
        step = self._return if "give_back" in request.POST else self._review
        if said := step(form, words):
            messages.success(request, said)
            return redirect(page_of(self.assessment))
        return self._show(form, words)

    def _return(self, form, words) -> str:
        # What she has seen travels with the other form; its points may be unfit on the way back.
        form.is_valid()
        if not words.is_valid():
            return ""
        said, seen = words.cleaned_data["words"], form.cleaned_data.get("seen") or 0
        try:
            assessing.give_back(self.assessment, words=said, seen=seen, by=self.request.user, now=clock.now())
        except errors.AssessmentChanged as refused:
            self._changed(form, refused)
            return ""
        except Refused as refused:
            words.add_error("words", refused.message(staff=True))
            return ""
        return _("It is returned with your words.")

    def _review(self, form, words) -> str:
        if not form.is_valid():
            return ""
        try:
            done = assessing.review(
                self.assessment, form.said(), seen=form.cleaned_data["seen"], by=self.request.user, now=clock.now()
            )
        except errors.Incomplete as refused:
            form.put(refused.faults)
            form.add_error(None, refused.message(staff=True))
            return ""
        except errors.AssessmentChanged as refused:
            self._changed(form, refused)
            return ""
        except Refused as refused:
            form.add_error(None, refused.message(staff=True))
            return ""
        return _("Reviewed: %(score)s points.") % {"score": done.score}

    def _changed(self, form, refused) -> None:
        """What the unit says now stands beside what she typed; sent again it counts."""
        self.refresh()
        form.sheet = self.sheet
        form.add_error(None, refused.message(staff=True))
        form.look_again(self.assessment.edition)

    def _show(self, form, words):
        return self.render_to_response(self.get_context_data(form=form, words=words, lines=form.lines()))
