"""Papers and photos: added beside their thing, opened by those who read it, taken back."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, TooManyUploads
from services.childrens_homes import errors
from services.childrens_homes.actions import papers
from services.childrens_homes.desk.pages import HomesPage, desk_url, home_url
from services.childrens_homes.forms.fields import ActivityPhotoForm, PaperForm
from services.childrens_homes.models import CareActivity, Letter, MilestoneDone, Paper, RegulationDoc, SiteApplication
from services.childrens_homes.queries.papers import papers_about, papers_for, withheld
from services.childrens_homes.registry import photo_standing
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.errors import Refused
from services.foundation.sealed_files import sealed_file
from services.foundation.stored import opened_or_404

# What stands in the address, and by which field the thing is found.
KINDS = {
    "application": (SiteApplication, "token"),
    "letter": (Letter, "token"),
    "milestone": (MilestoneDone, "pk"),
    "regulation": (RegulationDoc, "pk"),
    "activity": (CareActivity, "token"),
}


def papers_shown(thing) -> list[tuple[Paper, bool, bool]]:
    """Each with whether it can be opened, and whether it is held back."""
    taken_back = photo_standing(thing.home).withdrawn_at if isinstance(thing, CareActivity) else None
    held = [(one, withheld(one, taken_back)) for one in papers_about(thing)]
    return [(one, one.scan == ScanState.CLEAN and not back, back) for one, back in held]


def page_of(thing) -> str:
    """Where a thing is shown."""
    if isinstance(thing, SiteApplication):
        return desk_url("application", thing.token)
    if isinstance(thing, Letter):
        return desk_url("letter", thing.token)
    if isinstance(thing, CareActivity):
        return desk_url("activity", thing.token)
    return desk_url("timeline") if isinstance(thing, MilestoneDone) else home_url(thing.home)


class PaperAdd(StepForm, HomesPage):
    page_title = gettext_lazy("Add a paper")
    submit_label = gettext_lazy("Upload")
    form_class = PaperForm
    intro = gettext_lazy("A photo loses what the camera wrote into it. No faces of children without consent.")

    @cached_property
    def thing(self):
        model, field = KINDS.get(self.kwargs["about"], (None, ""))
        key = self.kwargs["key"]
        if model is None or (field == "pk" and not (key.isascii() and key.isdigit() and len(key) < 18)):
            raise Http404
        return get_object_or_404(model.objects.visible_to(self.request.user), **{field: key})

    def allowed(self):
        verdict = super().allowed()
        return verdict and papers.may_add(self.request.user, self.thing)

    @property
    def of_activity(self) -> bool:
        return isinstance(self.thing, CareActivity)

    def get_form_class(self):
        return ActivityPhotoForm if self.of_activity else PaperForm

    def get_form_kwargs(self):
        more = {"without": photo_standing(self.thing.home).without} if self.of_activity else {}
        return super().get_form_kwargs() | more

    def act(self, form):
        upload, agreed = form.cleaned_data["file"], form.cleaned_data.get("agreed", False)
        said = {"name": upload.name, "agreed": agreed, "by": self.request.user, "now": clock.now()}
        papers.add_paper(self.thing, upload=upload.file, **said)
        return _("The paper is here.")

    def field_for(self, refusal):
        return "file" if isinstance(refusal, DocumentRefused | TooManyUploads | errors.PaperRefused) else None

    def get_success_url(self):
        return page_of(self.thing)


class _OnePaper(HomesPage):
    @cached_property
    def paper(self) -> Paper:
        return get_object_or_404(papers_for(self.request.user), token=self.kwargs["token"])

    @property
    def thing(self):
        return next(one for name in KINDS if (one := getattr(self.paper, name)))

    @property
    def held_back(self) -> bool:
        activity = self.paper.activity
        return activity is not None and withheld(self.paper, photo_standing(activity.home).withdrawn_at)

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.paper  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict


class PaperOpen(_OnePaper, View):
    """A file that isn't known to be clean is shown to nobody, nor a photo that a guardian took her yes back from."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        if self.paper.scan != ScanState.CLEAN or not self.paper.file or self.held_back:
            raise Http404
        stream = opened_or_404(self.paper.file)
        name = f"{self.paper.token[:8]}.{self.paper.extension}"
        return sealed_file(stream, name=name, content_type=self.paper.content_type)


class PaperAgree(_OnePaper, View):
    """Somebody looked: no child whose guardian took her yes back is in the photo."""

    http_method_names = ["post"]

    def allowed(self):
        return super().allowed() and papers.may_add(self.request.user, self.thing)

    def post(self, request, token):
        try:
            papers.agree_again(self.paper, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("The photo is shown again."))
        return redirect(page_of(self.thing))


class PaperRemove(_OnePaper, View):
    http_method_names = ["post"]

    def allowed(self):
        return super().allowed() and papers.may_add(self.request.user, self.thing)

    def post(self, request, token):
        back = page_of(self.thing)
        try:
            papers.remove_paper(self.paper, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("The paper was taken back."))
        return redirect(back)
