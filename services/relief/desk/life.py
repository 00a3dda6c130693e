"""The life of a file at the desk: a month, the yearly check, suspending, leaving, return visits; applying for her."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.organizations.enums import ROSTER_WRITERS
from services.relief import errors, policies, queries
from services.relief.actions import representing, watching
from services.relief.desk.one import OneFile
from services.relief.forms import review as forms
from services.relief.models import ReturnVisit
from services.workers.forms.records import FindForm
from services.workers.models import Worker
from services.workers.queries import found_by_number


class _Life(OneFile, DeskFormView):
    def allowed(self):
        return policies.may_keep_file(self.request.user, self.household)

    def get_page_subtitle(self):
        return self.household.number

    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}


class NoteMonth(_Life):
    page_title = gettext_lazy("Note a month")
    form_class = forms.MonthForm
    intro = gettext_lazy("What the household had a person in one month. Months above the line in a row lead out.")

    def field_for(self, refusal):
        return {errors.MonthInvalid: "month", errors.SumInvalid: "per_person"}.get(type(refusal))

    def act(self, form):
        if form.cleaned_data["per_person"] is None:
            raise errors.SumInvalid()
        watching.observe_month(self.household, **form.cleaned_data, **self.stamp())
        return _("Noted.")


class Recheck(_Life):
    page_title = gettext_lazy("Check again")
    submit_label = gettext_lazy("Judge the file anew")
    form_class = forms.SeenForm
    intro = gettext_lazy(
        "The income test runs over the file as it stands: bring members and money up to date first. Its category and "
        "the day of the next check follow."
    )

    def get_initial(self):
        return {"seen": self.household.version}

    def act(self, form):
        household = watching.recheck(self.household, seen=form.cleaned_data["seen"], **self.stamp())
        return _("Checked: %(category)s.") % {"category": household.get_category_display()}


class Suspend(_Life):
    page_title = gettext_lazy("Suspend")
    form_class = forms.ReasonForm
    submit_label = page_title

    def act(self, form):
        watching.suspend(self.household, **form.cleaned_data, **self.stamp())
        return _("The file is suspended.")


class Resume(_Life):
    page_title = gettext_lazy("Take up again")
    form_class = forms.ReasonForm
    submit_label = page_title

    def act(self, form):
        watching.resume(self.household, **form.cleaned_data, **self.stamp())
        return _("The file counts again.")


class Leave(_Life):
    page_title = gettext_lazy("Leave the file")
    form_class = forms.LeaveForm
    submit_label = page_title
    danger = True

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.NotYetLeaving | errors.StillInHardship) else None

    def act(self, form):
        watching.leave(self.household, **form.cleaned_data, **self.stamp())
        return _("The household has left the file. She has been told.")


class MakeReturnVisit(_Life):
    page_title = gettext_lazy("Return visit")
    form_class = forms.ReturnVisitForm

    @cached_property
    def visit(self) -> ReturnVisit:
        return get_object_or_404(self.household.return_visits, pk=self.kwargs["visit"])

    def act(self, form):
        watching.record_return_visit(self.visit, **form.cleaned_data, **self.stamp())
        return _("The visit is on record.")


class FindHer(DeskView, WagtailAdminTemplateMixin, TemplateView):
    """For whom? Her number travels in the body of a POST and is forgotten with the answer."""

    template_name = "relief/desk/find.html"
    page_title = gettext_lazy("Apply in her name")
    header_icon = "plus"

    def allowed(self):
        return policies.may_keep_files(self.request.user)

    def post(self, request, *args, **kwargs):
        form, found = FindForm(request.POST), []
        if form.is_valid():
            found = found_by_number(request.user, form.cleaned_data["number"], today=clock.today())
            if len(found) == 1:
                return redirect("relief_desk:begin", found[0].token)
            if not found:
                form.add_error("number", _("No record in your unions carries this number."))
        return self.render_to_response(self.get_context_data(form=form, found=found))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", FindForm())
        kwargs["begun"] = queries.represented_by(self.request.user, on=clock.today())
        return super().get_context_data(**kwargs)


class BeginForHer(DeskFormView):
    """Her authorisation and her consent go on record, and the application is begun in her name."""

    page_title = gettext_lazy("Apply in her name")
    header_icon = "plus"
    form_class = forms.BeginForm
    submit_label = gettext_lazy("Begin the application")

    @cached_property
    def worker(self) -> Worker:
        visible = Worker.objects.visible_to(self.request.user, roles=ROSTER_WRITERS)
        return get_object_or_404(visible.select_related("organization", "user"), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_represent(self.request.user, self.worker)

    @property
    def intro(self):
        return _("For %(name)s of %(union)s. She is told, and can take the application over at any time.") % {
            "name": self.worker.masked_name,
            "union": self.worker.organization.name,
        }

    def get_form_kwargs(self):
        programmes = list(queries.programmes_for(self.worker.organization))
        return super().get_form_kwargs() | {"programmes": programmes}

    def act(self, form):
        data = form.cleaned_data
        self.application = representing.begin_for_her(
            self.worker,
            code=data["programme"],
            way=data["way"],
            signed_on=data["signed_on"],
            valid_until=data["valid_until"],
            by=self.request.user,
            now=clock.now(),
        )
        return _("Begun. Fill in the file, add her papers, and hand it in.")

    def get_success_url(self):
        application = getattr(self, "application", None)
        if application is None:
            return reverse("relief_desk:files")
        return queries.page_for_her(application.case)
