"""Two records of one woman: which ones look alike, what hangs on each, what stands in the way of making them one."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from services.organizations.enums import ROSTER_WRITERS
from services.workers.models import MergedRecord, Worker
from services.workers.registry import followers_in_order

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Held:
    """How many rows of a kind hang on each of the two records."""

    label: str
    here: int
    there: int


def records_like_hers(worker: Worker, user) -> list[Worker]:
    """Other records that this officer may change, with her name and date of birth, or with her mobile number."""
    alike = Q(name=worker.name, birth_date=worker.birth_date)
    if worker.phone_index:
        alike |= Q(phone_index=worker.phone_index)
    found = Worker.objects.visible_to(user, roles=ROSTER_WRITERS).filter(alike).exclude(pk=worker.pk)
    return list(found.select_related("organization").order_by("pk")[:MOST_SHOWN])


def held_by(first: Worker, second: Worker) -> list[Held]:
    """What hangs on the two records, kinds of which neither has any left out. Two queries a kind."""
    found = [
        Held(str(rows.label), rows.count(first), rows.count(second))
        for follower in followers_in_order()
        for rows in follower.rows
    ]
    return [held for held in found if held.here or held.there]


def in_the_way(worker: Worker, *, into: Worker) -> list[str]:
    """What is alive under both and can't be two things of one woman, in words for staff."""
    return [words for follower in followers_in_order() for words in follower.obstacles(worker, into=into)]


def merged_record(token: str, user) -> MergedRecord | None:
    """What became of a record that is gone, for those who may read the one that stays."""
    return MergedRecord.objects.visible_to(user).filter(token=token).select_related("into__organization").first()


def is_there(worker: Worker) -> bool:
    return Worker.objects.unscoped().filter(pk=worker.pk).exists()


def stays_of(worker: Worker) -> Worker | None:
    """The record that a vanished one became part of, if it became part of one."""
    remembered = MergedRecord.objects.own(was=worker.pk).first()
    if remembered is None:
        return None
    rows = Worker.objects.unscoped().select_related("organization", "user")
    return rows.filter(pk=remembered.into_id).first()


def merged_into(worker: Worker) -> list[MergedRecord]:
    """The records that became part of this one, the latest first."""
    found = MergedRecord.objects.own(into=worker).select_related("organization", "merged_by")
    return list(found[:MOST_SHOWN])


def keys_of(worker: Worker) -> list[int]:
    """Her record's key and those under which parts of it were known before."""
    return [worker.pk, *MergedRecord.objects.own(into=worker).values_list("was", flat=True)]


def given_up_numbers(indexes: Collection[str]) -> frozenset[tuple[str, str]]:
    """Which of these numbers, by blind index and with which name, stood on a record that became part of another.

    Of a number alone nothing follows: it may be another woman's real one.
    """
    found = MergedRecord.objects.unscoped().filter(dropped_index__in=indexes)
    return frozenset(found.values_list("dropped_index", "name"))
