"""Spans of the statistics: the days between a woman's booking and the beginning of her session."""

# Upper ends, not included, and keys of the spans, and the last span, which has none.
DAYS = ((7, "00-06"), (14, "07-13"), (28, "14-27"), (56, "28-55"))
LONGEST = "56-"
SPANS = (*(key for _days, key in DAYS), LONGEST)


def between(span: str) -> tuple[int, int | None]:
    """The days at which a span begins and before which it ends; None where it never ends. Raises ``KeyError`` for a
    span there isn't."""
    begins, found = 0, {}
    for ends, key in DAYS:
        found[key] = (begins, ends)
        begins = ends
    return (found | {LONGEST: (begins, None)})[span]
