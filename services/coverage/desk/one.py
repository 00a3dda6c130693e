"""One union on one screen: what is required and why, who is in office, what comes next, how it came about."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from services.casework.enums import ScanState
from services.coverage import policies, wording
from services.coverage.desk.pages import UnionPage, desk_url
from services.coverage.enums import READERS, UNDER_WAY, AssessmentState, Form, Position, TermState
from services.coverage.queries import records
from services.coverage.queries.checklists import binding, years_of
from services.coverage.queries.papers import papers_for
from services.coverage.queries.reminders import reminders_of
from services.coverage.wording.story import details
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.verdict import Finding, Outcome
from services.organizations.policies import may_manage

_MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "!", Outcome.UNKNOWN: "?", Outcome.NOTE: "·"}


class Record(UnionPage, TemplateView):
    template_name = "coverage/desk/record.html"

    def get_page_title(self):
        return self.union.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        user, union = self.request.user, self.union
        may_file = bool(policies.may_file(user, union)) and union.closed_on is None
        standing = records.standing_of(union)
        in_office = next((term for term in self.terms if term.state == TermState.IN_OFFICE), None)
        under_way = next((term for term in self.terms if term.state in UNDER_WAY), None)
        decision = policies.may_decide(user, under_way) if under_way else None
        return super().get_context_data(
            standing=standing,
            said=[_said(one) for one in (standing.findings if standing else [])],
            asked=self.asked,
            in_office=in_office,
            sitting=[seat for seat in in_office.everybody if seat.until_on is None] if in_office else [],
            vacant=_vacant(in_office) if in_office else [],
            can_add=bool(in_office) and may_file and in_office.form == Form.COMMITTEE,
            under_way=under_way,
            earlier=[term for term in self.terms if term not in (in_office, under_way)],
            papers=[(paper, paper.scan == ScanState.CLEAN) for paper in papers_for(user, union)],
            history=[(one, details(one)) for one in records.story_of(self.committee)] if self.committee else [],
            may_file=may_file,
            may_correct=bool(policies.may_correct(user, union)) and union.closed_on is None,
            may_edit_union=bool(may_manage(user, union)),
            next_steps=next_steps(self.union, standing, in_office, under_way, may_file=may_file, decision=decision),
            why_not=_why_not(under_way, decision, may_file),
            reminders=reminders_of(union),
            at_a_glance=self._at_a_glance(),
            **self._assessed(may_file),
            **kwargs,
        )

    def _at_a_glance(self) -> str:
        """The federation's view of what lies directly above, where she reads it; else of the union itself."""
        parent = self.union.get_parent()
        reads = parent and scope_of(self.request.user).covers(parent.path, roles=READERS)
        return reverse("coverage_view:at", args=[(parent if reads else self.union).code])

    def _assessed(self, may_file: bool) -> dict:
        """This year's self-assessment or the way to begin it, and the years that were reviewed."""
        year, years = clock.today().year, years_of(self.union)
        this_year = next((one for one in years if one.year == year), None)
        return {
            "year": year,
            "assessment": this_year,
            "scores": [one for one in years if one.state == AssessmentState.REVIEWED],
            "may_begin": this_year is None and may_file and binding(self.union) is not None,
        }


def _said(stored: dict) -> dict:
    finding = Finding.from_json(stored)
    words = wording.explain(finding)
    return {"mark": _MARKS[finding.outcome], "words": words, "source": wording.source(finding)}


def _vacant(term) -> list:
    """Seats that somebody left and nobody has taken since."""
    left = [seat for seat in term.everybody if seat.until_on is not None and not hasattr(seat, "replaced_by")]
    headed = any(seat.position == Position.CHAIR and seat.until_on is None for seat in term.everybody)
    return [seat for seat in left if not (seat.position == Position.CHAIR and headed)]


def next_steps(union, standing, in_office, under_way, *, may_file: bool, decision) -> list[dict]:
    """The only things that this person may do with the term now; the first is what is due."""
    found = []

    def add(name: str, label: str, *arguments) -> None:
        found.append({"url": desk_url(name, union.code, *arguments), "label": label, "first": not found})

    if under_way:
        if decision and under_way.state == TermState.ELECTED:
            add("approve", pgettext("term of office", "Approve"), under_way.number)
            add("send_back", _("Return with words"), under_way.number)
        if may_file:
            if under_way.state == TermState.PREPARED:
                add("elect", _("File the election"), under_way.number)
            elif under_way.state == TermState.RETURNED:
                add("elect", _("Correct the election and file it again"), under_way.number)
            add("call_off", _("Call it off"), under_way.number)
    elif may_file and standing is not None:
        few = standing.required == "commissioner"
        committee = _("Prepare the re-election") if in_office else _("Prepare a committee")
        commissioner = _("Appoint the next commissioner") if in_office else _("Appoint a commissioner")
        if few:
            add("appoint", commissioner)
        add("prepare", committee)
    return found


def _why_not(under_way, decision, may_file: bool) -> str:
    """Why she who looks at a request can't decide on it, where she might expect to."""
    if under_way is None or under_way.state != TermState.ELECTED or decision:
        return ""
    return _("It waits for the approval of the federation above.") if may_file else str(decision.reason)
