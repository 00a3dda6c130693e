"""The timeline of a case, as the checks read it."""

from collections import namedtuple

from services.casework.models import Case, CaseEvent

EVENT = ("verb", "source", "target", "position", "by", "by_staff", "at", "pk")
Past = namedtuple("Past", EVENT)
# The line with which a draft begins: it leads to the first version.
OPENED = "open"


def past_of(case: Case) -> list:
    """What happened to it, in the order in which it was written, whatever the clocks of several machines say: rows with
    the names of ``EVENT``, ``by`` a key. One query, none where the events were read with the case or ahead of judging
    many."""
    if case.ahead is not None:
        return case.ahead.past
    if "events" in getattr(case, "_prefetched_objects_cache", {}):
        rows = (
            Past(e.verb, e.source, e.target, e.position, e.by_id, e.by_staff, e.at, e.pk) for e in case.events.all()
        )
        return sorted(rows, key=lambda event: event.pk)
    return list(case.events.order_by("pk").values_list(*EVENT, named=True))


def moves_of(case: Case) -> list:
    """Those lines of its timeline that led from one version to the next."""
    return [event for event in past_of(case) if event.target and event.verb != OPENED]


def move_from(case: Case, version: int):
    """What was done to the case as it stood with this version; None when nothing was."""
    moves = moves_of(case)
    return moves[version - 1] if 0 < version <= len(moves) else None


def told_of(event) -> CaseEvent:
    """The line itself, with whoever set it in motion. One query."""
    return CaseEvent.objects.select_related("by").get(pk=event.pk)
