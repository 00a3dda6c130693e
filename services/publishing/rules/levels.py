"""At which organisation a step of moderation lies."""

from collections.abc import Mapping, Sequence

OWN, TOP = "own", "top"


def desk_of(
    level: str, chain: Sequence[tuple[int, str]], *, kinds: Mapping[str, frozenset[str]], last: bool, before: set[int]
) -> int | None:
    """The key of the organisation that decides, or None when the step is passed over.

    ``chain`` leads from the top of the branch down to the section's organisation as (key, kind). ``before`` are the
    organisations that approved already: they aren't asked twice. The ``last`` step always has a desk.
    """
    if not chain:
        return None
    if level == OWN:
        desk = chain[-1][0]
    elif level == TOP:
        desk = chain[0][0]
    else:
        at_level = [key for key, kind in chain if kind in kinds.get(level, frozenset())]
        desk = at_level[-1] if at_level else None
    if desk is not None and desk not in before:
        return desk
    return chain[0][0] if last and chain[0][0] not in before else (chain[-1][0] if last else None)
