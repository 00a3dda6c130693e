"""The bank's file goes out, its answer comes in, open lines are settled."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file
from services.payments import actions, errors, policies
from services.payments.actions.files import kept_for, result_is_kept
from services.payments.desk.pages import ActionForm, BatchPage, Confirm, PreparerOf, desk_url
from services.payments.enums import RowFate
from services.payments.forms.money import ResultForm, SettleForm
from services.payments.models import BatchLine, ResultFile

MOST_SHOWN = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BatchWrite(Confirm, PreparerOf):
    page_title = submit_label = gettext_lazy("Write the file for the bank")
    intro = gettext_lazy(
        "The file is written once, from what was approved, and read back before it is kept. From then on its lines "
        "count as being at the bank."
    )

    def act(self, form):
        actions.write_file(self.batch, by=self.request.user, now=clock.now())
        return _("The file is written. Download it and give it to the bank.")


class BatchFile(PreparerOf, View):
    """Hands the file out on a press of a button, never on a link: each time is written down for every woman in it."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_take_file(self.request.user, self.batch)

    def post(self, request, token):
        return self.hand_out(lambda: actions.take_file(self.batch, by=request.user, now=clock.now()), self.batch.number)

    def hand_out(self, take, name: str):
        try:
            stream = take()
        except Refused as refusal:
            messages.error(self.request, refusal.message(staff=True))
            return redirect(self.get_success_url())
        return sealed_file(stream, name=f"{name}.xlsx", content_type=XLSX)


class BatchSent(Confirm, PreparerOf):
    page_title = submit_label = gettext_lazy("The bank has the file")
    intro = gettext_lazy("Say so once the bank has taken the file; then its answer can be read in.")

    def act(self, form):
        actions.mark_sent(self.batch, by=self.request.user, now=clock.now())
        return _("Noted. Read the bank's answer in when it comes.")


class BatchResult(ActionForm, PreparerOf):
    page_title = gettext_lazy("Read the bank's answer")
    submit_label = gettext_lazy("Read the answer in")
    form_class = ResultForm
    intro = gettext_lazy("The same file twice, or an old one, changes nothing. You see what became of each row.")

    def act(self, form):
        upload = form.cleaned_data["file"]
        self.read = actions.read_results(
            self.batch, upload=upload.file, name=upload.name, by=self.request.user, now=clock.now()
        )
        words = ngettext(
            "%(rows)s row was read, %(applied)s changed something.",
            "%(rows)s rows were read, %(applied)s changed something.",
            self.read.rows,
        )
        return words % {"rows": self.read.rows, "applied": self.read.applied}

    def field_for(self, refusal):
        return None if isinstance(refusal, errors.WrongState) else "file"

    def get_success_url(self):
        if hasattr(self, "read"):
            return desk_url("result", self.batch.token, self.read.token)
        return super().get_success_url()


class OneResult:
    """The answer of the URL, among those of its batch."""

    @cached_property
    def result(self) -> ResultFile:
        rows = ResultFile.objects.filter(batch=self.batch).select_related("uploaded_by", "batch__organization")
        return get_object_or_404(rows, token=self.kwargs["result"])


class ResultFileOut(OneResult, BatchFile):
    """Hands out what the bank sent, as it came; written down as the file for the bank is."""

    def post(self, request, token, result):
        name = f"{self.batch.number}-{localtime(self.result.uploaded_at):%Y%m%d-%H%M}"
        return self.hand_out(lambda: actions.take_result(self.result, by=request.user, now=clock.now()), name)

    def get_success_url(self):
        return desk_url("result", self.batch.token, self.result.token)


class ResultPage(OneResult, BatchPage, TemplateView):
    """What became of each row of one file: what it settled, and the rows that changed nothing, with why."""

    template_name = "payments/desk/result.html"
    page_title = gettext_lazy("The bank's answer")

    def get_context_data(self, **kwargs):
        lines = BatchLine.objects.filter(result_file=self.result).select_related("payable__worker").order_by("state")
        without = [one | {"words": RowFate(one["fate"]).label} for one in self.result.outcome]
        worrying = [one for one in without if one["fate"] != RowFate.ALREADY]
        shown = {
            "result": self.result,
            "lines": lines[:MOST_SHOWN],
            "without": without[:MOST_SHOWN],
            "more": max(0, len(without) - MOST_SHOWN),
            "worrying": len(worrying),
            "file_until": self.file_until(),
        }
        return super().get_context_data(**kwargs | shown)

    def file_until(self):
        """When the file is deleted; None when it is gone, or isn't hers to take."""
        if not policies.may_take_file(self.request.user, self.batch) or not result_is_kept(
            self.result, now=clock.now()
        ):
            return None
        return self.result.uploaded_at + kept_for()


class LineSettle(ActionForm, BatchPage):
    page_title = gettext_lazy("Settle an unknown line")
    submit_label = gettext_lazy("Settle the line")
    form_class = SettleForm
    danger = True
    field_of = {errors.ReasonMissing.code: "reason"}

    def allowed(self):
        return policies.may_settle(self.request.user, self.batch)

    @cached_property
    def line(self) -> BatchLine:
        rows = BatchLine.objects.filter(batch=self.batch).select_related("payable__worker", "batch")
        return get_object_or_404(rows, pk=self.kwargs["line"])

    @property
    def intro(self):
        words = {"name": self.line.payable.worker.name, "reference": self.line.reference, "yuan": self.line.amount}
        return (
            _(
                "%(name)s, %(yuan)s yuan, reference %(reference)s. Ask the bank before you answer: if it was paid "
                "after all, trying again would pay it twice."
            )
            % words
        )

    def act(self, form):
        data = form.cleaned_data
        paid = data["became"] == "paid"
        actions.settle_unknown(self.line, paid=paid, reason=data["reason"], by=self.request.user, now=clock.now())
        return _("The line is settled.")


class BatchClose(Confirm, PreparerOf):
    page_title = submit_label = gettext_lazy("Nothing more will come")
    danger = True
    intro = gettext_lazy(
        "Lines the bank said nothing about become unknown: each has to be settled by a second person before it can be "
        "tried again."
    )

    def act(self, form):
        actions.close(self.batch, by=self.request.user, now=clock.now())
        return _("The batch is closed.")
