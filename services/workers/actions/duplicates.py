"""Two records of one woman become one: what each app keeps goes over, the second record ends."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.masking import redact
from services.privacy.actions import adopt_paper_consents, move_paper_consents
from services.workers import errors, policies
from services.workers.models import MergedRecord, Worker
from services.workers.queries.duplicates import in_the_way
from services.workers.registry import followers_in_order

# What may be taken from the record that goes, and what goes along with it.
TAKEN_ALONG = {
    "organization": ("organization", "state"),
    "name": ("name",),
    "id_number": ("id_number", "birth_date"),
    "phone": ("phone",),
    "position": ("position",),
    "employment_type": ("employment_type",),
    "hired_on": ("hired_on",),
    "joined_on": ("joined_on",),
    "marital_status": ("marital_status",),
    "note": ("note",),
    "account": ("user",),
}


@transaction.atomic
def merge_records(worker: Worker, *, into: Worker, taken: Collection[str], by, reason: str, now: datetime) -> Worker:
    """Make ``worker`` part of ``into``, the record that stays; returns it.

    ``taken`` names what is taken from ``worker`` (keys of ``TAKEN_ALONG``); an account is always taken where only
    ``worker`` has one. All that other apps keep goes over (``registry.record_followers``), ``worker`` is deleted and
    remembered as a ``MergedRecord``; looks at it and its history stay. The history names fields, never values. Doing
    it again changes nothing. It can't be undone.

    Locks: rows of the followers in their order, then both records by ascending key. Raises ``PermissionDenied``,
    ``SameRecord``, ``WhyMerged``, ``RecordsCollide``, ``MergedElsewhere``.
    """
    if unknown := set(taken) - TAKEN_ALONG.keys():
        raise TypeError(f"not taken over: {sorted(unknown)}")
    policies.may_merge(by, worker, into).insist()
    if worker.pk == into.pk:
        raise errors.SameRecord()
    said = redact(reason.strip())[:200]
    if not said:
        raise errors.WhyMerged()
    for follower in followers_in_order():
        for rows in follower.rows:
            list(rows.of([worker.pk, into.pk]).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    held = _locked(worker, into)
    if held is None:
        return _merged_before(worker, into)
    worker, into = held
    policies.may_merge(by, worker, into).insist()
    if obstacles := in_the_way(worker, into=into):
        raise errors.RecordsCollide(obstacles)
    taken = {name for name in taken if name != "account" or worker.user_id}
    if worker.user_id and not into.user_id:
        taken.add("account")
    _hand_over(worker, into, number=worker.id_number if "id_number" in taken else into.id_number, by=by, now=now)
    return _become_one(worker, into, taken, by=by, reason=said, now=now)


def _locked(worker: Worker, into: Worker) -> tuple[Worker, Worker] | None:
    """Both records, or None where one of them is gone."""
    rows = Worker.objects.unscoped().select_for_update(of=("self",)).select_related("organization")
    held = {row.pk: row for row in rows.filter(pk__in=[worker.pk, into.pk]).order_by("pk")}
    return (held[worker.pk], held[into.pk]) if len(held) == 2 else None


def _merged_before(worker: Worker, into: Worker) -> Worker:
    if MergedRecord.objects.own(was=worker.pk, into=into.pk).exists():
        return Worker.objects.unscoped().select_related("organization").get(pk=into.pk)
    raise errors.MergedElsewhere()


def _hand_over(worker: Worker, into: Worker, *, number: str, by, now: datetime) -> None:
    for follower in followers_in_order():
        follower.settle(worker, into=into, number=number, by=by, now=now)
    for follower in followers_in_order():
        for rows in follower.rows:
            rows.of([worker.pk]).update(worker=into)
    MergedRecord.objects.own(into=worker).update(into=into)
    move_paper_consents(record=worker.token, into=into.token, now=now)


def _become_one(worker: Worker, into: Worker, taken: set[str], *, by, reason: str, now: datetime) -> Worker:
    slip = into if "id_number" in taken else worker
    remembered = MergedRecord(
        was=worker.pk,
        token=worker.token,
        into=into,
        organization=worker.organization,
        name=slip.name,
        dropped_number=slip.id_number,
        reason=reason,
        merged_by=by,
        merged_at=now,
    )
    values = {name: getattr(worker, name) for key in taken for name in TAKEN_ALONG[key]}
    worker.delete()  # numbers and accounts are unique: what goes over has to be free
    for name, value in values.items():
        setattr(into, name, value)
    into.save()
    remembered.save()
    if into.user_id:
        adopt_paper_consents(record=into.token, giver=into.user, now=now)
    log(instance=into, action="workers.merge", user=by, data={"fields": sorted(taken), "reason": reason})
    return into
