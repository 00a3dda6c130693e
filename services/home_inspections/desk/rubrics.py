"""The rubric in versions: read, written as a draft, put in force; the county's own facts by it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.desk import Confirm, StepForm
from services.foundation.errors import Refused
from services.home_inspections import errors, policies, wordings
from services.home_inspections.actions import county_facts
from services.home_inspections.actions import rubrics as actions
from services.home_inspections.desk.pages import InspectionsPage, OneClick, desk_url
from services.home_inspections.enums import RubricState, SheetState
from services.home_inspections.forms.inspections import ReasonForm
from services.home_inspections.forms.rubrics import RubricForm
from services.home_inspections.forms.sheets import CountyForm
from services.home_inspections.queries import rubrics as queries
from services.home_inspections.queries.inspections import history_of
from services.organizations.models import Organization


class RubricVersions(InspectionsPage, TemplateView):
    """Every version of her city; the one in force is marked."""

    page_title = gettext_lazy("Rubric of inspections")
    template_name = "home_inspections/desk/rubrics.html"

    def get_context_data(self, **kwargs):
        versions = list(queries.rubrics_for(self.request.user))
        leads = bool(policies.may_lead_somewhere(self.request.user))
        return super().get_context_data(
            versions=versions,
            draft=next((one for one in versions if one.state == RubricState.DRAFT), None),
            may_write=leads,
            **kwargs,
        )


class RubricBegin(OneClick, InspectionsPage):
    """Opens the draft, or begins one from the newest version."""

    def allowed(self):
        return policies.may_lead_somewhere(self.request.user)

    def get_success_url(self):
        return desk_url("rubric", self.draft.pk) if hasattr(self, "draft") else desk_url("rubrics")

    def act(self):
        self.draft = actions.begin_draft(self.programme.city, by=self.request.user)
        return _("This is the draft. It counts once it is put in force.")


class _OfRubric(InspectionsPage):
    @cached_property
    def rubric(self):
        return get_object_or_404(queries.rubrics_for(self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_lead_city(self.request.user, self.rubric.city)

    def trail(self):
        return [*super().trail(), {"url": desk_url("rubrics"), "label": _("Rubric of inspections")}]


class RubricWrite(_OfRubric, TemplateView):
    page_title = gettext_lazy("Set weights and marks")
    template_name = "home_inspections/desk/rubric_write.html"

    def allowed(self):
        if self.rubric.state != RubricState.DRAFT:
            raise Http404
        return super().allowed()

    def get(self, request, *args, **kwargs):
        return self._show(RubricForm(rubric=self.rubric))

    def post(self, request, *args, **kwargs):
        form = RubricForm(request.POST, rubric=self.rubric)
        if form.is_valid():
            try:
                actions.write_draft(
                    self.rubric, fields=form.marks_said(), criteria=form.criteria_said(), by=request.user
                )
            except Refused as refused:
                form.add_error(None, refused.message(staff=True))
            else:
                messages.success(request, _("The draft is saved. It counts once it is put in force."))
                return redirect(desk_url("rubric", self.rubric.pk))
        return self._show(form)

    def _show(self, form):
        sums = [(item, sum((one.points or 0 for one in item.criteria.all()), 0)) for item in self.rubric.items.all()]
        why = [wordings.unfit([one]) for one in queries.why_unfit(self.rubric)]
        programme = queries.current_programme(self.request.user)
        return self.render_to_response(
            self.get_context_data(form=form, rubric=self.rubric, sums=sums, why=why, programme=programme)
        )


class RubricInForce(Confirm, _OfRubric):
    page_title = submit_label = gettext_lazy("Put in force")
    intro = gettext_lazy("From today new inspections follow it. Those that were begun keep the version they have.")

    def get_success_url(self):
        return desk_url("rubrics")

    def act(self, form):
        made = actions.put_in_force(self.rubric, by=self.request.user, today=clock.today())
        return _("Version %(version)s is in force.") % {"version": made.version}


class _OfCounty(InspectionsPage):
    @cached_property
    def county(self) -> Organization:
        mine = Organization.objects.visible_to(self.request.user)
        return get_object_or_404(mine.filter(depth=2), code=self.kwargs["code"])

    @cached_property
    def rubric(self):
        return queries.rubric_in_force(self.county.path)

    @cached_property
    def sheet(self):
        if self.rubric is None:
            return None
        return queries.sheet_of(self.rubric, self.programme, self.county)

    def get_success_url(self):
        return desk_url("county", self.county.code)


class CountyFacts(_OfCounty, TemplateView):
    """What is scored once for a county; every home of it inherits this."""

    template_name = "home_inspections/desk/county.html"

    def allowed(self):
        self.county  # noqa: B018 - what is out of reach is not there
        if self.request.method == "POST":
            return policies.may_score_county(self.request.user, self.county)
        return policies.may_enter(self.request.user)

    def get_page_title(self):
        return _("County facts: %(name)s") % {"name": self.county.name}

    def get(self, request, *args, **kwargs):
        return self._show(self._form())

    def _form(self, data=None):
        if self.rubric is None:
            return None
        answers = {one.criterion.code: one for one in self.sheet.answers.all()} if self.sheet else {}
        return CountyForm(data, criteria=queries.county_criteria(self.rubric), answers=answers)

    def post(self, request, *args, **kwargs):
        form = self._form(request.POST)
        if form is None:
            return self._show(form)
        if form.is_valid():
            try:
                county_facts.score_county(self.rubric, self.programme, self.county, form.said(), by=request.user)
            except errors.OutOfPoints as refused:
                form.put(refused.faults)
            except Refused as refused:
                form.add_error(None, refused.message(staff=True))
            else:
                messages.success(request, _("Saved. The city settles it, then it counts for every home."))
                return redirect(request.path)
        return self._show(form)

    def _show(self, form):
        user, sheet = self.request.user, self.sheet
        settled = bool(sheet and sheet.state == SheetState.SETTLED)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                county=self.county,
                rubric=self.rubric,
                sheet=sheet,
                settled=settled,
                may_score=not settled and bool(policies.may_score_county(user, self.county)),
                may_settle=bool(sheet)
                and not settled
                and sheet.scored_by_id != user.pk
                and bool(policies.may_lead_city(user, self.county)),
                may_reopen=settled and bool(policies.may_lead_city(user, self.county)),
                history=history_of(sheet) if sheet else [],
            )
        )


class CountySettle(OneClick, CountyFacts):
    http_method_names = ["post"]

    def allowed(self):
        return policies.may_lead_city(self.request.user, self.county)

    def post(self, request, *args, **kwargs):
        if self.sheet is None:
            raise Http404
        return OneClick.post(self, request, *args, **kwargs)

    def act(self):
        county_facts.settle_county(self.sheet, by=self.request.user, now=clock.now())
        return _("Settled. It counts for every home of the county.")


class CountyReopen(StepForm, _OfCounty):
    page_title = submit_label = gettext_lazy("Open county facts again")
    form_class = ReasonForm
    danger = True
    intro = gettext_lazy(
        "The county scores anew what it has done since, and the city settles it. Until then no sheet of its homes can "
        "be finished. Sheets that were scored before stay as they are."
    )
    field_of = {errors.ReasonMissing.code: "reason"}

    def allowed(self):
        return policies.may_lead_city(self.request.user, self.county)

    def get_page_subtitle(self):
        return self.county.name

    def act(self, form):
        if self.sheet is None:
            raise Http404
        reason = form.cleaned_data["reason"]
        county_facts.reopen_county(self.sheet, reason=reason, by=self.request.user, now=clock.now())
        return _("The facts are open again.")
