"""Numbers about children that may be shown: small ones are hidden, and so is whatever would give them away.

Sources: Statistics Law Art. 28 and its regulation Art. 29 (nobody may be recognised, not by place and code together);
the threshold of five and complementary suppression as in the domain paper C4. The hiding itself is the rule of
``services.figures``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.figures.rules.suppression import hidden_rows, hidden_totals

LEAST = 5


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. ``None`` instead of it: hidden, or nobody is there."""

    part: int
    whole: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.part, self.whole)


def shown_totals(parts: Mapping[str, int], threshold: int = LEAST) -> dict[str, int | None]:
    hidden = hidden_totals(parts, threshold)
    return {name: None if name in hidden else value for name, value in parts.items()}


def shown_splits(parts: Mapping[str, tuple[int, ...]], threshold: int = LEAST) -> dict[str, tuple[int, ...] | None]:
    """Each part with its cells (girls and boys), or None. A part whose total is hidden shows no cells either."""
    totals = hidden_totals({name: sum(cells) for name, cells in parts.items()}, threshold)
    hidden = hidden_rows(parts, threshold, besides=frozenset(totals))
    return {name: None if name in hidden else cells for name, cells in parts.items()}


def shown_shares(parts: Mapping[str, tuple[int, int]], threshold: int = LEAST) -> dict[str, Share | None]:
    """Shares of ``(part, whole)``: hidden where those in it or those not in it are few, and beside such a one the next
    smallest, so that no total gives it away."""
    inside = hidden_totals({name: part for name, (part, _whole) in parts.items()}, threshold)
    outside = hidden_totals({name: whole - part for name, (part, whole) in parts.items()}, threshold)
    hidden = inside | outside
    return {
        name: None if name in hidden or whole < threshold else Share(part, whole)
        for name, (part, whole) in parts.items()
    }


def concern_count(count: int, threshold: int = LEAST) -> int | None:
    """Protection concerns are counted from five on; below, not even that there are any."""
    return count if count >= threshold else None
