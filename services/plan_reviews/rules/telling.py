"""Whether how a hidden number stands against its target may be told. A status is a question about the number: it may be
answered only where everybody knows the answer from what is shown already (decision 26)."""

from collections.abc import Callable
from fractions import Fraction

from services.indicators.rules.values import MOST
from services.plan_reviews.rules.comparing import WITHHELD, Aim, Comparator
from services.plan_reviews.rules.course import Judged

# More isn't always on the other side of these: their ends say nothing of what lies between.
_BENT = frozenset({Comparator.RANGE, Comparator.GAP_NARROW})
NOT_TOLD = Judged(WITHHELD)


def told(
    judged: Callable[[Fraction | None], Judged], value_of: Callable[[int], Fraction | None], aim: Aim, most: int | None
) -> Judged:
    """What is said of a hidden number between nought and ``most`` (None: nobody knows an end to it).

    The number itself isn't asked for: what comes out follows from what everybody may see.
    """
    least = judged(value_of(0))
    end = value_of(int(MOST) if most is None else most)
    if aim.comparator in _BENT and aim.sought and end is not None:
        return NOT_TOLD
    return least if judged(end) == least else NOT_TOLD
