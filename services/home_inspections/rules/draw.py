"""Drawing homes so that anybody can draw them again (DOMAIN-children-privacy D2, after Rivest's consistent sampling).

``ticket = SHA256(seed + "," + id)`` in hexadecimal, UTF-8; within a stratum the smallest tickets are drawn, the next
ones are the reserve in order. Each id has a ticket of its own: one home more or less moves nobody else's.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation

ALGORITHM = "sha256-ticket-1"
FEWEST_INSPECTORS = 2
SHORTEST_SEED = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """``selected`` by stratum (strata ascending), then by ticket; ``reserve`` by stratum in order."""

    selected: list[str]
    reserve: dict[str, list[str]]
    frame_sha256: str


def ticket(seed: str, identifier: str) -> str:
    return hashlib.sha256(f"{seed},{identifier}".encode()).hexdigest()


def in_order(seed: str, identifiers: Iterable[str]) -> list[tuple[str, str]]:
    """Tickets with their ids, ascending; two equal tickets (which nobody will live to see) follow their ids."""
    begun = hashlib.sha256(f"{seed},".encode())
    found = []
    for one in identifiers:
        hashed = begun.copy()
        hashed.update(one.encode())
        found.append((hashed.hexdigest(), one))
    found.sort()
    return found


def share(number: int, ratio: Decimal) -> int:
    """``ceil(number * ratio)``: never less than the share, never more than there are."""
    return min(number, int((number * ratio).to_integral_value(rounding=ROUND_CEILING)))


def frame_text(identifiers: Iterable[str]) -> str:
    """The list as it is hashed: sorted, one id a line, a line feed after every line.

    Raises ``ValueError`` for an id that stands there twice, is empty or holds a line break.
    """
    lines = sorted(identifiers)
    if len(set(lines)) != len(lines):
        raise ValueError("an id stands in the frame twice")
    if any(not line or line != line.strip() or "\n" in line or "\r" in line for line in lines):
        raise ValueError("an id is empty or holds a space or line break at its end")
    return "".join(f"{line}\n" for line in lines)


def frame_csv(strata: Mapping[str, Iterable[str]]) -> str:
    """The same list with the stratum of each id: columns ``stratum,id``, by id."""
    rows = sorted((one, stratum) for stratum, ids in strata.items() for one in ids)
    return "".join(["stratum,id\n", *(f"{stratum},{one}\n" for one, stratum in rows)])


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def draw(strata: Mapping[str, Sequence[str]], *, seed: str, ratio: Decimal, take_all: Collection[str] = ()) -> Drawn:
    """Draw ``ceil(n * ratio)`` of each stratum; of those named in ``take_all`` everybody."""
    frame = digest(frame_text(one for ids in strata.values() for one in ids))
    selected, reserve = [], {}
    for stratum in sorted(strata):
        ids = [one for _ticket, one in in_order(seed, strata[stratum])]
        count = len(ids) if stratum in take_all else share(len(ids), ratio)
        selected += ids[:count]
        reserve[stratum] = ids[count:]
    return Drawn(selected, reserve, frame)


def inspectors_for(
    home: str, *, seed: str, directory: Iterable[str], excluded: Collection[str], count: int = FEWEST_INSPECTORS
) -> list[str]:
    """Who goes to one home: those without a conflict by the smallest ``SHA256(seed + "," + home + "," + inspector)``.

    Conflicts are taken out before drawing. May give fewer than ``count`` where too few are left.
    """
    free = (f"{home},{one}" for one in directory if one not in excluded)
    return [both.removeprefix(f"{home},") for _ticket, both in in_order(seed, free)][:count]


def result_text(selected: Iterable[str], reserve: Mapping[str, Iterable[str]]) -> str:
    """What the digest of a result is taken of: ``selected <id>`` and ``reserve <stratum> <id>``, one a line."""
    lines = [f"selected {one}" for one in selected]
    lines += [f"reserve {stratum} {one}" for stratum in sorted(reserve) for one in reserve[stratum]]
    return "".join(f"{line}\n" for line in lines)


def read_ratio(text: str) -> Decimal:
    """A share above 0 and at most 1. Raises ``ValueError``."""
    try:
        ratio = Decimal(text)
    except InvalidOperation:
        raise ValueError("the ratio isn't a number") from None
    if not (ratio.is_finite() and 0 < ratio <= 1):
        raise ValueError("the ratio lies above 0 and at most at 1")
    return ratio
