"""Filling in and handing in a case in a woman's name: what is missing, the parts, papers, her declaration."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.casework import actions
from services.casework.actions.documents import take_back
from services.casework.desk.adding import keep_files
from services.casework.enums import WAITING_ON_HER, Stage
from services.casework.forms.assisted import HandInForm, PaperForm
from services.casework.models import Case
from services.casework.policies import speaks_for
from services.casework.policies.documents import hers
from services.casework.queries.documents import documents_of, items_asked
from services.casework.registry import Missing, services
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused

PAPERS = "#papers"


class InHerName:
    """For her representative, and only while the case lies with her side. A service names ``case``, where the desk
    shows it (``case_page``) and where it is filled in (``get_success_url``)."""

    case: Case

    def allowed(self):
        return speaks_for(self.request.user, self.case, now=clock.now())

    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and self.case.stage not in WAITING_ON_HER:
            return redirect(self.case_page())
        return super().dispatch(request, *args, **kwargs)


class ForHer(InHerName, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """``hand_in`` sends a draft; ``missing``, ``parts``, ``account`` and ``way_to`` are the service's."""

    template_name = "casework/desk/for_her.html"
    send_form_class = HandInForm

    def hand_in(self, said: dict) -> None:
        raise NotImplementedError

    def version_seen(self) -> str:
        raise NotImplementedError

    def missing(self) -> list[Missing]:
        raise NotImplementedError

    def parts(self) -> list[tuple[str, str]]:
        """The pages on which it is filled in: name and address."""
        raise NotImplementedError

    def way_to(self, item: str) -> str:
        """Where something missing is filled in."""
        raise NotImplementedError

    def account(self):
        return None

    def put(self, refusal: Refused, form) -> None:
        form.add_error(None, refusal.message(staff=True))

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
        kind = form.cleaned_data["kind"]
        asked = items_asked(self.case).filter(item=kind).first() if self.case.stage == Stage.RETURNED else None
        kept = keep_files(form, "files", self.case, kind=kind, request=asked, **self.stamp())
        if kept:
            messages.success(self.request, form.said(kept))
        if form.errors:
            return self.render_to_response(self.get_context_data(paper_form=form))
        return redirect(self.get_success_url() + PAPERS)

    def _remove(self):
        found = self.case.documents.filter(token=self.request.POST.get("paper", "")).first()
        if found is None:
            raise Http404
        try:
            take_back(found, **self.stamp())
        except Refused as refusal:
            messages.error(self.request, refusal.message(staff=True))
        return redirect(self.get_success_url() + PAPERS)

    def _send(self):
        form = self.send_form_class(self.request.POST)
        if form.is_valid():
            try:
                if self.case.stage == Stage.DRAFT:
                    self.hand_in(form.cleaned_data)
                else:
                    actions.resubmit(self.case, **self.stamp())
            except Refused as refusal:
                self.put(refusal, form)
            else:
                messages.success(self.request, _("Handed in. A colleague takes it from here."))
                return redirect(self.case_page())
        return self.render_to_response(self.get_context_data(send_form=form))

    def _kinds(self) -> list[Missing]:
        """What may be added; after a request for more first what was asked for, in its own words."""
        case = self.case
        asked = [Missing(one.item, one.words) for one in items_asked(case)] if case.stage == Stage.RETURNED else []
        named = {one.item for one in asked}
        return [*asked, *(one for one in hers(services[case.service].document_kinds(case)) if one.item not in named)]

    def _paper_form(self, data=None, files=None) -> PaperForm:
        return PaperForm(data, files, kinds=self._kinds())

    def get_context_data(self, **kwargs):
        case = self.case
        kinds = {one.item: one.text for one in self._kinds()}
        kwargs.setdefault("paper_form", self._paper_form())
        kwargs.setdefault("send_form", self.send_form_class(initial={"seen": self.version_seen()}))
        return super().get_context_data(
            case=case,
            title=services[case.service].title(case),
            missing=[replace(one, address=self.way_to(one.item)) for one in self.missing()],
            asked=list(items_asked(case)) if case.stage == Stage.RETURNED else [],
            parts=self.parts(),
            papers=[(paper, kinds.get(paper.kind, paper.kind)) for paper in documents_of(case)],
            account=self.account(),
            **kwargs,
        )
