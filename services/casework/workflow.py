"""The one table of stages: which verb leads from where to where, who may, and what it asks for.

The buttons, the checks and the tests come from it. Plain codes: labels and wording stand elsewhere. The step of the
review route (``position``) moves within ``in_review``; a route's step of kind ``public_notice`` is left through
``publish`` and ``end_notice``. A clock that is ``paused`` doesn't count towards the promised days.
"""

from dataclasses import dataclass

APPLICANT, HANDLER, SYSTEM = "applicant", "handler", "system"

PAUSED = frozenset({"draft", "returned"})
FIRST, LAST = "draft", frozenset({"closed", "refused", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Edge:
    """``reason``: words that the applicant reads are required. ``second``: never by whoever decided before.

    ``kinds`` names the kinds of step at which the verb is offered; empty: at every step.
    """

    verb: str
    source: str
    target: str
    actor: str
    reason: bool = False
    second: bool = False
    kinds: frozenset[str] = frozenset()


_CHECKING = frozenset({"verify", "home_visit", "file"})

EDGES: tuple[Edge, ...] = (
    Edge("submit", "draft", "in_review", APPLICANT),
    Edge("withdraw", "draft", "withdrawn", APPLICANT),
    Edge("pass_step", "in_review", "in_review", HANDLER, kinds=_CHECKING),
    Edge("return", "in_review", "returned", HANDLER, reason=True, kinds=frozenset({"verify", "home_visit", "approve"})),
    Edge("resubmit", "returned", "in_review", APPLICANT),
    Edge("withdraw", "returned", "withdrawn", APPLICANT),
    Edge("withdraw", "in_review", "withdrawn", APPLICANT),
    Edge("withdraw", "notice", "withdrawn", APPLICANT),
    Edge("publish", "in_review", "notice", HANDLER, kinds=frozenset({"public_notice"})),
    Edge("end_notice", "notice", "in_review", SYSTEM),
    Edge("take_down", "notice", "in_review", HANDLER, reason=True),
    Edge("object", "notice", "objection", SYSTEM),
    Edge("settle_objection", "objection", "notice", HANDLER, reason=True, second=True),
    Edge("refuse", "objection", "refused", HANDLER, reason=True, second=True),
    Edge("refuse", "in_review", "refused", HANDLER, reason=True),
    Edge("approve", "in_review", "approved", HANDLER, kinds=frozenset({"approve"})),
    Edge("start_payment", "approved", "being_paid", SYSTEM),
    Edge("close", "approved", "closed", SYSTEM),
    Edge("close", "being_paid", "closed", SYSTEM),
    Edge("appeal", "refused", "appealed", APPLICANT, reason=True),
    Edge("uphold", "appealed", "refused", HANDLER, reason=True, second=True),
    Edge("reopen", "appealed", "in_review", HANDLER, reason=True, second=True),
    Edge("reopen", "closed", "in_review", HANDLER, reason=True),
)

STAGES = tuple(dict.fromkeys(stage for edge in EDGES for stage in (edge.source, edge.target)))


def edge_of(verb: str, source: str) -> Edge | None:
    """The row for ``verb`` from ``source``; None when it can't be done there."""
    return next((edge for edge in EDGES if (edge.verb, edge.source) == (verb, source)), None)


def edges_from(source: str, *, kind: str = "", actor: str = "") -> tuple[Edge, ...]:
    """What may happen to a case at ``source`` whose step is of ``kind``, by ``actor`` (empty: anybody)."""
    return tuple(
        edge
        for edge in EDGES
        if edge.source == source
        and (not actor or edge.actor == actor)
        and (not edge.kinds or not kind or kind in edge.kinds)
    )


def _faults() -> list[str]:
    """Each stage is reached from the first, each but the last ones can be left, no row stands twice."""
    reached, fresh = {FIRST}, {FIRST}
    while fresh:
        fresh = {edge.target for edge in EDGES if edge.source in fresh} - reached
        reached |= fresh
    left = {edge.source for edge in EDGES}
    return [
        *(f"{stage} is never reached" for stage in STAGES if stage not in reached),
        *(f"{stage} is never left" for stage in STAGES if stage not in left | LAST),
        *(["a verb stands twice for one stage"] if len({(e.verb, e.source) for e in EDGES}) < len(EDGES) else []),
    ]


if found := _faults():
    raise ValueError(f"The table of stages is broken: {'; '.join(found)}")
