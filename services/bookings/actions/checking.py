"""The counters of places recounted, and what disagrees remembered until it is clean again."""

import logging
from collections.abc import Collection
from datetime import datetime

from services.bookings.models import PlacesCheck, PlacesFault
from services.bookings.queries.auditing import Difference, audit_many, tallies

logger = logging.getLogger(__name__)
# So many offerings are recounted together.
BATCH = 200


def check_places(*, now: datetime, everything: bool = False) -> int:
    """Recount the offerings of which anything has moved since they were last recounted, and those that disagreed then;
    with ``everything`` every one. Returns how many disagree, and logs each as an error, by keys and numbers alone.

    Places change hands while this reads, so only what a second look finds again counts. Safe to run twice at once.
    Twenty queries at most however many offerings there are, and as many for each 200 that are recounted.
    """
    # Read before anything is recounted: what moves meanwhile makes another tally, and is recounted the next time.
    moved = tallies()
    kept = dict(PlacesCheck.objects.values_list("offering", "tally"))
    faulty = set(PlacesFault.objects.values_list("offering", flat=True))
    due = [key for key, tally in sorted(moved.items()) if everything or key in faulty or kept.get(key) != tally]
    return sum(_check(due[at : at + BATCH], moved, faulty, now) for at in range(0, len(due), BATCH))


def _check(offerings: Collection[int], moved: dict[int, str], faulty: set[int], now: datetime) -> int:
    found = lasting_differences(offerings)
    for key, differences in found.items():
        logger.error(
            "Counters of places disagree: offering %s, %s",
            key,
            "; ".join(
                f"{one.kind} {one.key}: {one.counter} is {one.stored}, counted {one.counted}" for one in differences
            ),
        )
    PlacesFault.objects.filter(offering__in=[key for key in offerings if key in faulty and key not in found]).delete()
    faults = [PlacesFault(offering_id=key, count=len(of), since=now, checked_at=now) for key, of in found.items()]
    _put(PlacesFault, faults, ["count", "checked_at"])
    checks = [PlacesCheck(offering_id=key, tally=moved[key], checked_at=now) for key in offerings]
    _put(PlacesCheck, checks, ["tally", "checked_at"])
    return len(found)


def _put(model, rows: list, fields: list[str]) -> None:
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["offering"], update_fields=fields)


def lasting_differences(offerings: Collection[int]) -> dict[int, list[Difference]]:
    """By offering, those that two looks in a row find: one that a booking just being made explains is gone at the
    second."""
    first = {key: differences for key, differences in audit_many(offerings).items() if differences}
    if not first:
        return {}
    second = audit_many(list(first))
    both = {key: [one for one in differences if one in second[key]] for key, differences in first.items()}
    return {key: differences for key, differences in both.items() if differences}
