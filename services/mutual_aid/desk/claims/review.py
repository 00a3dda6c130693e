"""Forms that belong to the review of one claim. Each calls one action."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from services.casework import policies as casework
from services.casework.desk.typed import HEADER, KeepsTyping
from services.casework.enums import Verb
from services.casework.wording import ASKS
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.mutual_aid import wording
from services.mutual_aid.actions import adjudicating, sums
from services.mutual_aid.desk.claims.one import OneClaim
from services.mutual_aid.enums import Reason
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.forms import adjudicating as forms
from services.mutual_aid.forms.claims import put
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries import claiming as known


class _Review(KeepsTyping, OneClaim, DeskFormView):
    def kept_for(self):
        return self.claim.case


class State(_Review):
    page_title = gettext_lazy("The unit's statement")
    form_class = forms.StatementForm
    intro = gettext_lazy("It goes to whoever decides. The diagnosis isn't shown to the unit, and isn't needed for it.")

    def get_initial(self):
        return {"statement": self.claim.statement}

    def field_for(self, refusal):
        return "statement" if isinstance(refusal, errors.StatementMissing) else None

    def act(self, form):
        adjudicating.state_for_unit(self.claim, **form.cleaned_data, **self.stamp())
        return _("The statement is on record.")


class _Looked(_Review):
    """Shows or asks about the diagnosis: only in a sitting for which a look is on record.

    What is sent after the sitting is over waits, sealed, and is filled in again once she has looked anew.
    """

    def allowed(self):
        return policies.may_adjudicate(self.request.user, self.claim)

    def dispatch(self, request, *args, **kwargs):
        looked = adjudicating.looks_now(request.user, self.claim, now=clock.now())
        if self.allowed() and not looked and request.method == "POST":
            if HEADER in request.headers:
                return self.keep_only()
            self._keep()
            messages.warning(
                request, _("Half an hour is over: open the diagnosis anew. What you typed is kept and filled in again.")
            )
            return redirect(f"{self.get_success_url()}#aid-look")
        if self.allowed() and not looked:
            messages.warning(request, _("Open the diagnosis first: your look goes on record."))
            return redirect(f"{self.get_success_url()}#aid-look")
        return super().dispatch(request, *args, **kwargs)


class Papers(_Looked):
    page_title = gettext_lazy("What the papers show")
    form_class = forms.PapersForm
    intro = gettext_lazy(
        "What she stated stands in the fields. Put right what the papers show otherwise; her own words stay on record."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"terms": self.claim.terms}

    def get_initial(self):
        confirmed, found = known.confirmed_of(self.claim), known.found_of(self.claim)
        shown = {name: getattr(confirmed, name) for name in known.PUT_RIGHT}
        return shown | {name: found.get(name) for name in known.FOUND}

    def form_valid(self, form):
        try:
            adjudicating.judge_papers(self.claim, found=form.cleaned_data, **self.stamp())
        except errors.ParticularsInvalid as refused:
            put(refused.faults, form)
            return self.form_invalid(form)
        except errors.NotUnderReview as refused:
            form.add_error(None, refused.message(staff=True))
            return self.form_invalid(form)
        messages.success(self.request, _("Noted, and judged anew."))
        return redirect(self.get_success_url())


class ChangeSum(_Looked):
    page_title = gettext_lazy("Change the sum")
    form_class = forms.SumForm

    @property
    def intro(self):
        if self.claim.computed is None:
            return _("The rules can't compute the sum yet.")
        words = {"sum": f"{self.claim.computed:,.2f}"}
        return _("The rules compute %(sum)s yuan. Write that sum to take a change back.") % words

    def get_initial(self):
        claim = self.claim
        return {"amount": claim.amount, "ends_cover": claim.ends_cover, "because": claim.changed_because}

    def field_for(self, refusal):
        return {errors.SumInvalid: "amount", errors.ReasonTooShort: "because"}.get(type(refusal))

    def act(self, form):
        sums.change_sum(self.claim, **form.cleaned_data, **self.stamp())
        return _("Noted.")


class SecondSum(_Looked):
    page_title = gettext_lazy("Agree to the changed sum")
    submit_label = gettext_lazy("I agree")
    form_class = forms.AgreeForm

    @property
    def intro(self):
        claim = self.claim
        return _("%(sum)s yuan instead of %(computed)s. Reason: %(reason)s") % {
            "sum": f"{claim.amount or 0:,.2f}",
            "computed": "—" if claim.computed is None else f"{claim.computed:,.2f}",
            "reason": claim.changed_because,
        }

    def get_initial(self):
        return {"amount": self.claim.amount}

    def act(self, form):
        sums.second_sum(self.claim, seen=form.cleaned_data["amount"], **self.stamp())
        return _("Agreed.")


class Refuse(_Looked):
    """Refusing, or upholding a refusal, for a coded reason that she alone reads in words."""

    form_class = forms.RefuseForm
    danger = True
    intro = gettext_lazy("She reads the words that go with the reason. The timeline of the case names no reason.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["verb"] not in (Verb.REFUSE, Verb.UPHOLD):
            raise Http404

    def allowed(self):
        handles = policies.may_adjudicate(self.request.user, self.claim)
        return casework.may_move(self.request.user, self.claim.case, self.kwargs["verb"]) if handles else handles

    def get_page_title(self):
        return ASKS[self.kwargs["verb"]]

    @property
    def submit_label(self):
        return ASKS[self.kwargs["verb"]]

    def get_initial(self):
        decisive = known.decided_on(self.claim) or self.claim.assessments.first()
        failed = [one["code"] for one in decisive.findings if one["outcome"] == "failed"] if decisive else []
        proposed = next((code for code in failed if code in Reason.values), "")
        return {"seen": self.claim.case.version, "reason": proposed}

    def act(self, form):
        adjudicating.refuse_with(self.claim, verb=self.kwargs["verb"], **form.cleaned_data, **self.stamp())
        return _("Refused. She reads: %(words)s") % {"words": wording.refusals.to_her(form.cleaned_data["reason"])}
