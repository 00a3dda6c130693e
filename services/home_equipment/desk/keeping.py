"""Stock-takings, transfers and repair tasks: one of each on one screen, with its next steps."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, NotKept, TooManyUploads
from services.foundation import clock
from services.foundation.desk import Confirm, StepForm
from services.foundation.errors import Refused
from services.home_equipment import errors, policies
from services.home_equipment.actions import counting, photos, tasks, transferring
from services.home_equipment.desk.pages import EquipmentPage, desk_url
from services.home_equipment.enums import TRANSFER_OPEN, PhotoKind, TakeState, TaskState, TransferState
from services.home_equipment.forms.assets import AnswerForm, CountForm, read_seen
from services.home_equipment.forms.deliveries import WhyForm
from services.home_equipment.models import AssetTransfer, RepairTask, StockTake
from services.home_equipment.queries.keeping import photos_for, takes_for, transfers_for
from services.home_equipment.queries.tasks import tasks_for

_MOST_BYTES = 200_000


class _TakePage(EquipmentPage):
    @cached_property
    def take(self) -> StockTake:
        return get_object_or_404(takes_for(self.request.user), token=self.kwargs["token"])

    def found(self):
        return self.take

    @cached_property
    def lines(self):
        return list(self.take.lines.select_related("asset__home__host"))

    def trail(self):
        return [
            *self.breadcrumbs_items,
            {"url": desk_url("takes"), "label": _("Stock-takings")},
            {"url": desk_url("take", self.take.token), "label": self.take.home.host.name},
        ]

    def get_page_subtitle(self):
        return self.take.home.host.name

    def get_success_url(self):
        return desk_url("take", self.take.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(take=self.take, **kwargs)


class Take(StepForm, _TakePage):
    """Counted on a phone: by scanning labels, or by typing. What was counted stays in the browser until it was sent."""

    template_name = "home_equipment/desk/take.html"
    form_class = CountForm
    page_title = gettext_lazy("Take stock")

    def allowed(self):
        if self.request.method == "POST":
            return policies.may_receive(self.request.user, self.take.home)
        return super().allowed()

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"lines": self.lines}

    def act(self, form):
        user, now = self.request.user, clock.now()
        counting.count(self.take, form.seen(now), by=user, now=now)
        if "hand_in" not in self.request.POST:
            return _("Saved. Hand it in when everything is counted.")
        counting.hand_in(self.take, reasons=form.reasons(), by=user, now=now)
        return _("Handed in. An officer of the county approves it.")

    def field_for(self, refusal):
        """Beside each line that lacks its reason; the sentence itself above them all."""
        if isinstance(refusal, errors.DifferencesNeedReasons):
            form = self._form
            for key in refusal.lines:
                form.add_error(f"reason_{key}", _("Say why it differs."))
        return

    def get_form(self, form_class=None):
        self._form = super().get_form(form_class)
        return self._form

    def get_context_data(self, **kwargs):
        user, take = self.request.user, self.take
        state = take.state
        return super().get_context_data(
            result=counting.result_of(self.lines),
            counting=state == TakeState.COUNTING and bool(policies.may_receive(user, take.home)),
            may_approve=state == TakeState.COUNTED and bool(policies.may_approve_take(user, take)),
            waits=state == TakeState.COUNTED,
            elsewhere=[line for line in self.lines if line.book == 0],
            **kwargs,
        )


class Seen(_TakePage, View):
    """What a phone sends by script once it has a network; as often as it likes."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_receive(self.request.user, self.take.home)

    def post(self, request, token):
        try:
            if len(request.body) > _MOST_BYTES:
                raise ValueError("seen")
            seen = read_seen(request.body)
        except ValueError:
            return JsonResponse({"error": _("This can't be read.")}, status=400)
        try:
            unknown = counting.count(self.take, seen, by=request.user, now=clock.now())
        except Refused as refusal:
            return JsonResponse({"error": refusal.message(staff=True)}, status=409)
        lines = self.take.lines.select_related("asset")
        counted = {line.asset.number: line.actual for line in lines if line.actual is not None}
        said = _("%(count)s of %(all)s counted and saved.") % {"count": len(counted), "all": len(lines)}
        return JsonResponse({"saved": said, "counted": counted, "unknown": unknown})


class _Approving(_TakePage):
    def allowed(self):
        return policies.may_approve_take(self.request.user, self.take)


class ApproveTake(Confirm, _Approving):
    page_title = submit_label = gettext_lazy("Approve the count")
    intro = gettext_lazy(
        "The books follow the count: what wasn't there is noted as missing, a lot has as many as were counted."
    )

    def act(self, form):
        counting.approve(self.take, by=self.request.user, now=clock.now())
        return _("Approved. The register follows the count.")


class ReturnTake(StepForm, _Approving):
    page_title = submit_label = gettext_lazy("Have it counted again")
    form_class = WhyForm
    danger = True

    def act(self, form):
        counting.send_back(self.take, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Returned. The home counts again.")


class _TransferPage(EquipmentPage):
    @cached_property
    def transfer(self) -> AssetTransfer:
        return get_object_or_404(transfers_for(self.request.user), token=self.kwargs["token"])

    def found(self):
        return self.transfer

    def trail(self):
        own = {"url": desk_url("transfer", self.transfer.token), "label": self.transfer.taker.host.name}
        return [*self.breadcrumbs_items, {"url": desk_url("transfers"), "label": _("Transfers of assets")}, own]

    def get_success_url(self):
        return desk_url("transfer", self.transfer.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(transfer=self.transfer, **kwargs)


class Transfer(_TransferPage, TemplateView):
    template_name = "home_equipment/desk/transfer.html"
    page_title = gettext_lazy("Transfer of assets")

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        user, one = self.request.user, self.transfer
        steps = []
        if one.state == TransferState.ASKED and policies.may_receive(user, one.giver):
            steps.append({"url": desk_url("hand_over", one.token), "label": HandOver.page_title})
        taking = one.state == TransferState.HANDED_OVER and one.given_by_id != user.pk
        if taking and policies.may_receive(user, one.taker):
            steps.append({"url": desk_url("take_over", one.token), "label": TakeOver.page_title})
        if one.state in TRANSFER_OPEN and _may_call_off(user, one):
            steps.append({"url": desk_url("call_off", one.token), "label": CallOff.page_title})
        assets = [line.asset for line in one.lines.select_related("asset")]
        return super().get_context_data(steps=steps, assets=assets, **kwargs)


def _may_call_off(user, transfer):
    return policies.may_keep_home(user, transfer.giver) or policies.may_keep_home(user, transfer.taker)


class HandOver(Confirm, _TransferPage):
    page_title = submit_label = gettext_lazy("Handed over by our side")
    intro = gettext_lazy("The other home confirms that it has them.")

    def allowed(self):
        return policies.may_receive(self.request.user, self.transfer.giver)

    def act(self, form):
        transferring.hand_over(self.transfer, by=self.request.user, now=clock.now())
        return _("Noted. The other home confirms next.")


class TakeOver(Confirm, _TransferPage):
    page_title = submit_label = gettext_lazy("Received by our side")
    intro = gettext_lazy("From now on the items stand on the register of your home.")

    def allowed(self):
        return policies.may_receive(self.request.user, self.transfer.taker)

    def act(self, form):
        transferring.take_over(self.transfer, by=self.request.user, now=clock.now())
        return _("The items are on the register of your home.")


class CallOff(StepForm, _TransferPage):
    page_title = submit_label = gettext_lazy("Call the transfer off")
    form_class = WhyForm
    danger = True
    intro = gettext_lazy("Everything stays where it is.")

    def allowed(self):
        return _may_call_off(self.request.user, self.transfer)

    def act(self, form):
        transferring.call_off(self.transfer, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Called off.")


class Task(StepForm, EquipmentPage):
    """What inspectors found; the home or the county says what was done, with a photo where it helps."""

    template_name = "home_equipment/desk/task.html"
    form_class = AnswerForm
    submit_label = gettext_lazy("Hand in as done")
    page_title = gettext_lazy("Repair task")

    @cached_property
    def task(self) -> RepairTask:
        return get_object_or_404(tasks_for(self.request.user), pk=self.kwargs["pk"])

    def found(self):
        return self.task

    def allowed(self):
        if self.request.method == "POST":
            return policies.may_receive(self.request.user, self.task.home)
        return super().allowed()

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("tasks"), "label": _("Repair tasks")}]

    def get_success_url(self):
        return desk_url("task", self.task.pk)

    def get_initial(self):
        return {"words": self.task.answer}

    def act(self, form):
        user, now = self.request.user, clock.now()
        tasks.answer(self.task, words=form.cleaned_data["words"], by=user, now=now)
        upload = form.cleaned_data["photo"]
        if upload is not None:
            try:
                kept = {"kind": PhotoKind.EVIDENCE, "upload": upload.file, "name": upload.name}
                photos.add_photo(self.task, by=user, now=now, **kept)
            except (DocumentRefused, NotKept, TooManyUploads, errors.NoPhoto, errors.TooManyPhotos) as refusal:
                words = _("Your words are on record, the photo isn't: %(why)s")
                messages.warning(self.request, words % {"why": refusal.message(staff=True)})
        return _("Handed in. It stays open until the inspectors accept the evidence.")

    def get_context_data(self, **kwargs):
        user, task = self.request.user, self.task
        may_answer = task.state != TaskState.CLOSED and bool(policies.may_receive(user, task.home))
        found = [(one, one.scan == ScanState.CLEAN) for one in photos_for(user).filter(task=task)]
        return super().get_context_data(task=task, may_answer=may_answer, photos=found, **kwargs)
