"""Lives of things as tables: from where, by which verb, to where, by whom, whether it wants a reason.

An app keeps its tables in ``workflow.py``; each has one writer, which asks ``edge`` before it moves anything.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edge:
    """``who`` is a code of the app's own, for the policy that decides who that is."""

    origin: str
    verb: str
    target: str
    who: str
    needs_reason: bool = False


def edge(table: tuple[Edge, ...], origin: str, verb: str, target: str = "") -> Edge | None:
    """The edge that ``verb`` takes from ``origin``, to ``target`` where it has several; None where there is none."""
    return next(
        (one for one in table if one.origin == origin and one.verb == verb and target in ("", one.target)), None
    )


def verbs_from(table: tuple[Edge, ...], origin: str, who: str = "") -> list[Edge]:
    """What may follow, for ``who`` alone where one is named; a verb with several targets once."""
    found: dict[str, Edge] = {}
    for one in table:
        if one.origin == origin and who in ("", one.who):
            found.setdefault(one.verb, one)
    return list(found.values())


def targets_of(table: tuple[Edge, ...], verb: str) -> frozenset[str]:
    return frozenset(one.target for one in table if one.verb == verb)
