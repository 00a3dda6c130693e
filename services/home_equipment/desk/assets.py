"""One item on one screen, where its label's QR code leads, and its steps."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView, View

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, TooManyUploads
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.sealed_files import sealed_file
from services.foundation.stored import opened_or_404
from services.home_equipment import errors, policies, wording, workflow
from services.home_equipment.actions import mending, moving, photos
from services.home_equipment.desk.pages import AssetPage, EquipmentPage, desk_url
from services.home_equipment.enums import AssetState, PhotoKind
from services.home_equipment.forms import assets as forms
from services.home_equipment.forms.deliveries import PhotoForm
from services.home_equipment.queries.keeping import open_request, photos_for
from services.home_equipment.queries.programmes import homes_of_county
from services.home_equipment.queries.register import history_of

# The page on which each verb is done; those that share one differ by its form.
PAGE_OF = {
    "issue": "issue_one",
    "send_to_repair": "repair",
    "bring_back": "back",
    "ask_scrap": "step",
    "dispose": "decide",
    "refuse_scrap": "decide",
}


class Asset(AssetPage, TemplateView):
    template_name = "home_equipment/desk/asset.html"

    def get_page_title(self):
        return self.asset.label

    def get_page_subtitle(self):
        return self.asset.number

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        user, asset = self.request.user, self.asset
        request = open_request(asset) if asset.state == AssetState.SCRAP_REQUESTED else None
        kept = asset.state != AssetState.DISPOSED
        return super().get_context_data(
            next_steps=next_steps(user, asset, request),
            scrapping=request,
            asked_herself=bool(request and request.asked_by_id == user.pk),
            history=[(one, wording.past(one.verb)) for one in history_of(asset)],
            repairs=list(asset.repairs.all()),
            photos=[(one, one.scan == ScanState.CLEAN) for one in photos_for(user).filter(asset=asset)],
            may_note=kept and bool(policies.may_move(user, asset, workflow.HOME)),
            may_correct=kept and bool(policies.may_keep_register(user, asset.custodian)),
            **kwargs,
        )


def next_steps(user, asset, request) -> list[dict]:
    """The only steps that this person may take with it now; deciding is one page for both answers."""
    found = {}
    for edge in workflow.verbs_from(workflow.ASSET, asset.state):
        if not policies.may_move(user, asset, edge.who):
            continue
        if edge.who == workflow.FINANCE and (request is None or request.asked_by_id == user.pk):
            continue
        page = PAGE_OF.get(edge.verb, "step")
        arguments = [asset.token, edge.verb] if page == "step" else [asset.token]
        label = _("Decide on the scrapping") if page == "decide" else wording.STEPS[edge.verb]
        found.setdefault(desk_url(page, *arguments), label)
    return [{"url": url, "label": label, "first": not place} for place, (url, label) in enumerate(found.items())]


class _Moving(StepForm, AssetPage):
    """A step of the table: whoever may not take it is told so; one that can't be taken now says why when sent."""

    verb = ""

    def allowed(self):
        who = next(edge.who for edge in workflow.ASSET if edge.verb == self.verb)
        return policies.may_move(self.request.user, self.asset, who)


class Step(_Moving):
    """Every step that asks for nothing but a reason, or for nothing at all."""

    SIMPLE = frozenset({"confirm", "take_back", "lose", "find", "ask_scrap"})
    danger = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.verb = kwargs["verb"]

    def allowed(self):
        if self.verb not in self.SIMPLE:
            raise Http404
        return super().allowed()

    @property
    def page_title(self):
        return wording.STEPS[self.verb]

    submit_label = page_title

    @property
    def intro(self):
        return _CONSEQUENCE.get(self.verb, "")

    def get_form_class(self):
        needs = any(edge.needs_reason for edge in workflow.ASSET if edge.verb == self.verb)
        return forms.ReasonForm if needs else forms.forms.Form

    def act(self, form):
        reason = form.cleaned_data.get("reason", "")
        if self.verb == "ask_scrap":
            mending.ask_scrap(self.asset, reason=reason, by=self.request.user, now=clock.now())
        else:
            moving.move([self.asset], self.verb, reason=reason, by=self.request.user, now=clock.now())
        return _("Done.")


_CONSEQUENCE = {
    "confirm": gettext_lazy("From then on it is in use here, and the school keeps it in order."),
    "take_back": gettext_lazy("It goes back to the county's store and can be issued to another home."),
    "lose": gettext_lazy("It stays on the register as missing until it is found or written off."),
    "find": gettext_lazy("It goes to the county's store and is issued from there."),
    "ask_scrap": gettext_lazy("The keeper of state assets decides. Until then it stays on the register."),
}


class IssueOne(_Moving):
    verb = "issue"
    page_title = submit_label = pgettext_lazy("asset", "Issue it")
    form_class = forms.IssueForm
    intro = gettext_lazy(
        "It leaves the county's store and stays on the county's register. The home confirms its receipt."
    )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"homes": homes_of_county(self.asset.custodian)}

    def get_initial(self):
        return {"home": self.asset.meant_for_id}

    def act(self, form):
        home = form.cleaned_data["home"]
        moving.move([self.asset], "issue", home=home, by=self.request.user, now=clock.now())
        return _("Issued. The home confirms its receipt.")


class SendToRepair(_Moving):
    verb = "send_to_repair"
    page_title = submit_label = gettext_lazy("Send it to repair")
    form_class = forms.RepairForm

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        mending.send_to_repair(self.asset, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("It is noted as away for repair.")


class BringBack(_Moving):
    verb = "bring_back"
    page_title = submit_label = gettext_lazy("It is back from repair")
    form_class = forms.BackForm

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        mending.bring_back(self.asset, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("It is in use again.")


class Decide(_Moving):
    """Approve or refuse: never by whoever asked."""

    verb = "dispose"
    page_title = gettext_lazy("Decide on the scrapping")
    submit_label = gettext_lazy("Decide")
    form_class = forms.DecideForm

    @property
    def intro(self):
        request = open_request(self.asset)
        return _("Asked for because: %(why)s") % {"why": request.reason} if request else ""

    def act(self, form):
        mending.decide_scrap(self.asset, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Decided.")

    def field_for(self, refusal):
        return "words" if isinstance(refusal, errors.ReasonMissing) else None


class NoteCondition(StepForm, AssetPage):
    page_title = gettext_lazy("Note its condition")
    form_class = forms.ConditionForm

    def allowed(self):
        return policies.may_move(self.request.user, self.asset, workflow.HOME)

    def get_initial(self):
        return {"condition": self.asset.condition, "on": clock.today()}

    def act(self, form):
        moving.state_condition(self.asset, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Noted.")


class Correct(StepForm, AssetPage):
    page_title = submit_label = gettext_lazy("Correct the register")
    form_class = forms.CorrectForm
    intro = gettext_lazy("What stood there before stays in the history, with your reason.")

    def allowed(self):
        return policies.may_keep_register(self.request.user, self.asset.custodian)

    def get_initial(self):
        return {"serial": self.asset.serial, "value": self.asset.value}

    def act(self, form):
        moving.correct(self.asset, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Corrected.")


class TakingPhotos(StepForm):
    """Before a page of one thing: a photo of it."""

    page_title = gettext_lazy("Add a photo")
    submit_label = gettext_lazy("Upload")
    form_class = PhotoForm
    kind = ""

    def thing(self):
        raise NotImplementedError

    def allowed(self):
        return policies.may_add_photo(self.request.user, self.thing())

    def act(self, form):
        upload = form.cleaned_data["photo"]
        photos.add_photo(
            self.thing(),
            kind=self.kind,
            upload=upload.file,
            name=upload.name,
            by=self.request.user,
            now=clock.now(),
        )
        return _("The photo is here.")

    def field_for(self, refusal):
        of_the_photo = isinstance(refusal, DocumentRefused | TooManyUploads | errors.NoPhoto | errors.TooManyPhotos)
        return "photo" if of_the_photo else None


class AssetPhoto(TakingPhotos, AssetPage):
    kind = PhotoKind.CONDITION

    def thing(self):
        return self.asset


class PhotoOpen(EquipmentPage, View):
    """A file that isn't known to be clean is shown to nobody."""

    http_method_names = ["get", "head"]

    @cached_property
    def photo(self):
        return get_object_or_404(photos_for(self.request.user), token=self.kwargs["token"])

    def found(self):
        return self.photo

    def get(self, request, token):
        photo = self.photo
        if photo.scan != ScanState.CLEAN or not photo.file:
            raise Http404
        stream = opened_or_404(photo.file)
        name = f"{photo.kind}-{photo.token[:6]}.{photo.extension}"
        return sealed_file(stream, name=name, content_type=photo.content_type)
