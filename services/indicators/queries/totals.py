"""Reads of sums: what is known of elements at places and years, and indicators made of them. Values aren't read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.indicators.enums import IndicatorKind
from services.indicators.models import Element, Indicator, Place, Report, Total
from services.indicators.rules.ratios import NOTHING, Part, number, ratio


@dataclass(frozen=True, slots=True)
class Result:
    """An indicator at a place in a year. ``value`` None: no data, and the parts say why."""

    value: Fraction | None
    numerator: Part
    denominator: Part | None

    @property
    def estimated(self) -> bool:
        return bool(self.numerator.estimated or (self.denominator and self.denominator.estimated))

    @property
    def missing(self) -> int:
        """How many reporters haven't told a part of it."""
        return max(self.numerator.missing, self.denominator.missing if self.denominator else 0)


Parts = dict[tuple[int, str], Part]


def places_of(organization, *, years: Collection[int] | None = None) -> dict[int, Place]:
    """The place by year. One query."""
    rows = Place.objects.unscoped().filter(organization=organization).select_related("round", "organization")
    if years is not None:
        rows = rows.filter(round__year__in=years)
    return {place.round.year: place for place in rows}


def parts_of(places: Iterable[Place], elements: dict[int, Element], *, cuts: bool = False) -> dict[int, Parts]:
    """Sums by place, then by element and cut; expected reporters from the place. One query."""
    places = {place.pk: place for place in places}
    rows = Total.objects.filter(place__in=list(places))
    if not cuts:
        rows = rows.filter(cut="")
    if len(elements) <= 50:
        rows = rows.filter(element__in=list(elements))
    found: dict[int, Parts] = defaultdict(dict)
    expected = {
        (key, level): place.expected(level) for key, place in places.items() for level in map(int, place.reporters)
    }
    for key, element_id, cut, amount, told, absent, estimated in rows.values_list(
        "place_id", "element_id", "cut", "amount", "told", "absent", "estimated"
    ):
        element = elements.get(element_id)
        if element is not None:
            wanted = expected.get((key, element.level), 0) if element.summed else 1
            found[key][element_id, cut] = Part(amount, told, absent, estimated, wanted)
    return found


def unsaid(element: Element, place: Place) -> Part:
    """Nobody has told: how many should have."""
    return Part(expected=place.expected(element.level) if element.summed else int(element.asked_at(place.level)))


def result(indicator: Indicator, parts: Parts, place: Place | None, *, cut: str = "") -> Result:
    """Sums of numerators over sums of denominators; rates are never averaged."""

    def part(element: Element) -> Part:
        if place is None:
            return NOTHING
        return parts.get((element.pk, cut)) or unsaid(element, place)

    above = part(indicator.numerator)
    if indicator.kind == IndicatorKind.RATIO:
        below = part(indicator.denominator)
        return Result(ratio(above.known, below.known, indicator.factor), above, below)
    return Result(number(above.known, indicator.factor), above, None)


def elements_in(indicators: Iterable[Indicator]) -> dict[int, Element]:
    found = {}
    for one in indicators:
        found[one.numerator_id] = one.numerator
        if one.denominator is not None:
            found[one.denominator_id] = one.denominator
    return found


def results(indicators: Collection[Indicator], organization, years: Collection[int]) -> dict[int, dict[int, Result]]:
    """Indicators at one organisation: by indicator, then by year. Two queries, however many there are."""
    places = places_of(organization, years=years)
    parts = parts_of(places.values(), elements_in(indicators))
    return {
        one.pk: {year: result(one, parts.get(place.pk, {}), place) for year, place in places.items()}
        for one in indicators
    }


def tree_of(place: Place) -> list[Place]:
    """The whole tree of the place's year. One query."""
    rows = Place.objects.unscoped().filter(round=place.round_id).select_related("organization", "round")
    return list(rows.order_by("organization__path"))


def causes(places: Collection[int], elements: Collection[int]) -> dict[tuple[int, int], str]:
    """Why an element is missing where the place states it itself: the status of what it reported last. One query."""
    rows = Report.objects.unscoped().filter(place__in=places, latest=True, values__element__in=elements, values__cut="")
    told = rows.values_list("place_id", "values__element_id", "values__status")
    return {(place, element): status for place, element, status in told}


def plain(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
