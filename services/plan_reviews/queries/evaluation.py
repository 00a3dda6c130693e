"""What a plan's indicators say of a place and a year: value, status, course, trend. Read from sums, not values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.indicators.enums import Extent
from services.indicators.models import Element, Indicator, Place, Reference
from services.indicators.queries.dictionary import defined_in, earlier_of
from services.indicators.queries.totals import Result, causes, elements_in, parts_of, places_of, result
from services.indicators.rules.ratios import number, ratio
from services.indicators.rules.values import MISSING
from services.organizations.models import Organization
from services.plan_reviews.enums import Origin
from services.plan_reviews.models import Plan, Target
from services.plan_reviews.queries.hiding import Hidden, around, hidden_of
from services.plan_reviews.queries.plans import binding, indicators_of_plan, targets_of
from services.plan_reviews.rules.changes import Change, change
from services.plan_reviews.rules.comparing import NO_DATA, WITHHELD, Aim
from services.plan_reviews.rules.counting import Counts, count
from services.plan_reviews.rules.course import Judged, Span, look
from services.plan_reviews.rules.telling import NOT_TOLD, told


@dataclass(frozen=True, slots=True)
class Line:
    """``hidden``: value and changes would tell on few people; status and course are told where they follow from what is
    shown, else withheld: then ``kept`` is the status, for the ledger alone. ``doubtful``: an estimate is among the
    parts."""

    indicator: Indicator
    target: Target | None
    national: Target | None
    reference: Reference | None
    result: Result
    judged: Judged
    since_last: Change | None
    since_base: Change | None
    hidden: bool = False
    cause: str = ""
    kept: str = ""

    @property
    def status(self) -> str:
        return self.judged.status

    @property
    def value(self) -> Fraction | None:
        return None if self.hidden else self.result.value

    @property
    def doubtful(self) -> bool:
        return self.result.value is not None and self.result.estimated


@dataclass(frozen=True, slots=True)
class Evaluation:
    plan: Plan
    organization: Organization
    year: int
    place: Place | None
    lines: list[Line]

    @property
    def counts(self) -> Counts:
        return count(line.status for line in self.lines)

    def of(self, *statuses: str) -> list[Line]:
        return [line for line in self.lines if line.status in statuses]


def aim_of(target: Target | None, base: Fraction | None = None) -> Aim:
    if target is None:
        return Aim("none")
    given = None if target.base is None else Fraction(target.base)
    return Aim(
        target.comparator,
        None if target.value is None else Fraction(target.value),
        None if target.high is None else Fraction(target.high),
        base if given is None else given,
    )


def evaluate(plan: Plan, organization: Organization, year: int) -> Evaluation:
    """Nine queries, however many indicators, places and years there are."""
    indicators = indicators_of_plan(plan, year=year)
    targets = targets_of(plan, [organization.path])
    bases = {one.base_year for found in targets.values() for one in found if one.base_year} | {plan.base_year}
    places = places_of(organization, years={year, year - 1, *bases})
    here = places.get(year)
    if here is None:
        return Evaluation(plan, organization, year, None, [])
    earlier = earlier_of(indicators)
    elements = elements_in([*indicators, *(one for found in earlier.values() for one in found)])
    parts = parts_of(places.values(), elements)
    hidden = _hidden(places.values(), elements)
    references = _references(indicators, year)
    lines = []
    for indicator in indicators:
        one = defined_in(indicator, year, earlier)
        if not applies(one, here):
            continue
        mine = targets.get(one.pk, [])
        # A year that was defined otherwise has nothing to compare with.
        alike = {at: at_year for at, at_year in places.items() if defined_in(indicator, at, earlier).means == one.means}
        lines.append(
            _line(
                plan,
                one,
                binding(mine, organization.path, year),
                binding(mine, organization.path, year, origin=Origin.NATIONAL),
                references.get(one.pk),
                {at: result(one, parts.get(place.pk, {}), place) for at, place in alike.items()},
                year,
                {at: _most(one, place, hidden) for at, place in alike.items() if is_hidden(one, place, hidden)},
            )
        )
    return Evaluation(plan, organization, year, here, _with_causes(lines, here))


def applies(indicator: Indicator, place: Place) -> bool:
    """Whether anybody at or below the place is asked for it."""
    return all(_asked(element, place) for element in (indicator.numerator, indicator.denominator) if element)


def _asked(element: Element, place: Place) -> bool:
    return bool(place.expected(element.level)) if element.summed else element.asked_at(place.level)


def _hidden(places: Iterable[Place], elements: dict[int, Element]) -> Hidden:
    if not any(element.protected for element in elements.values()):
        return {}
    return hidden_of(around(places), elements)


def is_hidden(indicator: Indicator, place: Place, hidden: Hidden) -> bool:
    return any(place.pk in hidden.get(key, ()) for key in indicator.elements)


def _most(indicator: Indicator, place: Place, hidden: Hidden) -> int | None:
    """The most the numerator may be taken for; None as well where it is the denominator that is hidden."""
    shut = indicator.denominator_id is not None and place.pk in hidden.get(indicator.denominator_id, ())
    return None if shut else hidden.get(indicator.numerator_id, {}).get(place.pk)


def _line(plan, indicator, target, national, reference, results, year: int, hidden: Mapping[int, int | None]) -> Line:
    """``hidden``: years whose number is, with the most it may be taken for."""
    now = results[year]
    base_year = (target.base_year if target and target.base_year else None) or plan.base_year
    stated = results.get(base_year)
    aim = aim_of(target, stated.value if stated and base_year not in hidden else None)
    span = Span(base_year, target.due_year if target else plan.last_year)

    def judged_by(value: Fraction | None) -> Judged:
        return look(value, aim, span, year, at_risk_share=plan.at_risk_share)

    judged = judged_by(now.value)
    if year in hidden:
        judged = _told(judged_by, indicator, now, aim, hidden[year])
    elif judged.status == NO_DATA and now.value is not None and base_year in hidden:
        judged = NOT_TOLD  # there is something to compare with, and it is hidden
    kept = judged.status == WITHHELD and look(now.value, aim_of(target, stated and stated.value), span, year).status
    before = results.get(year - 1)
    moved = {"unit": indicator.unit, "direction": indicator.direction}
    shut = year in hidden
    return Line(
        indicator,
        target,
        national,
        reference,
        now,
        judged,
        None if shut or year - 1 in hidden else change(now.value, before.value if before else None, **moved),
        None if shut or base_year in hidden else change(now.value, aim.base, **moved),
        hidden=shut,
        kept=kept or "",
    )


def _told(judged_by, indicator: Indicator, now: Result, aim: Aim, most: int | None) -> Judged:
    """Of a hidden number: what follows from what is shown."""
    if now.denominator is None:
        return told(judged_by, lambda n: number(n, indicator.factor), aim, most)
    if most is None and now.denominator.known is not None and now.numerator.known is not None and aim.sought:
        return NOT_TOLD
    known = now.denominator.known if now.numerator.known is not None else None
    return told(judged_by, lambda n: ratio(n, known, indicator.factor), aim, most)


def _references(indicators: Collection[Indicator], year: int) -> dict[int, Reference]:
    """The latest national number until the year, by indicator. One query."""
    rows = Reference.objects.unscoped().filter(
        indicator__in=[one.pk for one in indicators], extent=Extent.NATIONAL, cut="", year__lte=year
    )
    return {one.indicator_id: one for one in rows.order_by("year", "pk")}


def _with_causes(lines: list[Line], place: Place) -> list[Line]:
    """Why there is no data, where the place says so itself. One query."""
    without = [line for line in lines if line.result.value is None]
    if not without:
        return lines
    wanted = {key for line in without for key in line.indicator.elements}
    said = {key: status for key, status in causes([place.pk], wanted).items() if status in MISSING}
    return [
        _caused(line, next((said[place.pk, key] for key in line.indicator.elements if (place.pk, key) in said), ""))
        if line.result.value is None
        else line
        for line in lines
    ]


def _caused(line: Line, cause: str) -> Line:
    return Line(**{name: getattr(line, name) for name in Line.__slots__} | {"cause": cause})


@dataclass(frozen=True, slots=True)
class Region:
    """A place below, against the target that binds it."""

    place: Place
    line: Line
    numerator: int | None
    denominator: int | None


def regions(plan: Plan, indicator: Indicator, place: Place) -> list[Region]:
    """The places directly below, by one indicator: sums of each, and what may be shown of them. Six queries."""
    year = place.round.year
    indicator = defined_in(indicator, year, earlier_of([indicator]))
    near = around([place], named=True)
    below = [one for one in near if one.above_id == place.pk and applies(indicator, one)]
    elements = elements_in([indicator])
    parts = parts_of([*below, place], elements)
    hidden = hidden_of(near, elements)
    targets = targets_of(plan, [one.organization.path for one in below], indicators=[indicator.pk])
    mine = targets.get(indicator.pk, [])
    found = []
    for one in below:
        now = result(indicator, parts.get(one.pk, {}), one)
        shut = {year: None} if is_hidden(indicator, one, hidden) else {}
        target = binding(mine, one.organization.path, year)
        line = _line(plan, indicator, target, None, None, {year: now}, year, shut)
        found.append(
            Region(
                one,
                line,
                None if shut else _shown(now.numerator.known),
                None if shut or now.denominator is None else _shown(now.denominator.known),
            )
        )
    return found


def _shown(amount):
    return amount if amount is None or amount != amount.to_integral_value() else int(amount)


@dataclass(frozen=True, slots=True)
class Year:
    """``defined``: the indicator as it was defined for that year."""

    year: int
    result: Result
    hidden: bool
    defined: Indicator

    @property
    def value(self) -> Fraction | None:
        return None if self.hidden else self.result.value


def series(indicator: Indicator, organization: Organization) -> list[Year]:
    """Every year of one indicator at a place, the earliest first, each as it was defined then. Six queries."""
    places, earlier = places_of(organization), earlier_of([indicator])
    elements = elements_in([indicator, *earlier.get(indicator.pk, ())])
    parts = parts_of(places.values(), elements)
    hidden = _hidden(places.values(), elements)
    found = []
    for year, place in sorted(places.items()):
        if indicator.counts_in(year):
            then = defined_in(indicator, year, earlier)
            shut = is_hidden(then, place, hidden)
            found.append(Year(year, result(then, parts.get(place.pk, {}), place), shut, then))
    return found


def split_of(
    indicator: Indicator, place: Place, cuts: Collection[str], *, hidden: bool
) -> list[tuple[str, Fraction | None]]:
    """The indicator by the keys of a split; all of them or none."""
    parts = parts_of([place], elements_in([indicator]), cuts=True)
    if hidden:
        return [(cut, None) for cut in cuts]
    return [(cut, result(indicator, parts.get(place.pk, {}), place, cut=cut).value) for cut in cuts]
