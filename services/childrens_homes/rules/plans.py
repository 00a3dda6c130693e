"""Whether a construction plan adds up (V1, A1.01-A1.03), and what an amendment changes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.foundation.verdict import Finding, Outcome

SOURCE = "在乡镇中学或小学建97所,村小学或幼儿园建3所"


def adds_up(profiles: Iterable[str], targets: Mapping[str, int]) -> list[Finding]:
    """One finding a profile: as many lines as the programme's target, no more and no fewer.

    >>> [one.passed for one in adds_up(["school", "school"], {"school": 2, "preschool": 1})]
    [True, False]
    """
    counted = Counter(profiles)
    return [
        Finding(
            f"target_{profile}",
            Outcome.PASSED if counted[profile] == target else Outcome.FAILED,
            {"lines": counted[profile], "target": target},
            source=SOURCE,
        )
        for profile, target in targets.items()
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys of hosts: new in the later version, gone from it, and there with another standard or kind of site."""

    added: tuple
    dropped: tuple
    changed: tuple


def difference(before: Mapping, after: Mapping) -> Difference:
    """``before`` and ``after``: host → what its line says."""
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        dropped=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(host for host in before.keys() & after.keys() if before[host] != after[host])),
    )
