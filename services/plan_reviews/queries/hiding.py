"""Which places' numbers of people stay hidden, of protected elements and for each year; alike for every reader."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import Q

from services.indicators.models import Element, Place
from services.indicators.queries.totals import parts_of, plain
from services.indicators.rules.hiding import hidden_places, hidden_splits, widest

# By element: the places whose number stays hidden, and the most that anybody may take it for (None: without end).
Hidden = dict[int, dict[int, int | None]]


def threshold() -> int:
    return settings.SMALL_CELL_THRESHOLD


def around(places: Iterable[Place], *, named: bool = False) -> list[Place]:
    """The places, those above them, and everything directly below any of these: what decides on them. A query, and one
    for each level above. ``named``: by path, with organisation and year."""
    places = list(places)
    chain = {place.pk for place in places}
    waiting = {place.above_id for place in places if place.above_id}
    while waiting - chain:
        chain |= waiting
        rows = Place.objects.unscoped().filter(pk__in=waiting, above__isnull=False)
        waiting = set(rows.values_list("above_id", flat=True))
    rows = Place.objects.unscoped().filter(Q(pk__in=chain) | Q(above__in=chain))
    return list(rows.select_related("round", "organization").order_by("organization__path") if named else rows)


def hidden_of(places: Collection[Place], elements: dict[int, Element]) -> Hidden:
    """``places`` as ``around`` gives them, of any years."""
    protected = {key: element for key, element in elements.items() if element.protected}
    if not protected or not places:
        return {}
    parts = parts_of(places, protected)
    few = threshold()
    found: Hidden = defaultdict(dict)
    for tops, below, of_year in _trees(places):
        for key, element in protected.items():
            counts = {str(pk): plain(part.known) for pk in of_year if (part := parts.get(pk, {}).get((key, "")))}
            for top in tops:
                hidden = hidden_places(top, below, counts, few)
                # What isn't added up leaves nothing over.
                most = widest(top, below, counts if element.summed else {}, hidden, few) if hidden else {}
                found[key] |= {int(pk): most.get(pk) for pk in hidden}
    return found


def hidden_rows_of(places: Collection[Place], element: Element, cuts: Collection[str]) -> frozenset[int]:
    """The places whose row of a split stays hidden, of a protected element."""
    if not element.protected:
        return frozenset()
    parts = parts_of(places, {element.pk: element}, cuts=True)
    found: set[int] = set()
    for tops, below, of_year in _trees(places):
        rows = {}
        for pk in of_year:
            known = [parts.get(pk, {}).get((element.pk, cut)) for cut in cuts]
            numbers = [plain(part.known) if part else None for part in known]
            rows[str(pk)] = None if None in numbers else numbers
        for top in tops:
            found |= {int(pk) for pk in hidden_splits(top, below, rows, threshold())}
    return frozenset(found)


def _trees(places: Collection[Place]):
    """By year: the tops, who lies below whom, and every place."""
    years: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        years[place.round_id].append(place)
    for of_year in years.values():
        keys = {place.pk for place in of_year}
        below: dict[str, list[str]] = defaultdict(list)
        for place in of_year:
            if place.above_id in keys:
                below[str(place.above_id)].append(str(place.pk))
        tops = [str(place.pk) for place in of_year if place.above_id not in keys]
        yield tops, below, keys
