"""The score of an inspection: half points, items that sum to 100, not-applicable re-weighted within its item (A1.38).

Points are counted in halves (integers), so that no sum ever rounds; what re-weighting makes of them is a Decimal with
two places, rounded half up once an item.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
TWO = Decimal(2)


def points(halves: int) -> Decimal:
    return Decimal(halves) / TWO


def halves(number: Decimal) -> int:
    """Raises ``ValueError`` for what isn't a multiple of a half."""
    doubled = number * 2
    if doubled != doubled.to_integral_value():
        raise ValueError("not in half points")
    return int(doubled)


@dataclass(frozen=True, slots=True)
class Criterion:
    """``weight`` in half points; ``profiles`` it is asked of; ``county``: scored once a county and inherited."""

    code: str
    weight: int
    profiles: frozenset[str]
    county: bool = False
    veto: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    code: str
    points: Decimal
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: half points, or not applicable; neither: not answered yet."""

    halves: int | None = None
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion explained. ``why``: ``given``, ``profile`` (not asked of this kind of home), ``not_applicable``
    (the inspectors said so) or ``open``. ``worth`` is what it counts after re-weighting, unrounded for reading."""

    code: str
    why: str
    weight: int
    halves: int | None
    worth: Decimal | None
    most: Decimal | None
    failed: bool


@dataclass(frozen=True, slots=True)
class ItemScore:
    """``factor`` other than 1: re-weighted, because ``left_out`` don't apply."""

    code: str
    points: Decimal
    score: Decimal
    factor: Decimal
    left_out: tuple[str, ...]
    lines: tuple[Line, ...]


class Score:
    """A sheet worked out. ``items`` explains it criterion by criterion, worked out when somebody reads it."""

    __slots__ = ("_explained", "_given", "_rubric", "failed", "open", "total", "vetoed")

    def __init__(self, rubric: "Prepared", given: Mapping[str, Given], total: Decimal, open_: tuple, failed: tuple):
        self._rubric, self._given, self._explained = rubric, given, None
        self.total, self.open, self.failed = total, open_, failed
        self.vetoed = tuple(code for code in failed if code in rubric.vetoes) if failed else ()

    @property
    def complete(self) -> bool:
        return not self.open

    @property
    def items(self) -> tuple[ItemScore, ...]:
        if self._explained is None:
            rubric = self._rubric
            self._explained = tuple(
                _item(item, self._given, rubric.profile, rubric.fails_below) for item in rubric.items
            )
        return self._explained


class Prepared:
    """A rubric made ready for many sheets of one kind of home: what is asked, and where each criterion fails."""

    def __init__(self, items: Iterable[Item], *, profile: str, fails_below: Decimal = Decimal(50)):
        self.items, self.profile, self.fails_below = tuple(items), profile, fails_below
        self.vetoes = frozenset(one.code for item in self.items for one in item.criteria if one.veto)
        self._rows = [
            (int(item.points * 2), [(one.code, one.weight, self._enough(one)) for one in self._asked(item)])
            for item in self.items
        ]

    def _asked(self, item: Item) -> list[Criterion]:
        return [one for one in item.criteria if self.profile in one.profiles]

    def _enough(self, one: Criterion) -> int:
        """The fewest half points that don't count as failed."""
        return int((self.fails_below * one.weight / HUNDRED).to_integral_value(rounding=ROUND_CEILING))

    def score(self, given: Mapping[str, Given]) -> Score:
        """In whole hundredths of a point, each item rounded half up. Raises ``ValueError`` for points beyond a
        criterion's weight or below nought."""
        cents, still_open, failed = 0, [], []
        for whole, criteria in self._rows:
            asked = counted = 0
            for code, weight, enough in criteria:
                answer = given.get(code)
                if answer is None:
                    asked += weight
                    still_open.append(code)
                    continue
                if answer.not_applicable:
                    continue
                asked += weight
                got = answer.halves
                if got is None:
                    still_open.append(code)
                elif 0 <= got <= weight:
                    counted += got
                    if got < enough:
                        failed.append(code)
                else:
                    raise ValueError(f"{code}: beyond its points")
            if asked:
                cents += (100 * whole * counted + asked) // (2 * asked)
        return Score(self, given, Decimal(cents).scaleb(-2), tuple(still_open), tuple(failed))


def score(
    items: Iterable[Item], given: Mapping[str, Given], *, profile: str, fails_below: Decimal = Decimal(50)
) -> Score:
    """Work out one sheet. ``fails_below``: the share (%) of its points below which a criterion counts as failed.

    Raises ``ValueError`` for points beyond a criterion's weight or below nought.
    """
    return Prepared(items, profile=profile, fails_below=fails_below).score(given)


def _item(item: Item, given: Mapping[str, Given], profile: str, fails_below: Decimal) -> ItemScore:
    asked, counted, left_out, reasons = 0, 0, [], {}
    nothing = Given()
    for one in item.criteria:
        answer = given.get(one.code, nothing)
        if profile not in one.profiles:
            reasons[one.code] = "profile"
            left_out.append(one.code)
        elif answer.not_applicable:
            reasons[one.code] = "not_applicable"
            left_out.append(one.code)
        else:
            asked += one.weight
            if answer.halves is None:
                reasons[one.code] = "open"
                continue
            if not 0 <= answer.halves <= one.weight:
                raise ValueError(f"{one.code}: beyond its points")
            reasons[one.code] = "given"
            counted += answer.halves
    whole = int(item.points * 2)
    factor = Decimal(whole) / asked if asked else Decimal(0)
    sum_up = (item.points * counted / asked).quantize(CENT, ROUND_HALF_UP) if asked else Decimal(0)
    lines = tuple(
        _line(one, given.get(one.code, nothing), reasons[one.code], factor, fails_below) for one in item.criteria
    )
    return ItemScore(item.code, item.points, sum_up, factor, tuple(left_out), lines)


def _line(one: Criterion, answer: Given, why: str, factor: Decimal, fails_below: Decimal) -> Line:
    if why != "given":
        most = points(one.weight) * factor if why == "open" else None
        return Line(one.code, why, one.weight, None, None, most, False)
    half = factor / TWO
    failed = one.weight > 0 and answer.halves * HUNDRED < fails_below * one.weight
    return Line(one.code, why, one.weight, answer.halves, answer.halves * half, one.weight * half, failed)


def passes(result: Score, *, pass_mark: Decimal) -> bool:
    """At or above the mark, and no criterion failed that nobody may fail."""
    return not result.vetoed and result.total >= pass_mark


def unfit(
    items: Sequence[Item],
    *,
    pass_mark: Decimal | None,
    weights: Mapping[str, int | None],
    profiles: Iterable[str],
    others: Mapping[str, object],
) -> list[tuple[str, str]]:
    """Why a rubric can't be put in force: (code of the reason, where). ``others``: settings that must be there."""
    why = []
    if sum((item.points for item in items), Decimal(0)) != HUNDRED:
        why.append(("not_a_hundred", str(sum((item.points for item in items), Decimal(0)))))
    for item in items:
        set_weights = [weights[one.code] for one in item.criteria]
        if any(weight is None for weight in set_weights):
            why.append(("weight_missing", item.code))
        elif sum(set_weights) != item.points * 2:
            why.append(("weights_differ", item.code))
        for profile in profiles:
            if not any(profile in one.profiles and (weights[one.code] or 0) > 0 for one in item.criteria):
                why.append(("nothing_applies", item.code))
                break
    if pass_mark is None:
        why.append(("no_pass_mark", ""))
    why += [(f"no_{name}", "") for name, value in others.items() if value is None]
    return why
