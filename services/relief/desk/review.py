"""Forms that belong to the review of one application: visit, exclusion, overlap, sum. Each calls one action."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.casework.desk.adding import keep_files
from services.casework.desk.typed import KeepsTyping
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.relief import errors, wording
from services.relief.actions import reviewing, sums
from services.relief.desk.one import OneApplication
from services.relief.forms import review as forms
from services.relief.queries.overlaps import Overlap, overlaps_of


class _Review(KeepsTyping, OneApplication, DeskFormView):
    def kept_for(self):
        return self.application.case

    def get_page_subtitle(self):
        return self.application.case.number

    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}


class RecordVisit(_Review):
    page_title = gettext_lazy("Home visit")
    form_class = forms.VisitForm
    intro = gettext_lazy("Two people visit. Photos and her signature are kept among the papers of the case.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"application": self.application}

    def field_for(self, refusal):
        return refusal.field or None if isinstance(refusal, errors.VisitInvalid) else None

    def form_valid(self, form):
        """The files first: those that are kept stay with the case, whatever the visit's own words lack."""
        case, kept = self.application.case, {}
        for field, kind in form.uploads():
            kept[field] = keep_files(form, field, case, kind=kind, **self.stamp())
        if form.errors:
            return self.form_invalid(form)
        self.signed = next(iter(kept.get("signature_photo", ())), None)
        return super().form_valid(form)

    def act(self, form):
        visit = form.visit()
        visit["signature"] = self.signed or visit["signature"]
        reviewing.record_visit(self.application, **visit, **self.stamp())
        return _("The visit is on record.")


class CheckExclusion(_Review):
    page_title = gettext_lazy("Look into an exclusion")
    form_class = forms.ExclusionForm

    @property
    def intro(self):
        return wording.review.exclusion(self.kwargs["code"])

    def get_initial(self):
        found = self.application.exclusions.filter(code=self.kwargs["code"]).first()
        return {"result": found.result, "note": found.note} if found else {}

    def field_for(self, refusal):
        return "note" if isinstance(refusal, errors.ReasonMissing) else None

    def act(self, form):
        reviewing.check_exclusion(self.application, code=self.kwargs["code"], **form.cleaned_data, **self.stamp())
        return _("Noted.")


class DecideOverlap(_Review):
    """Only the rule and whom to contact, unless the other case lies in her own unions."""

    page_title = gettext_lazy("Decide an overlap")
    form_class = forms.OverlapForm
    template_name = "relief/desk/overlap.html"

    @cached_property
    def overlap(self) -> Overlap:
        found = {one.key: one for one in overlaps_of(self.application, now=clock.now())}
        if self.kwargs["other"] not in found:
            raise Http404
        return found[self.kwargs["other"]].seen_by(self.request.user)

    def get_initial(self):
        decision = self.overlap.decision
        return {"choice": decision.choice, "reason": decision.reason} if decision else {}

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.ReasonMissing) else None

    def act(self, form):
        reviewing.decide_overlap(self.application, other=self.overlap.key, **form.cleaned_data, **self.stamp())
        return _("Decided.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(overlap=self.overlap, **kwargs)


class ChangeSum(_Review):
    page_title = gettext_lazy("Change the sum")
    form_class = forms.SumForm

    @property
    def intro(self):
        computed = self.application.computed
        if computed is None:
            return _("The rules can't compute the sum yet.")
        return _("The rules compute %(sum)s yuan. Write that sum to take a change back.") % {"sum": f"{computed:,.2f}"}

    def get_initial(self):
        application = self.application
        return {"amount": application.amount, "because": application.changed_because}

    def field_for(self, refusal):
        wrong = {errors.SumInvalid: "amount", errors.SumAboveCap: "amount", errors.ReasonMissing: "because"}
        return wrong.get(type(refusal))

    def act(self, form):
        data = form.cleaned_data
        if data["amount"] is None:
            raise errors.SumInvalid()
        sums.change_sum(self.application, amount=data["amount"], because=data["because"], **self.stamp())
        return _("Noted.")


class SecondSum(_Review):
    page_title = gettext_lazy("Agree to the changed sum")
    submit_label = gettext_lazy("I agree")
    form_class = forms.AgreeForm

    @property
    def intro(self):
        application = self.application
        return _("%(sum)s yuan instead of %(computed)s. Reason: %(reason)s") % {
            "sum": f"{application.amount or 0:,.2f}",
            "computed": "—" if application.computed is None else f"{application.computed:,.2f}",
            "reason": application.changed_because,
        }

    def get_initial(self):
        return {"amount": self.application.amount}

    def act(self, form):
        sums.second_sum(self.application, seen=form.cleaned_data["amount"], **self.stamp())
        return _("Agreed.")
