"""Where a union stands with its women workers' organisation on a day, and why (§4.1).

What is required follows from the women members ([S131] Art. 11: ten and more need a committee, fewer a commissioner);
set up together means three times on the same day or nearly (三同时: prepared, elected, approved [S134]); the term is
the union's own ([S135]); the head is a chair or deputy chair of the union or is treated as one ([S131]). A value that
nobody stated is unknown, never "no".
"""

from dataclasses import dataclass, field
from datetime import date

from services.coverage.enums import Answer, Form, Required, SizeClass, TermStanding, UnionPost
from services.foundation.verdict import Finding, Outcome

QUALIFYING = frozenset({UnionPost.CHAIR, UnionPost.DEPUTY, UnionPost.EQUAL})
_SET_UP = frozenset({Form.COMMITTEE, Form.COMMISSIONER})
_SMALL, _MEDIUM = 24, 199


@dataclass(frozen=True, slots=True)
class Asked:
    """What the federation asks for on that day; ``ending_days``: from so many days before its end a term ends soon."""

    committee_from: int
    same_time_days: int
    ending_days: int
    source: str


@dataclass(frozen=True, slots=True)
class Dates:
    """The three founding steps of one body."""

    prepared: date | None = None
    elected: date | None = None
    approved: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is on record of a union. ``form`` '': nothing is. ``chair_post`` None: no head is on record, '': her post
    in the union isn't stated; ``chair_left``: there was a head in this term and she left."""

    women_members: int | None = None
    established_on: date | None = None
    form: str = ""
    own: Dates = field(default_factory=Dates)
    unions: Dates = field(default_factory=Dates)
    in_office: bool = False
    ends_on: date | None = None
    union_ends_on: date | None = None
    chair_post: str | None = None
    chair_left: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Codes of ``enums``, and the finding behind each."""

    required: str
    built: str
    simultaneous: str
    term: str
    in_step: str
    chair_qualified: str
    size: str
    findings: tuple[Finding, ...]


def standing(facts: Facts, asked: Asked, on: date) -> Standing:
    """The standing of a union on a day."""
    required, why_required = _required(facts, asked)
    built, why_built = _built(facts, required, asked)
    simultaneous, why_together = _simultaneous(facts, asked)
    term, why_term = _term(facts, asked, on)
    in_step, why_step = _in_step(facts, asked)
    qualified, why_head = _chair(facts, asked)
    return Standing(
        required=required,
        built=built,
        simultaneous=simultaneous,
        term=term,
        in_step=in_step,
        chair_qualified=qualified,
        size=size_class(facts.women_members, asked.committee_from),
        findings=(why_required, why_built, *why_together, why_term, why_step, why_head),
    )


def size_class(women_members: int | None, committee_from: int) -> SizeClass:
    """By women members; below the threshold comes first, wherever the threshold lies."""
    if women_members is None:
        return SizeClass.UNKNOWN
    if women_members == 0:
        return SizeClass.NONE
    if women_members < committee_from:
        return SizeClass.BELOW
    if women_members <= _SMALL:
        return SizeClass.SMALL
    return SizeClass.MEDIUM if women_members <= _MEDIUM else SizeClass.LARGE


def gap(own: date, unions: date) -> int:
    """Days between two founding dates, whichever came first."""
    return abs((own - unions).days)


def unions_dates(facts: Facts) -> Dates:
    """The union's founding steps; what isn't stated is taken to be the day on which it was established."""
    given = facts.unions
    day = facts.established_on
    return Dates(given.prepared or day, given.elected or day, given.approved or day)


def _required(facts: Facts, asked: Asked) -> tuple[str, Finding]:
    women = facts.women_members
    figures = {"women_members": women, "committee_from": asked.committee_from}
    if women is None:
        return Required.UNKNOWN, Finding("required", Outcome.UNKNOWN, figures, source=asked.source)
    if women >= asked.committee_from:
        required = Required.COMMITTEE
    else:
        required = Required.COMMISSIONER if women else Required.NOTHING
    return required, Finding("required", Outcome.NOTE, figures | {"required": str(required)}, source=asked.source)


def _built(facts: Facts, required: str, asked: Asked) -> tuple[str, Finding]:
    """A committee does everywhere; a commissioner only where no committee is required."""
    form = facts.form
    if not form:
        answer = Answer.UNKNOWN
    elif form == Form.COMMITTEE:
        answer = Answer.YES
    elif form == Form.COMMISSIONER:
        answer = {Required.COMMITTEE: Answer.NO, Required.UNKNOWN: Answer.UNKNOWN}.get(required, Answer.YES)
    else:
        answer = Answer.NO
    return answer, _finding("built", answer, {"form": str(form), "required": str(required)}, asked)


def _simultaneous(facts: Facts, asked: Asked) -> tuple[str, tuple[Finding, ...]]:
    """One date too far from the union's is enough for "no"; "yes" needs all three. A commissioner is appointed: what
    isn't stated of her preparation and approval isn't asked."""
    unions = unions_dates(facts)
    found = []
    for step in ("prepared", "elected", "approved"):
        if facts.form == Form.COMMISSIONER and step != "elected" and getattr(facts.own, step) is None:
            continue
        own, theirs = getattr(facts.own, step), getattr(unions, step)
        figures = {"own": _iso(own), "union": _iso(theirs), "within": asked.same_time_days}
        if own is None or theirs is None:
            found.append((Answer.UNKNOWN, _finding(f"{step}_together", Answer.UNKNOWN, figures, asked)))
            continue
        days = gap(own, theirs)
        answer = Answer.YES if days <= asked.same_time_days else Answer.NO
        found.append((answer, _finding(f"{step}_together", answer, figures | {"days": days}, asked)))
    answers = {answer for answer, _why in found} if facts.form in _SET_UP else {Answer.UNKNOWN}
    whole = Answer.NO if Answer.NO in answers else Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES
    return whole, tuple(why for _answer, why in found)


def _term(facts: Facts, asked: Asked, on: date) -> tuple[str, Finding]:
    """``ends_on`` is the last day: a term is overdue from the next one on."""
    ends = facts.ends_on
    figures = {"ends_on": _iso(ends), "ending_days": asked.ending_days, "in_office": facts.in_office}
    if not facts.in_office or ends is None:
        outcome = Outcome.UNKNOWN if facts.in_office else Outcome.NOTE
        return TermStanding.NONE, Finding("term", outcome, figures, source=asked.source)
    left = (ends - on).days
    if left < 0:
        term = TermStanding.OVERDUE
    else:
        term = TermStanding.ENDING if left <= asked.ending_days else TermStanding.RUNNING
    outcome = Outcome.FAILED if term == TermStanding.OVERDUE else Outcome.PASSED
    return term, Finding("term", outcome, figures | {"term": str(term)}, source=asked.source)


def _in_step(facts: Facts, asked: Asked) -> tuple[str, Finding]:
    own, unions = facts.ends_on if facts.in_office else None, facts.union_ends_on
    figures = {"own": _iso(own), "union": _iso(unions), "within": asked.same_time_days}
    if own is None or unions is None:
        return Answer.UNKNOWN, _finding("in_step", Answer.UNKNOWN, figures, asked)
    days = gap(own, unions)
    answer = Answer.YES if days <= asked.same_time_days else Answer.NO
    return answer, _finding("in_step", answer, figures | {"days": days}, asked)


def _chair(facts: Facts, asked: Asked) -> tuple[str, Finding]:
    """Asked of heads of committees alone; a vacancy isn't qualified, a post that nobody stated isn't known."""
    figures = {"union_post": facts.chair_post, "vacant": facts.chair_post is None and facts.chair_left}
    if facts.form != Form.COMMITTEE:
        answer = Answer.UNKNOWN
    elif facts.chair_post is None:
        answer = Answer.NO if facts.chair_left else Answer.UNKNOWN
    elif not facts.chair_post:
        answer = Answer.UNKNOWN
    else:
        answer = Answer.YES if facts.chair_post in QUALIFYING else Answer.NO
    return answer, _finding("chair_qualified", answer, figures, asked)


_OUTCOMES = {Answer.YES: Outcome.PASSED, Answer.NO: Outcome.FAILED, Answer.UNKNOWN: Outcome.UNKNOWN}


def _finding(code: str, answer: Answer, figures: dict, asked: Asked) -> Finding:
    return Finding(code, _OUTCOMES[answer], figures, source=asked.source)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
