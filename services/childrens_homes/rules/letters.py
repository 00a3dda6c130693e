"""The chains of letters of responsibility: where they have a gap (V9)."""

from collections.abc import Collection

SIGNED = frozenset({"signed_both", "fulfilled", "breached"})


def gap(parent_state: str | None, *, top: bool) -> bool:
    """Whether a letter would hang in the air: below the top its upper side must be bound by a signed letter itself.

    >>> gap(None, top=True), gap(None, top=False), gap("draft", top=False), gap("signed_both", top=False)
    (False, True, True, False)
    """
    return not top and parent_state not in SIGNED


def unsigned(states: Collection[str | None]) -> int:
    """How many nodes have no letter, or one that isn't signed by both."""
    return sum(state not in SIGNED for state in states)
