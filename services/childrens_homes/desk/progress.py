"""How far a programme has come: the timeline of its milestones, and the tree of its letters."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from services.childrens_homes import policies, workflow
from services.childrens_homes.actions import letters, milestones
from services.childrens_homes.desk.overview import ProgrammePage
from services.childrens_homes.desk.pages import ByVerb, HomesPage, OfProgramme, desk_url, steps_of
from services.childrens_homes.desk.papers import papers_shown
from services.childrens_homes.enums import Chain
from services.childrens_homes.forms.programme import DoneForm
from services.childrens_homes.forms.siting import LetterForm, SignForm
from services.childrens_homes.models import Letter, Milestone, MilestoneDone
from services.childrens_homes.queries.progress import Node, letter_below, letter_tree, letters_for, timeline
from services.childrens_homes.queries.story import story_of
from services.childrens_homes.rules import milestones as rules
from services.childrens_homes.wording import verbs
from services.childrens_homes.wording.progress import STANDINGS
from services.foundation import clock
from services.foundation.desk import StepForm
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization

_OFFICER = frozenset({Role.WF_OFFICER})


class Timeline(ProgrammePage, TemplateView):
    page_title = gettext_lazy("Milestones")
    template_name = "childrens_homes/desk/timeline.html"

    def get_context_data(self, **kwargs):
        steps = timeline(self.request.user, self.programme, clock.today()) if self.programme else []
        return super().get_context_data(rows=[self._row(one) for one in steps], **kwargs)

    def _row(self, step) -> dict:
        first, last = _year(self.programme.year)
        begin, length = rules.share(step.milestone.from_on, step.milestone.until_on, first, last)
        parts = [self._part(step.milestone, one) for one in step.parts]
        return {
            "milestone": step.milestone,
            "begin": begin,
            "length": length,
            "parts": parts,
            "late": [one for one in parts if one["standing"] == rules.LATE],
            "done": sum(one["done"] is not None for one in parts),
        }

    def _part(self, milestone: Milestone, part) -> dict:
        user, year = self.request.user, self.programme.year
        may = bool(policies.may_act_for(user, part.organization))
        return {
            "name": part.organization.name,
            "due": part.due,
            "done": part.done,
            "standing": part.standing,
            "words": STANDINGS[part.standing],
            "url": desk_url("milestone_done", year, milestone.code, part.organization.code) if may else "",
            "papers": papers_shown(part.done) if part.done and may else [],
            "paper_add": desk_url("paper_add", "milestone", part.done.pk) if part.done and may else "",
        }


def _year(year: int):
    return date(year, 1, 1), date(year, 12, 31)


class MilestoneDoneEdit(StepForm, OfProgramme):
    page_title = gettext_lazy("Record it as done")
    form_class = DoneForm

    @cached_property
    def milestone(self) -> Milestone:
        rows = Milestone.objects.unscoped().filter(programme=self.programme).select_related("programme__city")
        return get_object_or_404(rows, code=self.kwargs["code"])

    @cached_property
    def place(self) -> Organization:
        rows = Organization.objects.visible_to(self.request.user).below(self.programme.city.path)
        return get_object_or_404(rows.filter(depth__lte=2), code=self.kwargs["place"])

    def allowed(self):
        verdict = super().allowed()
        if not verdict:
            return verdict
        self.milestone  # noqa: B018 - an unknown one is answered before rights are asked
        return policies.may_act_for(self.request.user, self.place)

    @property
    def intro(self):
        return f"{self.milestone.code} {self.milestone.get_code_display()} · {self.place.name}"

    def get_initial(self):
        rows = MilestoneDone.objects.unscoped().filter(milestone=self.milestone, organization=self.place)
        there = rows.first()
        if there:
            return {"done_on": there.done_on, "evidence": there.evidence}
        return {"done_on": clock.today()}

    def act(self, form):
        milestones.record_done(
            self.milestone, self.place, by=self.request.user, today=clock.today(), **form.cleaned_data
        )
        return _("Recorded. Add the paper beside it.")

    def get_success_url(self):
        return f"{desk_url('timeline')}?year={self.programme.year}"


class LetterTree(ProgrammePage, TemplateView):
    page_title = gettext_lazy("Letters of responsibility")
    template_name = "childrens_homes/desk/letters.html"

    def get_context_data(self, **kwargs):
        trees = letter_tree(self.request.user, self.programme) if self.programme else {}
        chains = [(Chain(code).label, nodes, *_counted(nodes)) for code, nodes in trees.items()]
        return super().get_context_data(
            chains=chains, may_write=bool(policies.may_act_somewhere(self.request.user)), **kwargs
        )


def _counted(nodes: list[Node]) -> tuple[int, int]:
    """How many nodes there are, and how many aren't signed by both."""
    every = [*nodes, *(below for node in nodes for below in node.below)]
    return len(every), sum(not node.signed for node in every)


class LetterAdd(StepForm, OfProgramme):
    page_title = gettext_lazy("Write a letter of responsibility")
    form_class = LetterForm
    submit_label = gettext_lazy("Write it")
    intro = gettext_lazy(
        "Between an organisation and the one directly above it. A letter of a township wants the letter of its county."
    )

    def allowed(self):
        return super().allowed() and policies.may_act_somewhere(self.request.user)

    def get_form_kwargs(self):
        below = Organization.objects.visible_to(self.request.user, roles=_OFFICER).below(self.programme.city.path)
        return super().get_form_kwargs() | {"below": below.open().filter(kind__in=[Kind.COUNTY_WF, Kind.TOWNSHIP_WF])}

    def get_initial(self):
        return {"chain": self.request.GET.get("chain", ""), "below": self.request.GET.get("below", "")[:40]}

    def act(self, form):
        data = dict(form.cleaned_data)
        self.made = letters.draft_letter(self.programme, data.pop("below"), by=self.request.user, **data)
        return _("The letter is written. Have both sides sign it.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return desk_url("letter", made.token) if made else f"{desk_url('letters')}?year={self.programme.year}"


class OneLetter(HomesPage):
    @cached_property
    def letter(self) -> Letter:
        return get_object_or_404(letters_for(self.request.user), token=self.kwargs["token"])

    @property
    def title(self) -> str:
        return f"{self.letter.party_a.name} – {self.letter.party_b.name}"

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.letter  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        above = [
            {
                "url": f"{desk_url('letters')}?year={self.letter.programme.year}",
                "label": _("Letters of responsibility"),
            },
            {"url": desk_url("letter", self.letter.token), "label": self.title},
        ]
        return [*super().trail(), *above]

    def get_success_url(self):
        return desk_url("letter", self.letter.token)

    def get_page_subtitle(self):
        return self.title

    def side_of(self, level: str) -> Organization:
        return self.letter.party_a if level == workflow.PARTY_A else self.letter.party_b

    def get_context_data(self, **kwargs):
        return super().get_context_data(letter=self.letter, **kwargs)


class LetterDetail(OneLetter, TemplateView):
    template_name = "childrens_homes/desk/letter.html"

    def get_page_title(self):
        return self.title

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": self.title}]

    def get_context_data(self, **kwargs):
        one, user = self.letter, self.request.user
        return super().get_context_data(
            steps=steps_of(
                workflow.LETTER,
                one,
                verbs.LETTER,
                may=lambda level: policies.may_act_for(user, self.side_of(level)),
                url=lambda verb: desk_url("letter_step", one.token, verb),
            ),
            below=letter_below(one, user),
            may_add=bool(policies.may_act_for(user, one.party_b)),
            papers=papers_shown(one),
            paper_add=desk_url("paper_add", "letter", one.token),
            history=story_of(one),
            **kwargs,
        )


class LetterStep(ByVerb, OneLetter):
    words, table = verbs.LETTER, workflow.LETTER

    @property
    def signs(self) -> bool:
        return self.kwargs["verb"] in ("sign_a", "sign_b")

    def get_form_class(self):
        return SignForm if self.signs else super().get_form_class()

    def get_initial(self):
        return {"signed_on": clock.today()} if self.signs else {}

    def allowed(self):
        verdict = super().allowed()
        if not verdict:
            return verdict
        self.verb  # noqa: B018 - an unknown one is answered before rights are asked
        level = next(one.who for one in self.table if one.verb == self.kwargs["verb"])
        return policies.may_act_for(self.request.user, self.side_of(level))

    def move(self, reason, form):
        letters.move_letter(
            self.letter,
            self.kwargs["verb"],
            by=self.request.user,
            today=clock.today(),
            signed_on=form.cleaned_data.get("signed_on"),
            reason=reason,
        )
