"""Seats that change hands, what the union says of itself, corrections, papers."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, TooManyUploads
from services.coverage import errors, policies
from services.coverage.actions import correcting, papers, seats
from services.coverage.desk.pages import Filing, FilingTerm, OfSeat, OfTerm, StepForm, UnionPage
from services.coverage.enums import Form, Position
from services.coverage.forms.steps import CorrectForm, LeaveForm, PaperForm, SeatForm, UnionForm
from services.coverage.models import Paper, WomenCommittee
from services.coverage.queries.papers import papers_for
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file
from services.foundation.stored import opened_or_404

_OF_SEATS = {
    errors.HeadElsewhere.code: "also_because",
    errors.NamedTwice.code: "name",
    errors.HeadThere.code: "position",
}


class Fill(StepForm, FilingTerm):
    page_title = gettext_lazy("Add a member")
    form_class = SeatForm
    submit_label = gettext_lazy("Add")
    field_of = _OF_SEATS

    def get_form_kwargs(self):
        headed = any(s.position == Position.CHAIR and s.until_on is None for s in self.term.everybody)
        positions = [Position.MEMBER, Position.DEPUTY, *([] if headed else [Position.CHAIR])]
        if self.term.form == Form.COMMISSIONER:
            positions = [Position.COMMISSIONER]
        return super().get_form_kwargs() | {"positions": positions}

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        seats.fill(self.term, one=form.named, on=form.cleaned_data["on"], by=self.request.user, now=clock.now())
        return _("The seat is on record.")


class Replace(StepForm, OfSeat):
    page_title = gettext_lazy("Fill the vacant seat")
    form_class = SeatForm
    submit_label = gettext_lazy("Fill the seat")
    field_of = _OF_SEATS

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"positions": [self.seat.position]}

    def get_initial(self):
        return {"on": clock.today()}

    @property
    def intro(self):
        words = _("%(post)s, vacant since %(name)s left on %(day)s.")
        seat = self.seat
        return words % {"post": seat.get_position_display(), "name": seat.name, "day": f"{seat.until_on:%Y-%m-%d}"}

    def allowed(self):
        if self.seat.until_on is None:
            raise Http404
        return super().allowed()

    def act(self, form):
        seats.fill(
            self.term,
            one=form.named,
            on=form.cleaned_data["on"],
            by=self.request.user,
            now=clock.now(),
            replaces=self.seat,
        )
        return _("The seat is filled.")


class Leave(StepForm, OfSeat):
    page_title = gettext_lazy("She leaves her seat")
    form_class = LeaveForm
    submit_label = gettext_lazy("Note it")
    danger = True

    @property
    def intro(self):
        return f"{self.seat.get_position_display()} · {self.seat.name}"

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        seats.leave(self.seat, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The seat is vacant. Fill it soon.")


class StateUnion(StepForm, Filing):
    page_title = gettext_lazy("The union's own dates")
    form_class = UnionForm
    intro = gettext_lazy(
        "With these the organisation's own dates are compared. What is left empty is taken to be the day on which the "
        "union was established."
    )

    def get_form_kwargs(self):
        record = self.committee or WomenCommittee(organization=self.union)
        return super().get_form_kwargs() | {"instance": record}

    def act(self, form):
        correcting.state_union(self.union, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Saved.")


class Correct(StepForm, OfTerm):
    page_title = gettext_lazy("Correct the record")
    form_class = CorrectForm
    submit_label = gettext_lazy("Correct it")
    intro = gettext_lazy("What stood there before stays in the history, with your reason.")
    field_of = {errors.SaidNothing.code: "reason"}

    def allowed(self):
        return policies.may_correct(self.request.user, self.term.committee.organization)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"term": self.term}

    def act(self, form):
        correcting.correct_term(self.term, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The record is corrected.")


class PaperAdd(StepForm, Filing):
    page_title = gettext_lazy("Add a paper")
    submit_label = gettext_lazy("Upload")
    form_class = PaperForm
    intro = gettext_lazy("Request for approval, record of the election, approval, minutes, plans and rules.")

    def act(self, form):
        upload = form.cleaned_data["file"]
        newest = self.terms[0] if self.terms else None
        papers.add_paper(
            self.union,
            kind=form.cleaned_data["kind"],
            upload=upload.file,
            name=upload.name,
            term=newest,
            by=self.request.user,
            now=clock.now(),
        )
        return _("The paper is here.")

    def field_for(self, refusal):
        return "file" if isinstance(refusal, DocumentRefused | TooManyUploads | errors.PaperRefused) else None


class _OnePaper:
    def paper(self) -> Paper:
        return get_object_or_404(papers_for(self.request.user, self.union), token=self.kwargs["paper"])


class PaperOpen(_OnePaper, UnionPage, View):
    """A file that isn't known to be clean is shown to nobody."""

    http_method_names = ["get", "head"]

    def get(self, request, code, paper):
        found = self.paper()
        if found.scan != ScanState.CLEAN or not found.file:
            raise Http404
        stream = opened_or_404(found.file)
        name = f"{found.kind}-{found.token[:6]}.{found.extension}"
        return sealed_file(stream, name=name, content_type=found.content_type)


class PaperRemove(_OnePaper, Filing, View):
    http_method_names = ["post"]

    def post(self, request, code, paper):
        try:
            papers.remove_paper(self.paper(), by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("The paper was taken back."))
        return redirect(self.get_success_url())
