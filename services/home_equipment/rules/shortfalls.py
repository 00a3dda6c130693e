"""Which failed criteria of an inspection ask for equipment to be repaired or replaced (D25).

Source: the acceptance rubric, DOMAIN-children-privacy A1.37: 5.1 shelves, 5.2 desks, 5.3 stools, 9.2 all delivered
items are there, 9.4 the province's plaque hangs.
"""

CODES_OF: dict[str, tuple[str, ...]] = {
    "5.1": ("E08",),
    "5.2": ("E09",),
    "5.3": ("E10",),
    "9.2": (),
    "9.4": ("E14",),
}


def is_of_equipment(criterion: str) -> bool:
    """``R5.1`` and ``5.1`` name one criterion."""
    return _plain(criterion) in CODES_OF


def codes_of(criterion: str) -> tuple[str, ...]:
    """The lines of the standard that the criterion is about; empty: all of them."""
    return CODES_OF.get(_plain(criterion), ())


def _plain(criterion: str) -> str:
    return criterion.strip().upper().removeprefix("R")
