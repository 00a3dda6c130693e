"""Two inspectors who score without seeing each other: where they differ, and what stands where they don't (D24).

Everything is in half points, so that nothing is lost to fractions before the one rounding.
"""

from collections.abc import Mapping, Sequence

from services.home_inspections.rules.scoring import Given


def differ(sheets: Sequence[Mapping[str, Given]], codes: Sequence[str], *, limit: int) -> list[str]:
    """Criteria for a third person: points more than ``limit`` half points apart, or one says “not applicable” and
    another gives points. What somebody left open differs from everything."""
    found = []
    for code in codes:
        given = [sheet.get(code, Given(None, False)) for sheet in sheets]
        outside = {one.not_applicable for one in given}
        points = [one.halves for one in given if not one.not_applicable]
        if len(outside) > 1 or None in points or (points and max(points) - min(points) > limit):
            found.append(code)
    return found


def agreed(given: Sequence[Given]) -> Given:
    """What stands where they don't differ: the mean of their points, rounded to a half point and half of one up.
    All of them say “not applicable” or none does."""
    if given[0].not_applicable:
        return Given(None, True)
    points = [one.halves for one in given]
    return Given((2 * sum(points) + len(points)) // (2 * len(points)), False)
