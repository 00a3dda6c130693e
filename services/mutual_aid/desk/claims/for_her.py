"""Claiming in a woman's name: her authorisation on record, then what is missing, papers, her account, handing it in."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework import actions as casework
from services.casework.actions.documents import attach, take_back
from services.casework.enums import WAITING_ON_HER, Stage
from services.casework.queries.documents import documents_of, items_asked
from services.casework.registry import Missing, services
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import Refused
from services.mutual_aid import queries
from services.mutual_aid.actions import claiming, representing
from services.mutual_aid.case_service.missing import missing_of
from services.mutual_aid.desk.claims.one import OneClaim
from services.mutual_aid.errors.claims import ParticularsInvalid
from services.mutual_aid.forms import claims as forms
from services.mutual_aid.forms.adjudicating import BeginForHerForm
from services.mutual_aid.forms.assisted import HandInForm, PaperForm
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import case_page, page_for_her
from services.mutual_aid.queries.claiming import represented_by, stated_of
from services.organizations.enums import ROSTER_WRITERS
from services.payments.actions import set_account
from services.payments.forms.accounts import FIELD_OF, AccountForm
from services.payments.queries import current_account
from services.workers.forms.records import FindForm
from services.workers.models import Worker
from services.workers.queries import found_by_number

PAPERS = "#papers"
_PAGES = {
    "diagnosed": "for_her_diagnosis",
    "disease": "for_her_diagnosis",
    "grade": "for_her_diagnosis",
    "hospital": "for_her_treatment",
    "stay": "for_her_treatment",
    "account": "for_her_account",
}


class Find(DeskView, WagtailAdminTemplateMixin, TemplateView):
    """By her whole number, which travels in the body of the form; and what is begun already."""

    page_title = gettext_lazy("Claim in a woman's name")
    header_icon = "plus"
    template_name = "mutual_aid/desk/find.html"

    def allowed(self):
        return policies.may_represent_somebody(self.request.user)

    def post(self, request, *args, **kwargs):
        form, found = FindForm(request.POST), []
        if form.is_valid():
            found = found_by_number(request.user, form.cleaned_data["number"], today=clock.today())
            if len(found) == 1:
                return redirect("claims_desk:begin", found[0].token)
            if not found:
                form.add_error("number", _("No record in your unions carries this number."))
        return self.render_to_response(self.get_context_data(form=form, found=found))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", FindForm())
        begun = [(one, page_for_her(one.case)) for one in represented_by(self.request.user, on=clock.today())[:50]]
        return super().get_context_data(begun=begun, **kwargs)


class BeginForHer(DeskFormView):
    """Her authorisation and her consent go on record, and the claim is begun in her name."""

    page_title = gettext_lazy("Claim in a woman's name")
    header_icon = "plus"
    form_class = BeginForHerForm
    submit_label = gettext_lazy("Begin the claim")

    @cached_property
    def worker(self) -> Worker:
        visible = Worker.objects.visible_to(self.request.user, roles=ROSTER_WRITERS)
        return get_object_or_404(visible.select_related("organization", "user"), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_represent(self.request.user, self.worker)

    @property
    def intro(self):
        return _("For %(name)s of %(union)s. She is told, and can take the claim over at any time.") % {
            "name": self.worker.masked_name,
            "union": self.worker.organization.name,
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"covers": list(queries.covers_of(self.worker))}

    def act(self, form):
        data = dict(form.cleaned_data)
        data.pop("notice")
        self.claim = representing.begin_for_her(self.worker, **data, by=self.request.user, now=clock.now())
        return _("Begun. Fill it in, add her papers, and hand it in.")

    def get_success_url(self):
        claim = getattr(self, "claim", None)
        return reverse("claims_desk:find") if claim is None else page_for_her(claim.case)


class _InHerName(OneClaim):
    """For her representative, and only while the claim lies with her side: nobody else finds it here."""

    def allowed(self):
        return policies.speaks_for(self.request.user, self.claim.case, now=clock.now())

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and self.claim.case.stage not in WAITING_ON_HER:
            return redirect(case_page(self.claim.case))
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        return page_for_her(self.claim.case)


class ForHer(_InHerName, DeskView, WagtailAdminTemplateMixin, TemplateView):
    template_name = "mutual_aid/desk/for_her.html"
    page_title = gettext_lazy("Claim in a woman's name")

    def post(self, request, *args, **kwargs):
        act = {"paper": self._add, "remove": self._remove, "send": self._send}.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        return act()

    def _add(self):
        """Every file on its own: those that are refused are named, the others are kept."""
        form = self._paper_form(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(paper_form=form))
        case, kept, kind = self.claim.case, set(), form.cleaned_data["kind"]
        asked = items_asked(case).filter(item=kind).first() if case.stage == Stage.RETURNED else None
        for upload in form.cleaned_data["files"]:
            try:
                kept.add(attach(case, kind=kind, upload=upload, request=asked, **self.stamp()).pk)
            except Refused as refusal:
                form.add_error("files", _("%(name)s: %(why)s") % {"name": upload.name[-40:], "why": refusal.message()})
        if kept:
            said = ngettext("%(count)s file is kept.", "%(count)s files are kept.", len(kept))
            messages.success(self.request, said % {"count": len(kept)})
        if form.errors:
            return self.render_to_response(self.get_context_data(paper_form=form))
        return redirect(self.get_success_url() + PAPERS)

    def _remove(self):
        found = self.claim.case.documents.filter(token=self.request.POST.get("paper", "")).first()
        if found is None:
            raise Http404
        try:
            take_back(found, **self.stamp())
        except Refused as refusal:
            messages.error(self.request, refusal.message(staff=True))
        return redirect(self.get_success_url() + PAPERS)

    def _send(self):
        form = HandInForm(self.request.POST)
        if form.is_valid():
            try:
                self._hand_in(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.message(staff=True))
            else:
                messages.success(self.request, _("Handed in. A colleague takes it from here."))
                return redirect(case_page(self.claim.case))
        return self.render_to_response(self.get_context_data(send_form=form))

    def _hand_in(self, said: dict) -> None:
        if self.claim.case.stage == Stage.DRAFT:
            claiming.hand_in(self.claim, **said, **self.stamp())
        else:
            casework.resubmit(self.claim.case, **self.stamp())

    def _kinds(self) -> list[Missing]:
        """What may be added; after a request for more first what was asked for, in its own words."""
        case = self.claim.case
        asked = [Missing(one.item, one.words) for one in items_asked(case)] if case.stage == Stage.RETURNED else []
        named = {one.item for one in asked}
        return [*asked, *(one for one in services[case.service].document_kinds(case) if one.item not in named)]

    def _paper_form(self, data=None, files=None) -> PaperForm:
        return PaperForm(data, files, kinds=self._kinds())

    def get_context_data(self, **kwargs):
        claim, case = self.claim, self.claim.case
        kinds = {one.item: one.text for one in self._kinds()}
        kwargs.setdefault("paper_form", self._paper_form())
        kwargs.setdefault("send_form", HandInForm(initial={"seen": claiming.version_seen(claim)}))
        return super().get_context_data(
            case=case,
            title=queries.name_of(claim.scheme),
            missing=[replace(one, address=self._way_to(one.item)) for one in missing_of(claim, now=clock.now())],
            asked=list(items_asked(case)) if case.stage == Stage.RETURNED else [],
            parts=[
                (_("The diagnosis"), self._way_to("diagnosed")),
                (_("Hospital and treatment"), self._way_to("hospital")),
                (_("Her bank account"), self._way_to("account")),
            ],
            papers=[(paper, kinds.get(paper.kind, paper.kind)) for paper in documents_of(case)],
            account=current_account(case.worker),
            **kwargs,
        )

    def _way_to(self, item: str) -> str:
        if item in _PAGES:
            return reverse(f"claims_desk:{_PAGES[item]}", args=[self.claim.case.token])
        if item == "consent":
            return reverse("claims_desk:begin", args=[self.claim.case.worker.token])
        return PAPERS


class _Part(_InHerName, DeskFormView):
    """One of her own pages, filled in as she says it."""

    intro = gettext_lazy("As it stands on her papers. Kept sealed; after handing it in you don't see it any more.")

    def get_initial(self):
        said = stated_of(self.claim)
        return {name: getattr(said, name) for name in self.form_class.base_fields}

    def form_valid(self, form):
        try:
            claiming.save_particulars(self.claim, seen=self.claim.version, **form.cleaned_data, **self.stamp())
        except ParticularsInvalid as refused:
            forms.put(refused.faults, form)
            return self.form_invalid(form)
        except Refused as refused:
            form.add_error(None, refused.message(staff=True))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())


class Diagnosis(_Part):
    page_title = gettext_lazy("The diagnosis")
    form_class = forms.DiagnosisForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"terms": self.claim.terms}


class Treatment(_Part):
    page_title = gettext_lazy("Hospital and treatment")
    form_class = forms.TreatmentForm


class Account(_InHerName, DeskFormView):
    """Her account as she gave it; the number is never shown again."""

    page_title = gettext_lazy("Her bank account")
    form_class = AccountForm
    intro = gettext_lazy("Copy it from her card. It is kept encrypted and shown masked from then on.")

    def field_for(self, refusal):
        return FIELD_OF.get(refusal.code)

    def act(self, form):
        set_account(self.claim.case.worker, **form.given(), **self.stamp())
        return _("Saved.")
