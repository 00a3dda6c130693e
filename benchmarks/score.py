"""10,000 answer sheets scored, against the same sums in plain Python decimals.

``ours`` works out every sheet by the rules: points, what doesn't apply re-weighted within its item, what failed, what
is still open; the lines of explanation are made when somebody reads them. ``plain`` does the same sums, half points as
decimals, and knows nothing else. They take turns; the result is the middle of the rounds' ratios; the totals have to
be equal. No database is needed.

Run: python -m benchmarks.score
"""

import os
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ROWS, ROUNDS = int(os.environ.get("BENCHMARK_ROWS", "10000")), int(os.environ.get("BENCHMARK_ROUNDS", "7"))
ALLOWED = 3.0
CENT = Decimal("0.01")


def rubric() -> list:
    """The plan's own tree, the points of an item shared out evenly in half points."""
    from services.home_inspections.rules.scoring import Criterion, Item
    from services.home_inspections.rules.standard import ITEMS

    items = []
    for item in ITEMS:
        each, rest = divmod(int(item.points * 2), len(item.criteria))
        criteria = tuple(
            Criterion(one.code, each + (place < rest), frozenset(one.profiles), one.county)
            for place, one in enumerate(item.criteria)
        )
        items.append(Item(item.code, item.points, criteria))
    return items


def sheets(items: list) -> list:
    from services.home_inspections.rules.scoring import Given

    dice, found = Random(7), []
    for _number in range(ROWS):
        profile = "preschool" if dice.random() < 0.03 else "school"
        given = {}
        for item in items:
            for place, one in enumerate(item.criteria):
                absent = place > 0 and not one.county and dice.random() < 0.03
                given[one.code] = Given(None, True) if absent else Given(dice.randint(0, one.weight))
        found.append((profile, given))
    return found


def plain_sheets(items: list, drawn: list) -> list:
    """Nothing but the numbers that are added up: (item's points, [(points, weight) of what is asked])."""
    half = Decimal("0.5")
    return [
        [
            (
                item.points,
                [
                    (None if given[one.code].not_applicable else given[one.code].halves * half, one.weight * half)
                    for one in item.criteria
                    if profile in one.profiles
                ],
            )
            for item in items
        ]
        for profile, given in drawn
    ]


def plain(drawn: list) -> Decimal:
    total = Decimal(0)
    for sheet in drawn:
        score = Decimal(0)
        for points, answers in sheet:
            counted, asked = Decimal(0), Decimal(0)
            for given, weight in answers:
                if given is not None:
                    counted += given
                    asked += weight
            score += (points * counted / asked).quantize(CENT, ROUND_HALF_UP)
        total += score
    return total


def ours(items: list, drawn: list) -> Decimal:
    from services.home_inspections.rules.scoring import Prepared

    rubrics = {profile: Prepared(items, profile=profile) for profile in ("school", "preschool")}
    total = Decimal(0)
    for profile, given in drawn:
        total += rubrics[profile].score(given).total
    return total


def _seconds(act, *arguments):
    began = time.perf_counter()
    result = act(*arguments)
    return time.perf_counter() - began, result


def measure() -> bool:
    items = rubric()
    drawn = sheets(items)
    bare_sheets = plain_sheets(items, drawn)
    ratios, parts = [], []
    for number in range(ROUNDS + 1):
        bare, wanted = _seconds(plain, bare_sheets)
        full, total = _seconds(ours, items, drawn)
        assert total == wanted, (total, wanted)
        if number:  # the first round warms both
            ratios.append(full / bare)
            parts.append((bare, full))
    middle = sorted(ratios)[ROUNDS // 2]
    bare, full = (sorted(part)[ROUNDS // 2] for part in zip(*parts, strict=True))
    print(f"{ROWS} sheets: summed in {bare:.2f} s; scored in {full:.2f} s")
    print(f"score ratio {middle:.2f} (allowed {ALLOWED})")
    return middle <= ALLOWED


if __name__ == "__main__":
    raise SystemExit(0 if measure() else 1)
