"""One payable: where it stands and what may be done with it; her account, masked, shown once for a reason."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.foundation.errors import Refused
from services.payments import actions, errors, policies
from services.payments.desk.pages import ActionForm, PayablePage, desk_url
from services.payments.enums import PayableState
from services.payments.forms.accounts import FIELD_OF, AccountForm, LookForm
from services.payments.forms.money import ReasonForm
from services.payments.registry import watchers
from services.payments.rules.accounts import same_person

_CANCELLABLE = (PayableState.WAITING, PayableState.BATCHED, PayableState.FAILED)


class PayableView(PayablePage, TemplateView):
    """Masked; a POST with a reason answers with the account in clear, on this answer alone."""

    template_name = "payments/desk/payable.html"

    def get_page_title(self):
        return self.payable.worker.name

    def get_breadcrumbs_items(self):
        return self.trail()

    @cached_property
    def header_buttons(self):
        payable, user = self.payable, self.request.user
        if payable.state not in _CANCELLABLE or not policies.may_correct(user, payable):
            return []
        words = _("Correct the account") if payable.account_id else _("Enter the account")
        return [HeaderButton(words, url=desk_url("payable_account", payable.token), icon_name="edit")]

    @cached_property
    def header_more_buttons(self):
        payable, user = self.payable, self.request.user
        buttons = []
        if payable.state == PayableState.FAILED and policies.may_prepare(user, payable.organization):
            url = desk_url("payable_retry", payable.token)
            buttons.append(Button(_("Try again as it is"), url=url, icon_name="rotate"))
        if policies.may_cancel(user, payable):
            if payable.state in _CANCELLABLE:
                url = desk_url("payable_cancel", payable.token)
                buttons.append(Button(_("Cancel the payment"), url=url, icon_name="cross"))
            if payable.state == PayableState.PAID:
                url = desk_url("payable_refund", payable.token)
                buttons.append(Button(_("It was paid back"), url=url, icon_name="undo"))
        return buttons

    def post(self, request, *args, **kwargs):
        policies.may_reveal(request.user, self.payable).insist()
        form, shown = LookForm(request.POST), None
        if form.is_valid():
            try:
                shown = actions.reveal_account(self.payable, by=request.user, reason=form.reason())
            except Refused as refusal:
                form.add_error("canned", refusal.message(staff=True))
            else:
                form = LookForm()
        return self.render_to_response(self.get_context_data(look_form=form, shown=shown))

    def get_context_data(self, **kwargs):
        payable = self.payable
        watcher = watchers.get(payable.service)
        kwargs.setdefault("look_form", LookForm())
        account = payable.account
        return super().get_context_data(
            account=account,
            other_holder=bool(account) and not same_person(account.holder, payable.worker.name),
            may_reveal=bool(account) and bool(policies.may_reveal(self.request.user, payable)),
            lines=payable.lines.select_related("batch").order_by("-pk"),
            moves=payable.ledger.select_related("by").order_by("pk"),
            case_url=watcher.desk_address(payable) if watcher else "",
            history=log_registry.get_logs_for_instance(payable).select_related("user")[:20],
            **kwargs,
        )


class PayableAccount(ActionForm, PayablePage):
    """The new account takes the place of the old one for all that the bank hasn't been told of."""

    page_title = gettext_lazy("Her account")
    submit_label = gettext_lazy("Save the account")
    form_class = AccountForm
    field_of = FIELD_OF
    intro = gettext_lazy(
        "Everything that waits for her goes to this account; what the bank returned waits again. In a batch that is "
        "approved already, her line alone falls out."
    )

    def allowed(self):
        return policies.may_correct(self.request.user, self.payable)

    def act(self, form):
        actions.correct_account(self.payable, by=self.request.user, now=clock.now(), **form.given())
        return _("The account is noted.")


class _WithReason(ActionForm, PayablePage):
    form_class = ReasonForm
    field_of = {errors.ReasonMissing.code: "reason"}


class PayableRetry(_WithReason):
    page_title = submit_label = gettext_lazy("Try again as it is")
    intro = gettext_lazy("For a payment that the bank returned although the account is right.")

    def allowed(self):
        return policies.may_prepare(self.request.user, self.payable.organization)

    def act(self, form):
        actions.retry(self.payable, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("It waits for a batch again.")


class PayableCancel(_WithReason):
    page_title = submit_label = gettext_lazy("Cancel the payment")
    danger = True
    intro = gettext_lazy("It won't be paid. The promise in the fund is taken back by a line of its own.")

    def allowed(self):
        return policies.may_cancel(self.request.user, self.payable)

    def act(self, form):
        actions.cancel_payable(self.payable, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The payment is cancelled.")


class PayableRefund(_WithReason):
    page_title = submit_label = gettext_lazy("It was paid back")
    danger = True
    intro = gettext_lazy("The money came back after it was paid: it stands in the fund again.")

    def allowed(self):
        return policies.may_cancel(self.request.user, self.payable)

    def act(self, form):
        actions.record_refund(self.payable, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The sum stands in the fund again.")
