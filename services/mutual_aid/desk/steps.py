"""What the unit says of its batch, its papers, handing it in; and what the federation decides."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file
from services.foundation.stored import opened_or_404
from services.mutual_aid import errors, wording
from services.mutual_aid.actions import batch_decisions, batch_papers, enrolling
from services.mutual_aid.desk.joining_pages import ActionForm, BatchPage, Confirm, DeciderOf, PreparerOf
from services.mutual_aid.forms.joining import DropForm, HandInForm, HeadcountForm, PaperForm, PaymentForm, WhyForm
from services.mutual_aid.models import BatchPaper
from services.mutual_aid.queries import joining


class Headcount(ActionForm, PreparerOf):
    page_title = gettext_lazy("Headcount")
    form_class = HeadcountForm
    intro = gettext_lazy("The group's share is taken of this number, which stands beside it on every page.")
    field_of = {errors.HeadcountImpossible.code: "women", errors.DateAhead.code: "on"}

    def get_initial(self):
        batch = self.batch
        return {
            "women": batch.headcount_women,
            "staff": batch.headcount_staff,
            "on": batch.headcount_on or clock.today(),
            "stated": batch.headcount_stated,
        }

    def act(self, form):
        enrolling.state_headcount(self.batch, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The headcount is noted.")


class Payment(ActionForm, PreparerOf):
    page_title = gettext_lazy("Payment")
    form_class = PaymentForm
    field_of = {
        errors.DateAhead.code: "paid_on",
        errors.FirstDayTooEarly.code: "unified_from",
        errors.SplitDiffers.code: "upper",
    }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"batch": self.batch}

    def get_initial(self):
        batch = self.batch
        return {
            "paid_on": batch.paid_on,
            "unified_from": batch.unified_from,
            "upper": batch.unit_upper,
            "unit": batch.unit_unit,
            "herself": batch.unit_herself,
        }

    def act(self, form):
        data = form.cleaned_data
        enrolling.state_payment(
            self.batch,
            paid_on=data["paid_on"],
            unified_from=data.get("unified_from"),
            split=form.split,
            by=self.request.user,
            now=clock.now(),
        )
        return _("The payment is noted.")


class PaperAdd(ActionForm, PreparerOf):
    page_title = gettext_lazy("Add a paper")
    submit_label = gettext_lazy("Upload")
    form_class = PaperForm
    intro = gettext_lazy("Headcount report, bank slip, stamped roster, or the sheet of newly hired women.")

    def get_initial(self):
        return {"kind": self.request.GET.get("kind", "")}

    def act(self, form):
        upload = form.cleaned_data["file"]
        batch_papers.add_paper(
            self.batch,
            kind=form.cleaned_data["kind"],
            upload=upload.file,
            name=upload.name,
            by=self.request.user,
            now=clock.now(),
        )
        return _("The paper is here.")

    def field_for(self, refusal):
        return "file" if isinstance(refusal, DocumentRefused) else None


class OnePaper:
    def paper(self) -> BatchPaper:
        papers = joining.papers_of(self.batch).select_related("batch__organization")
        return get_object_or_404(papers, token=self.kwargs["paper"])


class PaperOpen(OnePaper, BatchPage, View):
    """A file that isn't known to be clean is shown to nobody."""

    http_method_names = ["get", "head"]

    def get(self, request, token, paper):
        found = self.paper()
        if found.scan != ScanState.CLEAN or not found.file:
            raise Http404
        name = f"{self.batch.number}-{found.kind}.{found.extension}"
        return sealed_file(opened_or_404(found.file), name=name, content_type=found.content_type)


class PaperRemove(OnePaper, PreparerOf, View):
    http_method_names = ["post"]

    def post(self, request, token, paper):
        try:
            batch_papers.remove_paper(self.paper(), by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("The paper was taken back."))
        return redirect(self.get_success_url())


class HandIn(ActionForm, PreparerOf):
    template_name = "mutual_aid/desk/hand_in.html"
    page_title = submit_label = gettext_lazy("Hand the batch in")
    form_class = HandInForm
    intro = gettext_lazy("The federation looks at it. Once the cover has begun nothing is paid back.")
    lacks = ()

    def act(self, form):
        try:
            batch_decisions.hand_in(
                self.batch, healthy=form.cleaned_data["healthy"], by=self.request.user, now=clock.now()
            )
        except errors.NotReadyToHandIn as refusal:
            self.lacks = [wording.explain(one) for one in refusal.reasons]
            raise
        return _("The batch is handed in. A second person at the federation decides.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(lacks=self.lacks, **kwargs)


class Drop(ActionForm, PreparerOf):
    page_title = submit_label = gettext_lazy("Give the batch up")
    form_class = DropForm
    danger = True
    intro = gettext_lazy("Nobody of it is covered. This can be done only before the first day of the cover.")
    field_of = {errors.ReasonNeeded.code: "reason"}

    def act(self, form):
        batch_decisions.drop_batch(self.batch, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The batch was given up.")


class Approve(Confirm, DeciderOf):
    """From the page of the batch; what she approves must be what she saw."""

    page_title = submit_label = gettext_lazy("Confirm the batch")
    intro = gettext_lazy("Every line that joins is covered, with a certificate, from its own first day on.")
    template_name = "mutual_aid/desk/approve.html"

    def act(self, form):
        seen = self.request.POST.get("seen", "")
        batch_decisions.approve_batch(
            self.batch,
            by=self.request.user,
            now=clock.now(),
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        )
        return _("The batch is confirmed; the certificates are ready.")


class Return(ActionForm, DeciderOf):
    page_title = submit_label = gettext_lazy("Return the batch")
    form_class = WhyForm
    danger = True
    intro = gettext_lazy("Name everything at once: the unit then corrects it in one go.")
    field_of = {errors.ReasonNeeded.code: "reason"}

    def get_initial(self):
        return {"seen": self.batch.version}

    def act(self, form):
        data = form.cleaned_data
        batch_decisions.return_batch(
            self.batch, reason=data["reason"], seen=data["seen"], by=self.request.user, now=clock.now()
        )
        return _("The batch was returned.")
