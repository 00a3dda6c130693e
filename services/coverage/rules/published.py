"""What the public may read of coverage by district: no row tells on a single union. Plain Python."""

from collections.abc import Hashable, Iterable


def together(entries: Iterable[tuple[Hashable, int]], *, least: int) -> tuple[list[Hashable], list[Hashable]]:
    """Of (key, number of unions): who has a row of her own, in the given order, and who stands in one row together.

    Those with fewer than ``least`` stand together, with the next smallest until the row is as large itself and more
    than one stands in it: else it would be told by what is left of the total. Who has none at all stands nowhere.
    """
    entries = [entry for entry in entries if entry[1]]
    rest = [entry for entry in entries if entry[1] < least]
    for entry in sorted((entry for entry in entries if entry[1] >= least), key=lambda entry: entry[1]):
        if not rest or (len(rest) > 1 and sum(number for _key, number in rest) >= least):
            break
        rest.append(entry)
    small = {key for key, _number in rest}
    return [key for key, _number in entries if key not in small], [key for key, _number in entries if key in small]
