"""Whether an ordered list of steps may be put in force, and the way through it."""

from collections.abc import Sequence

NO_STEPS, GAP, NO_VERIFY, APPROVE_ONCE, APPROVE_LAST, NOTICE_ONCE = (
    "no_steps",
    "gap",
    "no_verify",
    "approve_once",
    "approve_last",
    "notice_once",
)


def faults(kinds: Sequence[tuple[int, str]]) -> list[str]:
    """What stands in the way of putting a route in force; ``kinds`` are (position, kind of step), in any order.

    Exactly one deciding step, and it is the last; papers are checked at least once; at most one public notice (which
    so comes before the decision); positions count from 1 without a gap.
    """
    if not kinds:
        return [NO_STEPS]
    ordered = [kind for _position, kind in sorted(kinds)]
    positions = sorted(position for position, _kind in kinds)
    found = {
        GAP: positions != list(range(1, len(positions) + 1)),
        NO_VERIFY: "verify" not in ordered,
        APPROVE_ONCE: ordered.count("approve") != 1,
        APPROVE_LAST: ordered[-1] != "approve",
        NOTICE_ONCE: ordered.count("public_notice") > 1,
    }
    return [fault for fault, there in found.items() if there]


def position_after(positions: Sequence[int], position: int) -> int | None:
    """The next step's position; None after the last."""
    return min((one for one in positions if one > position), default=None)
