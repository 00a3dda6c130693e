"""Filling in and handing in an application in a woman's name: what is missing, the parts, papers, her account."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework import actions as casework
from services.casework.actions.documents import attach, take_back
from services.casework.enums import WAITING_ON_HER, Stage
from services.casework.errors import Obstructed
from services.casework.queries.documents import documents_of, items_asked
from services.casework.registry import Missing, services
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import Refused
from services.payments.actions import set_account
from services.payments.forms.accounts import FIELD_OF, AccountForm
from services.payments.queries import current_account
from services.relief import policies, queries, wording
from services.relief.actions.sending import hand_in, version_seen
from services.relief.case_service.missing import missing_of
from services.relief.desk.one import OneApplication
from services.relief.forms.assisted import HandInForm, PaperForm
from services.relief.rules import asking

PAPERS = "#papers"
_OF_FILE = {
    "household": "file_members",
    "members": "file_members",
    "money": "file_money",
    "causes": "file_causes",
    "particulars": "file_particulars",
    "you": "file_particulars",
}
_OF_CASE = dict.fromkeys(("event", "cost", "student", "group"), "answers") | {"account": "for_her_account"}


class _InHerName(OneApplication):
    """For her representative, and only while the application lies with her side."""

    def allowed(self):
        return policies.speaks_for(self.request.user, self.application.case, now=clock.now())

    @property
    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and self.application.case.stage not in WAITING_ON_HER:
            return redirect(queries.case_page(self.application.case))
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self):
        return queries.page_for_her(self.application.case)


class ForHer(_InHerName, DeskView, WagtailAdminTemplateMixin, TemplateView):
    template_name = "relief/desk/for_her.html"
    page_title = gettext_lazy("Apply in her name")

    def get_page_subtitle(self):
        return self.application.case.number

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
        case, kept, kind = self.application.case, set(), form.cleaned_data["kind"]
        asked = items_asked(case).filter(item=kind).first() if case.stage == Stage.RETURNED else None
        for upload in form.cleaned_data["files"]:
            try:
                kept.add(attach(case, kind=kind, upload=upload, request=asked, **self.stamp).pk)
            except Refused as refusal:
                form.add_error("files", _("%(name)s: %(why)s") % {"name": upload.name[-40:], "why": refusal.message()})
        if kept:
            said = ngettext("%(count)s file is kept.", "%(count)s files are kept.", len(kept))
            messages.success(self.request, said % {"count": len(kept)})
        if form.errors:
            return self.render_to_response(self.get_context_data(paper_form=form))
        return redirect(self.get_success_url() + PAPERS)

    def _remove(self):
        found = self.application.case.documents.filter(token=self.request.POST.get("paper", "")).first()
        if found is None:
            raise Http404
        try:
            take_back(found, **self.stamp)
        except Refused as refusal:
            messages.error(self.request, refusal.message(staff=True))
        return redirect(self.get_success_url() + PAPERS)

    def _send(self):
        form = HandInForm(self.request.POST)
        if form.is_valid():
            try:
                self._hand_in(form.cleaned_data)
            except Obstructed as refusal:
                form.add_error(None, [" ".join(filter(None, wording.explain(one))) for one in refusal.findings])
            except Refused as refusal:
                form.add_error(None, refusal.message(staff=True))
            else:
                messages.success(self.request, _("Handed in. A colleague takes it from here."))
                return redirect(queries.case_page(self.application.case))
        return self.render_to_response(self.get_context_data(send_form=form))

    def _hand_in(self, said: dict) -> None:
        if self.application.case.stage == Stage.DRAFT:
            hand_in(self.application, **said, **self.stamp)
        else:
            casework.resubmit(self.application.case, **self.stamp)

    def _kinds(self) -> list[Missing]:
        """What may be added; after a request for more first what was asked for, in its own words."""
        case = self.application.case
        asked = [Missing(one.item, one.words) for one in items_asked(case)] if case.stage == Stage.RETURNED else []
        named = {one.item for one in asked}
        return [*asked, *(one for one in services[case.service].document_kinds(case) if one.item not in named)]

    def _paper_form(self, data=None, files=None) -> PaperForm:
        return PaperForm(data, files, kinds=self._kinds())

    def get_context_data(self, **kwargs):
        application, case = self.application, self.application.case
        kinds = {one.item: one.text for one in self._kinds()}
        kwargs.setdefault("paper_form", self._paper_form())
        kwargs.setdefault("send_form", HandInForm(initial={"seen": version_seen(application)}))
        return super().get_context_data(
            case=case,
            title=services[case.service].title(case),
            missing=[replace(one, address=self._way_to(one.item)) for one in missing_of(application, now=clock.now())],
            asked=list(items_asked(case)) if case.stage == Stage.RETURNED else [],
            parts=self._parts(),
            papers=[(paper, kinds.get(paper.kind, paper.kind)) for paper in documents_of(case)],
            account=current_account(case.worker),
            **kwargs,
        )

    def _way_to(self, item: str) -> str:
        if item in _OF_FILE:
            return reverse(f"relief_desk:{_OF_FILE[item]}", args=[self.application.household.token])
        if item in _OF_CASE:
            return reverse(f"relief_desk:{_OF_CASE[item]}", args=[self.application.case.token])
        if item == "consent":
            return reverse("relief_desk:begin", args=[self.application.case.worker.token])
        return PAPERS

    def _parts(self) -> list[tuple[str, str]]:
        """The pages that this programme asks, in the order of her own."""
        programme = self.application.programme
        file = asking.rests_on_file(programme)
        about = bool(asking.facts_of_herself(programme, {}))
        answers = any(asks(programme) for asks in (asking.asks_event, asking.needs_student, asking.asks_group))
        parts = [
            (asking.asks_household(programme), "household", _("Members of the household")),
            (file, "money", _("Income and spending")),
            (file, "causes", _("Causes")),
            (about, "particulars", _("Address, housing, insurance")),
            (answers, "event", _("What this programme asks besides")),
            (asking.pays(programme), "account", _("Her bank account")),
        ]
        return [(label, self._way_to(item)) for asked, item, label in parts if asked]


class HerAccount(_InHerName, DeskFormView):
    """Her account as she gave it; the number is never shown again."""

    page_title = gettext_lazy("Her bank account")
    form_class = AccountForm
    intro = gettext_lazy("Copy it from her card. It is kept encrypted and shown masked from then on.")

    def field_for(self, refusal):
        return FIELD_OF.get(refusal.code)

    def act(self, form):
        set_account(self.application.case.worker, **form.given(), **self.stamp)
        return _("Saved.")
