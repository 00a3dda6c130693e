"""Age bands of the statistics: the age a woman reaches in the year of a programme."""

# Upper ends and keys of the bands, and the last band, which has none.
AGES = ((34, "-34"), (44, "35-44"), (54, "45-54"), (64, "55-64"))
OLDEST = "65-"
BANDS = (*(key for _age, key in AGES), OLDEST)
_YOUNGEST, _ELDEST = 0, 200


def bounds(band: str) -> tuple[int, int]:
    """The lowest and the highest age of a band, both included. Raises ``KeyError`` for a band there isn't."""
    lowest, found = _YOUNGEST, {}
    for highest, key in AGES:
        found[key] = (lowest, highest)
        lowest = highest + 1
    found[OLDEST] = (lowest, _ELDEST)
    return found[band]
