"""What a programme is before anybody applies: who can have it, what she gets, which papers, how long it takes."""

from dataclasses import dataclass
from datetime import date

from services.casework.enums import RouteState
from services.casework.models import ReviewRoute
from services.relief import queries, wording
from services.relief.enums import ProgrammeKind
from services.relief.models import Programme
from services.relief.rules.amounts import compute
from services.relief.rules.asking import needs_event, rests_on_file
from services.relief.rules.eligibility import assess
from services.relief.rules.facts import Facts
from services.relief.rules.outlook import with_window
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class About:
    """``rules`` in words; ``papers`` that are always asked and those that are asked ``sometimes``; days are working
    days; ``file_first``: where to apply for the hardship file that this programme builds on, when she isn't on it."""

    title: str
    summary: str
    rules: list[str]
    sum_rule: str
    papers: list[str]
    sometimes: list[str]
    contact_days: int
    decision_days: int
    steps: list[str]
    asks_file: bool
    asks_event: bool
    pays: bool
    source: str
    file_first: str


def described(programme: Programme, worker: Worker | None, *, on: date) -> About:
    unknown = Facts(on=on)
    route = ReviewRoute.objects.filter(code=programme.route_code, state=RouteState.ACTIVE).first()
    pays = programme.kind != ProgrammeKind.FILING
    return About(
        title=wording.programmes.title(programme),
        summary=wording.programmes.summary(programme),
        rules=[wording.explain(one).rule for one in assess(with_window(programme), unknown)],
        sum_rule=_sum_rule(programme, unknown) if pays else "",
        papers=[wording.review.document(one["kind"]) for one in programme.documents if _always(one)],
        sometimes=[wording.review.document(one["kind"]) for one in programme.documents if not _always(one)],
        contact_days=route.contact_days if route else 0,
        decision_days=route.decision_days if route else 0,
        steps=wording.programmes.steps(route) if route else [],
        asks_file=rests_on_file(programme),
        asks_event=needs_event(programme),
        pays=pays,
        source=programme.source,
        file_first=_file_first(programme, worker),
    )


def _always(paper: dict) -> bool:
    return bool(paper.get("required")) and not paper.get("when")


def _sum_rule(programme: Programme, unknown: Facts) -> str:
    found = compute(programme.amount_kind, programme.amount, programme.caps, unknown).findings
    return wording.explain(found[0]).rule if found else ""


def _file_first(programme: Programme, worker: Worker | None) -> str:
    """The code of the programme of the hardship file; empty when she is on file, or it isn't needed."""
    if worker is None or not any(one.get("code") == "on_file" for one in programme.conditions):
        return ""
    filing = None if queries.on_file(worker) else queries.filing_for(worker.organization)
    return filing.code if filing else ""
