"""One home's equipment on one screen: the standard line by line, what is there, what waits, and what to do next."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.errors import AlreadyDone, Refused
from services.foundation.verdict import Outcome
from services.home_equipment import errors, policies, wording
from services.home_equipment.actions import counting, moving, registering, transferring
from services.home_equipment.desk.pages import HomePage, desk_url
from services.home_equipment.enums import AssetState, Source, TakeState
from services.home_equipment.forms.assets import ChooseForm, TransferForm
from services.home_equipment.forms.deliveries import ItemFormSet, OrderOneForm
from services.home_equipment.models import StockTake
from services.home_equipment.queries.deliveries import deliveries_of
from services.home_equipment.queries.keeping import open_transfers_of
from services.home_equipment.queries.programmes import homes_of_city
from services.home_equipment.queries.register import assets_of, waiting_for_issue
from services.home_equipment.queries.standards import source_of, standard_of
from services.home_equipment.queries.tasks import tasks_of
from services.home_equipment.rules.standard import whole
from services.home_equipment.told import findings_of

MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "!", Outcome.UNKNOWN: "?", Outcome.NOTE: "·"}


class HomeEquipment(HomePage, TemplateView):
    template_name = "home_equipment/desk/home.html"

    def get_page_title(self):
        return self.home.host.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        user, home = self.request.user, self.home
        findings = findings_of([home], clock.today())[home.pk]
        standard = standard_of(home)
        lines = {line.code: line for line in standard.lines.all()} if standard else {}
        open_take = StockTake.objects.unscoped().filter(home=home).exclude(state=TakeState.APPROVED).first()
        complete = whole(findings)
        return super().get_context_data(
            said=[_said(one, lines.get(one.code.removeprefix("equipment_"))) for one in findings],
            complete=complete,
            complete_words=wording.explain(complete),
            standard=standard,
            source=source_of(standard) if standard else "",
            not_asked=[line for line in lines.values() if not line.applicable],
            assets=list(assets_of(home)),
            waiting=list(waiting_for_issue(home)),
            deliveries=list(deliveries_of(home)),
            tasks=list(tasks_of(home)),
            transfers=list(open_transfers_of(home)),
            take=open_take,
            may_keep=bool(policies.may_keep_home(user, home)),
            may_run=bool(policies.may_receive(user, home)),
            **kwargs,
        )


def _said(finding, line) -> dict:
    return {"mark": MARKS[finding.outcome], "finding": finding, "words": wording.explain(finding), "line": line}


class _Keeping(HomePage):
    def allowed(self):
        return policies.may_keep_home(self.request.user, self.home)


class Issue(StepForm, _Keeping):
    """What was delivered for this home and lies in the county's store; all of it is chosen to begin with."""

    page_title = gettext_lazy("Issue to the home")
    submit_label = pgettext_lazy("asset", "Issue it")
    form_class = ChooseForm
    intro = gettext_lazy(
        "It leaves the county's store and stays on the county's register. The home confirms its receipt."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"assets": waiting_for_issue(self.home)}

    def get_initial(self):
        return {"assets": [asset.pk for asset in waiting_for_issue(self.home)]}

    def act(self, form):
        chosen = list(form.cleaned_data["assets"])
        moved = moving.move(chosen, "issue", home=self.home, by=self.request.user, now=clock.now())
        return _("%(count)s issued. The home confirms their receipt.") % {"count": len(moved)}


class ConfirmReceipt(StepForm, HomePage):
    """The home confirms what the county has issued."""

    page_title = submit_label = gettext_lazy("Confirm the receipt of what was issued")
    form_class = ChooseForm
    intro = gettext_lazy("From then on it is in use here, and the school keeps it in order.")

    def allowed(self):
        return policies.may_receive(self.request.user, self.home)

    def _issued(self):
        return assets_of(self.home).filter(state=AssetState.ISSUED)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"assets": self._issued()}

    def get_initial(self):
        return {"assets": [asset.pk for asset in self._issued()]}

    def act(self, form):
        chosen = list(form.cleaned_data["assets"])
        moved = moving.move(chosen, "confirm", by=self.request.user, now=clock.now())
        return _("%(count)s confirmed.") % {"count": len(moved)}


class AskTransfer(StepForm, _Keeping):
    page_title = gettext_lazy("Transfer items to another home")
    submit_label = gettext_lazy("Ask both sides to confirm")
    form_class = TransferForm
    intro = gettext_lazy("The giving and the taking home confirm. Between counties the register changes hands with it.")

    def get_form_kwargs(self):
        choice = assets_of(self.home).filter(state=AssetState.IN_USE)
        return super().get_form_kwargs() | {"assets": choice, "homes": homes_of_city(self.home)}

    def act(self, form):
        data = form.cleaned_data
        transferring.ask_transfer(
            self.home,
            data["taker"],
            assets=list(data["assets"]),
            reason=data["reason"],
            by=self.request.user,
            now=clock.now(),
        )
        return _("Both homes are asked to confirm.")


class Gift(StepForm, _Keeping):
    """What was given to the home without a delivery of ours comes on the county's register."""

    page_title = gettext_lazy("Put a gift on the register")
    submit_label = gettext_lazy("Put it on the register")
    form_class = OrderOneForm
    template_name = "home_equipment/desk/items.html"
    intro = gettext_lazy("The county registers it first and then issues it to the home.")

    def get_initial(self):
        return {"source": Source.DONATION, "ordered_on": clock.today(), "name": _("Gift")}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for name in ("due_on", "document", "supplier"):
            del form.fields[name]
        form.fields["name"].label = _("Donor, or which county fund")
        form.fields["ordered_on"].label = pgettext_lazy("equipment", "Given on")
        return form

    @property
    def items(self):
        if not hasattr(self, "_items"):
            data = self.request.POST if self.request.method == "POST" else None
            self._items = ItemFormSet(data, prefix="items")
        return self._items

    def form_valid(self, form):
        return super().form_valid(form) if self.items.is_valid() else self.form_invalid(form)

    def field_for(self, refusal):
        return "ordered_on" if isinstance(refusal, errors.DayAhead) else None

    def act(self, form):
        data = form.cleaned_data
        things = [thing for one in self.items.kept() for thing in _things(one.cleaned_data, data)]
        made = registering.register_gift(self.home, things, reason=data["name"], by=self.request.user, now=clock.now())
        return _("%(count)s on the register, in the county's store.") % {"count": len(made)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(items=self.items, **kwargs)


def _things(item: dict, data: dict) -> list[registering.Thing]:
    pieces = [item["quantity"]] if item["by_lot"] else [1] * item["quantity"]
    return [
        registering.Thing(
            code=item["code"],
            name=item["name"],
            kind=item["kind"],
            category=item["category"],
            unit=item["unit"],
            quantity=quantity,
            source=data["source"],
            acquired_on=data["ordered_on"],
            value=item["price"] * quantity if item["price"] is not None else None,
        )
        for quantity in pieces
    ]


class BeginCount(HomePage, View):
    http_method_names = ["post"]

    def allowed(self):
        return policies.may_receive(self.request.user, self.home)

    def post(self, request, code):
        try:
            take = counting.begin(self.home, by=request.user, now=clock.now())
        except AlreadyDone as done:
            messages.info(request, done.message(staff=True))
            running = StockTake.objects.unscoped().filter(home=self.home).exclude(state=TakeState.APPROVED).first()
            return redirect(desk_url("take", running.token) if running else self.get_success_url())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return redirect(self.get_success_url())
        return redirect(desk_url("take", take.token))
