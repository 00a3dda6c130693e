"""One case on one screen: who, what she asks, facts beside rules, papers, what happened, and what may be done now."""

from dataclasses import dataclass

from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.casework import policies, queries, wording
from services.casework.actions import handling
from services.casework.desk.lists import stage_words
from services.casework.desk.notices import desk_url as notice_url
from services.casework.desk.pages import OneCase, desk_url
from services.casework.enums import WAITING_ON_STAFF, Stage, Verb
from services.casework.models import CaseEvent
from services.casework.policies import documents as document_policies
from services.casework.queries import documents as document_queries
from services.casework.queries import notices as notice_queries
from services.casework.queries import objections as objection_queries
from services.casework.queries.hers import busy_filings
from services.casework.queries.parties import parties_of
from services.foundation import clock
from services.foundation.errors import Refused
from services.workers.enums import NOBODY


@dataclass(frozen=True, slots=True)
class Button:
    """A verb she may carry out: what the button says and what happens next."""

    verb: str
    label: str
    follows: str
    url: str
    serious: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline, for staff."""

    event: CaseEvent
    words: str
    desk: str
    step: str
    tie: str


class CasePage(OneCase, TemplateView):
    template_name = "casework/desk/case.html"

    def get_page_title(self):
        return self.case.number

    def get_breadcrumbs_items(self):
        return self.trail()

    @cached_property
    def now(self):
        return clock.now()

    def get_context_data(self, **kwargs):
        case, now, user = self.case, self.now, self.request.user
        days = queries.calendar()
        promise = queries.promise_of(case, now=now, days=days)
        return super().get_context_data(
            case=case,
            title=self.service.title(case),
            stage=stage_words(case),
            standing=wording.standing(case, now=now, days=days),
            kept=wording.kept(promise) if promise else "",
            late=wording.overdue_by(case, today=clock.today(), days=days),
            buttons=self.buttons(),
            handling=self.handling(),
            unrelated=policies.unrelated(user, case),
            panels=self.panels(),
            papers=self.papers(),
            busy=busy_filings(case, now=now),
            may_authorise=case.authorisation is not None and bool(policies.may_authorise(user, case.worker)),
            **self.publicity(),
            asked=document_queries.items_asked(case),
            **self.adding(),
            timeline=[self.told(event) for event in case.events.all()],
            **kwargs,
        )

    def panels(self) -> list[str]:
        """What the service shows of it; nothing once the person was taken out of it."""
        if self.case.worker.state == NOBODY:
            return [render_to_string("casework/desk/_erased.html", {}, self.request)]
        found = self.service.panels(self.case, viewer=self.request.user, now=self.now)
        return [render_to_string(panel.template, panel.context, self.request) for panel in found]

    def publicity(self) -> dict:
        """Its line on the latest notice and the objections to it, those within her reach."""
        case, user = self.case, self.request.user
        line = notice_queries.line_of(case)
        within = line is not None and notice_queries.notices_for(user).filter(pk=line.notice_id).exists()
        return {
            "line": line,
            "notice_within_reach": within,
            "objections": self.objections,
        }

    @cached_property
    def objections(self) -> list:
        return list(objection_queries.objections_for(self.request.user).filter(line__case=self.case))

    def buttons(self) -> list[Button]:
        """Approving first, where she may. Settling an objection asks whether the case goes on: refusing beside it would
        leave the objection open."""
        edges = sorted(policies.verbs_for(self.request.user, self.case), key=lambda edge: edge.verb != Verb.APPROVE)
        settling = any(edge.verb == Verb.SETTLE_OBJECTION for edge in edges)
        return [
            Button(
                edge.verb,
                str(wording.ASKS[edge.verb]),
                str(wording.FOLLOWS[edge.verb]),
                self.way_to(edge.verb),
                edge.verb in (Verb.REFUSE, Verb.UPHOLD),
            )
            for edge in edges
            if self.way_to(edge.verb) and not (settling and edge.verb == Verb.REFUSE)
        ]

    def way_to(self, verb: str) -> str:
        if own := self.service.page_for(self.case, verb):
            return own
        if verb == Verb.RETURN:
            return desk_url("ask", self.case.token)
        if verb == Verb.PUBLISH:
            return reverse("casework_notices:publish", args=[self.case.desk.code, self.case.service])
        if verb == Verb.SETTLE_OBJECTION:
            first = next((one for one in self.objections if one.is_open), None)
            return notice_url("objection", first.pk) if first else notice_url("objections")
        if verb in (Verb.SUBMIT, Verb.RESUBMIT):
            return self.service.page_for_her(self.case)
        return desk_url("act", self.case.token, verb)

    def handling(self) -> dict[str, bool]:
        """Which of claim, take over, hand over, put back and keeping away she is offered."""
        case, user = self.case, self.request.user
        recuse = bool(policies.may_recuse(user, case)) and user.pk not in parties_of(case).recused
        if case.stage not in WAITING_ON_STAFF:
            return {"recuse": recuse}
        reaches, hers = bool(policies.may_take_over(user, case)), case.handler_id == user.pk
        free = case.handler_id is None
        at_desk = bool(policies.may_handle(user, case))
        return {
            "claim": free and at_desk,
            "take_over": reaches and not hers and not (free and at_desk),
            "hand_over": reaches,
            "put_back": not free and (hers or reaches),
            "recuse": recuse,
        }

    def adding(self) -> dict[str, bool]:
        """Whether she may add papers now, and note what of a request was brought to the desk."""
        case, user = self.case, self.request.user
        handles = bool(policies.may_handle(user, case))
        return {
            "may_add": handles and document_policies.open_for_documents(user, case, now=self.now),
            "may_note_supplied": handles and case.stage == Stage.RETURNED,
        }

    def papers(self) -> list[dict]:
        """Each paper with its kind in words, what is odd about it, and whether she may open it."""
        kinds = {kind.item: kind.text for kind in self.service.document_kinds(self.case)}
        found = list(document_queries.documents_of(self.case).select_related("uploaded_by"))
        elsewhere = document_queries.lies_elsewhere(found)
        return [
            {
                "paper": paper,
                "kind": kinds.get(paper.kind, _("Other papers")),
                "elsewhere": elsewhere.get(paper.digest, 0),
                "may_open": bool(document_policies.may_open_document(self.request.user, paper)),
            }
            for paper in found
        ]

    def told(self, event: CaseEvent) -> Told:
        step = next((s for s in self.case.route.steps.all() if s.position == event.position), None)
        words, desk = wording.event_words(event), wording.desk_words(event)
        return Told(event, words, desk, str(step or ""), wording.tie_words(event))


class TakeInHand(OneCase, View):
    """Claim, take over, put back: one button each, done at once, said on the page."""

    http_method_names = ["post"]
    action = staticmethod(handling.claim)
    done = ""

    def post(self, request, token):
        try:
            type(self).action(self.case, by=request.user, now=clock.now())
            messages.success(request, self.done)
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        return redirect(reverse("casework_desk:case", args=[token]))


class Claim(TakeInHand):
    done = gettext_lazy("The case is in your hands.")


class TakeOver(TakeInHand):
    action = staticmethod(handling.take_over)
    done = gettext_lazy("You have taken the case over.")


class PutBack(TakeInHand):
    action = staticmethod(handling.put_back)
    done = gettext_lazy("The case lies with the desk again.")
