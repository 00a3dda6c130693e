"""Claiming in a woman's name: her authorisation on record, then what is missing, papers, her account, handing it in."""

from django import forms as fields
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework.desk import for_her
from services.casework.desk.typed import KeepsTyping
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import Refused
from services.mutual_aid import queries
from services.mutual_aid.actions import claiming, representing
from services.mutual_aid.case_service.missing import missing_of
from services.mutual_aid.desk.claims.one import OneClaim
from services.mutual_aid.errors.claims import ClaimChanged, ParticularsInvalid
from services.mutual_aid.forms import claims as forms
from services.mutual_aid.forms.adjudicating import BeginForHerForm
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import case_page, page_for_her
from services.mutual_aid.queries.claiming import represented_by, stated_of
from services.organizations.enums import ROSTER_WRITERS
from services.payments.desk import her_account
from services.payments.queries import current_account
from services.workers.forms.records import FindForm
from services.workers.models import Worker
from services.workers.queries import found_by_number

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


class _InHerName(for_her.InHerName, OneClaim):
    @property
    def case(self):
        return self.claim.case

    def case_page(self):
        return case_page(self.case)

    def get_success_url(self):
        return page_for_her(self.case)


class ForHer(_InHerName, for_her.ForHer):
    page_title = gettext_lazy("Claim in a woman's name")

    def hand_in(self, said):
        claiming.hand_in(self.claim, **said, **self.stamp())

    def version_seen(self):
        return claiming.version_seen(self.claim)

    def missing(self):
        return missing_of(self.claim, now=clock.now())

    def account(self):
        return current_account(self.case.worker)

    def way_to(self, item):
        if item in _PAGES:
            return reverse(f"claims_desk:{_PAGES[item]}", args=[self.case.token])
        if item == "consent":
            return reverse("claims_desk:begin", args=[self.case.worker.token])
        return for_her.PAPERS

    def parts(self):
        return [
            (_("The diagnosis"), self.way_to("diagnosed")),
            (_("Hospital and treatment"), self.way_to("hospital")),
            (_("Her bank account"), self.way_to("account")),
        ]


class _Part(KeepsTyping, _InHerName, DeskFormView):
    """One of her own pages, filled in as she says it. Whoever saves upon an older version sees what is stored now."""

    template_name = "mutual_aid/desk/part.html"
    intro = gettext_lazy("As it stands on her papers. Kept sealed; after handing it in you don't see it any more.")

    def get_initial(self):
        return self.stored()

    def stored(self):
        said = stated_of(self.claim)
        return {name: getattr(said, name) for name in self.form_class.base_fields}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["seen"] = fields.IntegerField(required=False, initial=self.claim.version, widget=fields.HiddenInput)
        return form

    def form_valid(self, form):
        said = dict(form.cleaned_data)
        try:
            claiming.save_particulars(self.claim, seen=said.pop("seen"), **said, **self.stamp())
        except ClaimChanged as refused:
            return self.beside(form, refused)
        except ParticularsInvalid as refused:
            forms.put(refused.faults, form)
            return self.form_invalid(form)
        except Refused as refused:
            form.add_error(None, refused.message(staff=True))
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())

    def beside(self, form, refused: ClaimChanged):
        """What she typed, above it what is stored now; saving again counts upon that."""
        form.add_error(None, refused.message(staff=True))
        form.data = form.data.copy()
        self.claim.refresh_from_db()
        form.data["seen"] = str(self.claim.version)
        kept = self.get_form_kwargs() | {"data": None, "files": None, "initial": self.stored()}
        return self.render_to_response(self.get_context_data(form=form, stored=in_words(self.form_class(**kept))))


def in_words(form) -> list[tuple[str, str]]:
    """Each field of an unbound form with its value in words."""
    found = []
    for field in form:
        value = field.value()
        words = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
        found.append((str(field.label), words.get(str(value), str(value)) if value not in (None, "") else "—"))
    return found


class Diagnosis(_Part):
    page_title = gettext_lazy("The diagnosis")
    form_class = forms.DiagnosisForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"terms": self.claim.terms}


class Treatment(_Part):
    page_title = gettext_lazy("Hospital and treatment")
    form_class = forms.TreatmentForm


class Account(_InHerName, her_account.HerAccount):
    pass
