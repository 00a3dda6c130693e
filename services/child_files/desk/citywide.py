"""What the officer for personal data sets for a whole city: rules, terms, purposes, what was shared, notices."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages

from services.child_files import errors
from services.child_files.actions import notices, retention, sharing, switching
from services.child_files.desk.guarding import CityPage
from services.child_files.desk.pages import desk_url
from services.child_files.forms import guarding as forms
from services.child_files.queries.files import rules_of
from services.childrens_homes.models import Programme
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.errors import Refused


class SetCareRules(StepForm, CityPage):
    """How often a programme asks for what: numbers with the plan's own words beside them."""

    page_title = gettext_lazy("Set the rules of care")
    form_class = forms.CareRulesForm
    intro = gettext_lazy(
        "How often the home calls, visits and meets, how long a consent and an approval last. What is overdue is "
        "reckoned anew from now on; consents given so far keep their day."
    )

    @cached_property
    def programme(self) -> Programme:
        return get_object_or_404(self.programmes, year=self.kwargs["year"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.programme  # noqa: B018 - an unknown one is answered before the form is drawn
        return verdict

    def get_page_subtitle(self):
        return str(self.programme)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"instance": rules_of(self.programme)}

    def act(self, form):
        numbers = {name: form.cleaned_data[name] for name in form._meta.fields}
        switching.set_care_rules(self.programme, by=self.request.user, now=clock.now(), **numbers)
        return _("The rules of care are set.")


class Run(CityPage, View):
    """Make anonymous now what is due; the nightly run does the same."""

    http_method_names = ["post"]

    def post(self, request):
        try:
            runs = retention.anonymise_due(by=request.user, now=clock.now(), city=self.city)
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return redirect(self.get_success_url())
        done = sum(run.files for run in runs)
        said = ngettext("%(count)s file was made anonymous.", "%(count)s files were made anonymous.", done)
        messages.success(request, said % {"count": done})
        return redirect(self.get_success_url())


class SetRule(StepForm, CityPage):
    page_title = gettext_lazy("How long files are kept")
    form_class = forms.RuleForm
    intro = gettext_lazy("Counted from the day on which a child left. Files that were left already are counted anew.")
    field_of = {errors.ReasonNeeded.code: "basis"}

    def act(self, form):
        retention.set_rule(self.city, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The rule is set.")


class _OfProgrammes(StepForm, CityPage):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programmes": self.programmes}


class Assess(_OfProgrammes):
    page_title = gettext_lazy("Put an impact assessment on record")
    form_class = forms.AssessmentForm
    intro = gettext_lazy("Before children's data is used for a purpose. It is kept for at least three years.")
    field_of = {errors.NumberTaken.code: "number"}

    def act(self, form):
        data = dict(form.cleaned_data)
        programme = data.pop("programme")
        switching.assess(programme, by=self.request.user, now=clock.now(), **data)
        return _("The assessment is on record.")


class Switch(_OfProgrammes):
    page_title = gettext_lazy("Switch a purpose on or off")
    form_class = forms.SwitchForm
    intro = gettext_lazy("On only after an impact assessment for this very purpose. The identity number stays off.")
    field_of = {errors.AssessmentNeeded.code: "purpose", errors.ReasonNeeded.code: "reason"}

    def act(self, form):
        data = dict(form.cleaned_data)
        switching.switch(data.pop("programme"), by=self.request.user, now=clock.now(), **data)
        return _("Set.")


class Share(StepForm, CityPage):
    page_title = gettext_lazy("Note that data was shared")
    form_class = forms.SharingForm
    intro = gettext_lazy("Refused as a whole where one guardian hasn't agreed to this recipient.")
    field_of = {errors.NotShared.code: "codes", errors.ReasonNeeded.code: "agreement"}

    def act(self, form):
        data = dict(form.cleaned_data)
        fields = data.pop("fields_given")
        sharing.share(self.city, fields=fields, by=self.request.user, now=clock.now(), **data)
        return _("It stands in the ledger.")


class IncidentAdd(StepForm, CityPage):
    page_title = gettext_lazy("Record an incident")
    form_class = forms.IncidentForm
    field_of = {errors.DayOdd.code: "found_at"}
    made = None

    def get_initial(self):
        return {"found_at": clock.now()}

    def act(self, form):
        self.made = sharing.record_incident(self.city, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Incident %(number)s is on record. The letters are drafted below.") % {"number": self.made.number}

    def get_success_url(self):
        return desk_url("incident", self.made.token) if self.made else super().get_success_url()


class Publish(StepForm, CityPage):
    page_title = gettext_lazy("Publish a notice to guardians")
    form_class = forms.NoticeForm
    intro = gettext_lazy(
        "In force at once. Whoever agreed to an earlier one that names the same data and recipients isn't asked again."
    )

    def act(self, form):
        notices.publish_notice(by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Published.")
