"""100,000 homes in 100 strata drawn, against SHA-256 of the same ids and a sort.

``ours`` is the whole rule: frame text and its hash, tickets, order by stratum, shares, reserve. ``plain`` hashes the
same text for each id and sorts all of them. They take turns; the result is the middle of the rounds' ratios. What is
drawn is compared with a count by strata. No database is needed.

Run: python -m benchmarks.draw
"""

import hashlib
import os
import sys
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ROWS, ROUNDS = int(os.environ.get("BENCHMARK_ROWS", "100000")), int(os.environ.get("BENCHMARK_ROUNDS", "7"))
STRATA, ALLOWED = 100, 3.0
SEED = "2026-10-11|SEED|03 07 12 18 25 31"


def frame() -> dict[str, list[str]]:
    strata: dict[str, list[str]] = {}
    for number in range(ROWS):
        county = f"99{number % STRATA:04d}"
        strata.setdefault(county, []).append(f"LSZJ-{county}-{number // STRATA:05d}")
    return strata


def plain(ids: list[str]) -> int:
    found = [(hashlib.sha256(f"{SEED},{one}".encode()).hexdigest(), one) for one in ids]
    found.sort()
    return len(found)


def ours(strata: dict[str, list[str]]) -> tuple[int, int]:
    from services.home_inspections.rules.draw import draw

    drawn = draw(strata, seed=SEED, ratio=Decimal("0.5"))
    return len(drawn.selected), sum(map(len, drawn.reserve.values()))


def _seconds(act, *arguments):
    began = time.perf_counter()
    result = act(*arguments)
    return time.perf_counter() - began, result


def measure() -> bool:
    strata = frame()
    ids = [one for codes in strata.values() for one in codes]
    wanted = sum((len(codes) + 1) // 2 for codes in strata.values())
    ratios, parts = [], []
    for number in range(ROUNDS + 1):
        bare, rows = _seconds(plain, ids)
        full, (selected, reserve) = _seconds(ours, strata)
        assert (rows, selected, selected + reserve) == (ROWS, wanted, ROWS), (rows, selected, reserve)
        if number:  # the first round warms both
            ratios.append(full / bare)
            parts.append((bare, full))
    middle = sorted(ratios)[ROUNDS // 2]
    bare, full = (sorted(part)[ROUNDS // 2] for part in zip(*parts, strict=True))
    print(f"{ROWS} homes in {STRATA} strata: hashed and sorted in {bare:.2f} s; drawn in {full:.2f} s")
    print(f"draw ratio {middle:.2f} (allowed {ALLOWED})")
    return middle <= ALLOWED


if __name__ == "__main__":
    raise SystemExit(0 if measure() else 1)
