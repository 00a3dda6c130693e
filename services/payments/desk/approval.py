"""The approval screen: who gets how much, and three figures that have to be the same wherever they stand."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation import clock
from services.payments import actions, errors, policies, queries
from services.payments.desk.pages import ActionForm, BatchPage, desk_url
from services.payments.enums import BatchState, LineState
from services.payments.forms.money import ApproveForm, ReasonForm
from services.payments.queries.agreement import agreement_of, file_agrees
from services.payments.workbooks import sums_in_file

PAGE = 50


class BatchApprove(ActionForm, BatchPage):
    """Everybody who sees the batch may look; the form is for whoever may approve it."""

    template_name = "payments/desk/approve.html"
    page_title = gettext_lazy("Approval")
    submit_label = gettext_lazy("Approve")
    form_class = ApproveForm

    def allowed(self):
        if self.request.method == "POST":
            return policies.may_approve(self.request.user, self.batch)
        return super().allowed()

    def get_initial(self):
        return self.shown()

    def shown(self) -> dict:
        """Which handing-in the page shows."""
        at = self.batch.frozen_at
        return {"seen": self.batch.digest, "handed_in": at.isoformat() if at else ""}

    def act(self, form):
        data = form.cleaned_data
        seen, handed_in = data["seen"], data["handed_in"]
        actions.approve(self.batch, seen=seen, handed_in=handed_in, by=self.request.user, now=clock.now())
        return _("The batch is approved. The finance office can write the file for the bank.")

    def form_invalid(self, form):
        """What she approves must be what she now sees."""
        del self.batch
        form.data = form.data.copy()
        form.data.update(self.shown())
        return super().form_invalid(form)

    @cached_property
    def agreement(self):
        return agreement_of(self.batch)

    def get_context_data(self, **kwargs):
        batch = self.batch
        lines = queries.lines_of(batch).exclude(state=LineState.TAKEN_OUT)
        gone = self.agreement.gone
        return super().get_context_data(
            agreement=self.agreement,
            file_agrees=file_agrees(batch, gone, sums_in_file) if gone else None,
            waits=batch.state == BatchState.FROZEN,
            verdict=policies.may_approve(self.request.user, batch),
            shared=queries.shared_accounts(batch),
            page=Paginator(lines, PAGE).get_page(self.request.GET.get("page")),
            reject_url=desk_url("batch_reject", batch.token),
            **kwargs,
        )


class BatchReject(ActionForm, BatchPage):
    page_title = submit_label = gettext_lazy("Send it back")
    form_class = ReasonForm
    danger = True
    field_of = {errors.ReasonMissing.code: "reason"}
    intro = gettext_lazy("Whoever prepared it reads your reason and can change the batch.")

    def allowed(self):
        return policies.may_approve(self.request.user, self.batch)

    def act(self, form):
        actions.reject(self.batch, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The batch was sent back.")
