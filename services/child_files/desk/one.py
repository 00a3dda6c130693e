"""One file on one screen. Opening it is on record; phones, addresses and the like stay masked until revealed."""

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.log_actions import registry as log_registry

from services.casework.enums import ScanState
from services.child_files import policies
from services.child_files.actions.papers import link_to
from services.child_files.actions.putting_right import FIXABLE
from services.child_files.actions.reading import open_file, reveal
from services.child_files.desk.lists import LATE_WORDS
from services.child_files.desk.pages import FilePage, desk_url
from services.child_files.enums import CURRENT, UNCONSENTED, Answer, FileState, GrantState, Purpose, Trait
from services.child_files.forms.guarding import RevealForm
from services.child_files.models import AccessGrant, Traits
from services.child_files.queries import board
from services.child_files.queries.consents import answers_of, open_questions
from services.child_files.queries.files import guardians_of, papers_shown, rules_of
from services.child_files.queries.guarding import open_wishes, reads_of
from services.child_files.rules.masks import mask_address, mask_child, mask_phone
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.masking import mask_identity, mask_name

_MOST = 12


class FileView(FilePage, TemplateView):
    """Whoever may not read it sees the masked head of it, and how to ask."""

    http_method_names = ["get", "head", "post"]
    page_title = gettext_lazy("Child's file")
    shown: dict = {}

    def get_template_names(self):
        return ["child_files/desk/file.html" if self.way else "child_files/desk/masked.html"]

    def get_page_subtitle(self):
        return self.child.code

    def get_breadcrumbs_items(self):
        return self.trail()

    def get(self, request, *args, **kwargs):
        if self.way:
            try:
                open_file(self.child, by=request.user, now=clock.now(), address=self.address)
            except Refused as refusal:
                return self.render_to_response(super().get_context_data(refused=refusal.message(staff=True)))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """One value in clear, on this answer alone."""
        policies.may_open(request.user, self.child, clock.now()).insist()
        form = RevealForm(request.POST)
        if form.is_valid():
            what, reason = form.cleaned_data["what"], form.cleaned_data["reason"]
            try:
                value = reveal(self.child, what, by=request.user, reason=reason, now=clock.now(), address=self.address)
            except LookupError:
                raise Http404 from None
            except Refused as refusal:
                form.add_error("reason", refusal.message(staff=True))
            else:
                self.shown, form = {what: value}, RevealForm()
        return self.render_to_response(self.get_context_data(reveal_form=form))

    def get_context_data(self, **kwargs):
        if not self.way:
            return super().get_context_data(**(self._masked() | kwargs))
        kwargs.setdefault("reveal_form", RevealForm())
        return super().get_context_data(**(self._whole() | kwargs))

    def _masked(self) -> dict:
        user, child = self.request.user, self.child
        mine = AccessGrant.objects.unscoped().filter(child=child, asked_by=user)
        return {
            "masked_name": mask_child(child.name) if child.name else "",
            "may_ask": bool(policies.may_ask(user, child)) and child.state in CURRENT,
            "may_break_glass": bool(policies.may_break_glass(user, child)) and child.state in CURRENT,
            "waiting": mine.filter(state=GrantState.ASKED).select_related("asked_of").first(),
            "withdrawable": list(self.standing.values()),
        }

    def _whole(self) -> dict:
        user, child = self.request.user, self.child
        now = clock.now()
        keeps = bool(policies.may_keep(user, child))
        days = board.days_on(localdate(now), rules_of(child.home.programme))
        return {
            "way": self.way,
            "keeps": keeps,
            "current": child.state in CURRENT,
            "unconsented": child.state in UNCONSENTED,
            "exited": child.state == FileState.EXITED,
            "fixable": keeps and child.state in FIXABLE,
            "wishes": list(open_wishes(child)) if keeps else [],
            "facts": self._facts(),
            "guardians": [self._guardian(link) for link in guardians_of(child)],
            "carers": [self._carer(one) for one in child.delegations.all()],
            "parents": [self._parent(one) for one in child.absences.all()],
            "traits": self._traits(),
            "opinions": list(child.opinions.all()),
            "consents": self._consents(),
            "open_questions": open_questions(child, now) if keeps else [],
            "contacts": list(child.contacts.all()[:_MOST]),
            "growth": list(child.growth.all()[:_MOST]),
            "results": list(child.results.all()[:_MOST]),
            "visits": list(child.visits.all()[:_MOST]),
            "meetings": list(child.meetings.all()[:_MOST]),
            "papers": self._papers(),
            "photos_hidden": Purpose.PHOTO_INSIDE not in self.standing,
            "late": [LATE_WORDS[kind] for kind in board.late_for(child, days)],
            "reads": list(reads_of(child).select_related("viewer")[:_MOST]),
            "history": log_registry.get_logs_for_instance(child).select_related("user")[:20],
        }

    def _value(self, what: str, clear: str, mask) -> dict:
        """A masked value, or the one that was asked for; ``what`` is what a reveal names."""
        if what in self.shown:
            return {"what": what, "value": self.shown[what], "open": True}
        return {"what": what, "value": mask(clear) if clear else "", "open": False}

    def _facts(self) -> dict:
        child = self.child
        facts = {"born": self._value("child-birth_date", child.birth_date, lambda _value: "****")}
        if child.id_number:
            facts["number"] = self._value("child-id_number", child.id_number, mask_identity)
        if child.health_note and Purpose.HEALTH in self.standing:
            facts["health"] = self._value("child-health_note", child.health_note, lambda _value: "****")
        return facts

    def _guardian(self, link) -> dict:
        key = link.guardian_id
        return {
            "link": link,
            "name": mask_name(link.guardian.name) if link.guardian.name else "",
            "phone": self._value(f"guardian-{key}-phone", link.guardian.phone, mask_phone),
            "place": self._value(f"guardian-{key}-address", link.guardian.address, mask_address),
        }

    def _carer(self, one) -> dict:
        return {
            "care": one,
            "name": mask_name(one.carer_name),
            "phone": self._value(f"carer-{one.pk}-carer_phone", one.carer_phone, mask_phone),
            "place": self._value(f"carer-{one.pk}-carer_address", one.carer_address, mask_address),
        }

    def _parent(self, one) -> dict:
        return {
            "absence": one,
            "place": self._value(f"parent-{one.pk}-works_at", one.works_at, mask_address),
            "phone": self._value(f"parent-{one.pk}-phone", one.phone, mask_phone),
        }

    def _traits(self):
        found = Traits.objects.unscoped().filter(child=self.child).first()
        if found:
            labels = dict(Trait.choices)
            found.words = [labels[code] for code in found.codes if code in labels]
        return found

    def _consents(self) -> list[dict]:
        last: dict[str, object] = {}
        for one in answers_of(self.child):
            last.setdefault(one.purpose, one)
        return [
            {
                "purpose": purpose,
                "answer": last.get(purpose),
                "stands": purpose in self.standing,
                "refused": bool(last.get(purpose) and last[purpose].answer == Answer.REFUSED),
            }
            for purpose in Purpose
            if purpose in self.uses or purpose in last
        ]

    def _papers(self) -> list[dict]:
        """Of a photo the list shows a blur; a link that ends in five minutes leads to it, and the look is on record."""
        return [
            {
                "paper": paper,
                "url": desk_url("paper", self.child.token, paper.token, link_to(paper, self.request.user))
                if paper.scan == ScanState.CLEAN and paper.file
                else "",
            }
            for paper in papers_shown(self.child, self.standing)
        ]
