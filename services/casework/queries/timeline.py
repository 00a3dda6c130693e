"""The timeline of a case, as the checks read it."""

from collections import namedtuple

from services.casework.models import Case

EVENT = ("verb", "source", "target", "position", "by", "by_staff", "at", "pk")
Past = namedtuple("Past", EVENT)


def past_of(case: Case) -> list:
    """What happened to it, the oldest first: rows with the names of ``EVENT``, ``by`` a key. One query, none where the
    events were read with the case or ahead of judging many."""
    if case.ahead is not None:
        return case.ahead.past
    if "events" in getattr(case, "_prefetched_objects_cache", {}):
        rows = (
            Past(e.verb, e.source, e.target, e.position, e.by_id, e.by_staff, e.at, e.pk) for e in case.events.all()
        )
        return sorted(rows, key=lambda event: (event.at, event.pk))
    return list(case.events.order_by("at", "pk").values_list(*EVENT, named=True))
