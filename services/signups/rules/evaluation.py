"""Anonymous sheets added up so that nobody is told on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.figures.rules.suppression import hidden_totals

# Fewer sheets than these are told by nothing but "too few". The same floor as the product's figures (DESIGN).
FEWEST = 5
SCORES = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """One question: how often each answer was given (None: hidden), and the mean to one decimal (None: hidden)."""

    counts: Mapping[object, int | None]
    mean: str | None


def tally(answers: Iterable, *, options: Sequence, fewest: int = FEWEST) -> Tally:
    """Counts by option. With fewer answers than ``fewest`` nothing is told.

    Small counts are hidden as the product's figures hide them, empty ones and the next smallest with them, so that none
    is told by the total. When everybody chose the same, that is hidden: it would say what each of them chose.
    The mean is told only where every count is, for it tells the others.
    """
    counted = Counter(answers)
    whole = sum(counted.values())
    numbers = {option: counted.get(option, 0) for option in options}
    filled = [number for number in numbers.values() if number]
    if whole < fewest or len(filled) < 2:
        return Tally(dict.fromkeys(options), None)
    hidden = hidden_totals(numbers, fewest)
    shown = {option: None if option in hidden else number for option, number in numbers.items()}
    weights = [option for option in options if isinstance(option, int) and not isinstance(option, bool)]
    if hidden or len(weights) != len(options):
        return Tally(shown, None)
    tenths = (sum(option * number for option, number in numbers.items()) * 10 * 2 + whole) // (2 * whole)
    return Tally(shown, f"{tenths // 10}.{tenths % 10}")
