"""The steps of a term: prepared, elected, approved or returned, called off; a commissioner instead."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.coverage import errors, policies
from services.coverage.actions import terms
from services.coverage.desk.pages import Filing, FilingTerm, OfTerm, StepForm
from services.coverage.enums import Position, TermState
from services.coverage.forms.steps import (
    AppointForm,
    ApproveForm,
    ElectionForm,
    MemberFormSet,
    PrepareForm,
    WhyForm,
)
from services.coverage.rules.terms import last_day
from services.foundation import clock


class _Lengths:
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"admitted": self.asked.term_years}


class Prepare(_Lengths, StepForm, Filing):
    page_title = gettext_lazy("Prepare a term of office")
    form_class = PrepareForm
    submit_label = gettext_lazy("Begin")
    intro = gettext_lazy(
        "Prepared, elected and approved together with the union's own committee (三同时). "
        "The election is filed next, then the federation above approves it."
    )
    called = {"prepared_on": "on"}

    def get_initial(self):
        """As long as the term in office, where there is one: a union seldom changes the length."""
        running = next((term for term in self.terms if term.state == TermState.IN_OFFICE), None)
        return {"years": running.years} if running and running.years else {}

    def act(self, form):
        terms.prepare(self.union, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The preparation is on record. File the election when it has taken place.")


class Elect(StepForm, FilingTerm):
    """The election with everybody who was elected; after a return it begins with what was filed."""

    page_title = gettext_lazy("File the election")
    template_name = "coverage/desk/elect.html"
    form_class = ElectionForm
    submit_label = gettext_lazy("File it and ask for approval")
    intro = gettext_lazy("The federation above reads it and approves it or returns it with words.")
    called = {"elected_on": "on"}
    field_of = {errors.HeadElsewhere.code: "also_because", errors.NoHead.code: "head", errors.NamedTwice.code: "head"}

    @property
    def _filed(self):
        return [seat for seat in self.term.everybody if seat.position != Position.CHAIR]

    def get_initial(self):
        head = next((seat for seat in self.term.everybody if seat.position == Position.CHAIR), None)
        named = {}
        if head:
            named = {"head": head.name, "union_post": head.union_post, "also_because": head.also_chair_because}
        term = self.term
        early = term.elected_on and term.ends_on != last_day(term.elected_on, term.years)
        return {"on": term.elected_on, "ends_on": term.ends_on if early else None, **named}

    @property
    def members(self):
        if not hasattr(self, "_members"):
            rows = [{"name": s.name, "position": s.position, "union_post": s.union_post} for s in self._filed]
            data = self.request.POST if self.request.method == "POST" else None
            self._members = MemberFormSet(data, prefix="members", initial=rows)
        return self._members

    def form_valid(self, form):
        if not self.members.is_valid():
            return self.form_invalid(form)
        return super().form_valid(form)

    def act(self, form):
        data = form.cleaned_data
        head = terms.Named(Position.CHAIR, data["head"], data["union_post"], data["also_because"])
        terms.file_election(
            self.term,
            on=data["on"],
            ends_on=data["ends_on"],
            seats=[head, *self.members.named()],
            by=self.request.user,
            now=clock.now(),
        )
        return _("The election is filed. The federation above decides on it.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(members=self.members, **kwargs)


class _Deciding(OfTerm):
    def allowed(self):
        return policies.may_decide(self.request.user, self.term)


class Approve(StepForm, _Deciding):
    page_title = submit_label = pgettext_lazy("term of office", "Approve")
    template_name = "coverage/desk/approve.html"
    form_class = ApproveForm
    intro = gettext_lazy("From that day on this term is in office, and the one before is over.")
    called = {"approved_on": "on"}

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        terms.approve(self.term, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Approved. The term is in office.")


class SendBack(StepForm, _Deciding):
    page_title = submit_label = gettext_lazy("Return with words")
    form_class = WhyForm
    danger = True
    intro = gettext_lazy("Name everything at once: the unit then corrects it in one go.")
    field_of = {errors.SaidNothing.code: "because"}

    def act(self, form):
        terms.send_back(self.term, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Returned. The unit reads your words on this page.")


class CallOff(StepForm, FilingTerm):
    page_title = submit_label = gettext_lazy("Call it off")
    form_class = WhyForm
    danger = True
    intro = gettext_lazy("The term that is in office stays. What was filed of this one stays in the history.")
    field_of = {errors.SaidNothing.code: "because"}

    def act(self, form):
        terms.call_off(self.term, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Called off.")


class Appoint(_Lengths, StepForm, Filing):
    page_title = gettext_lazy("Appoint a commissioner")
    form_class = AppointForm
    submit_label = gettext_lazy("Appoint")
    intro = gettext_lazy("Where women members are few a commissioner will do. She is in office at once.")
    called = {"elected_on": "on"}

    def act(self, form):
        terms.appoint(self.union, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The commissioner is on record.")
