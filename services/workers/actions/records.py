"""Keeping a record: edit it, open a masked field, mark that she left, take her back."""

from datetime import date

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from services.foundation import clock
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number
from services.foundation.masking import redact
from services.organizations.enums import ROSTER_WRITERS
from services.organizations.policies import holds
from services.privacy.actions import record_look
from services.workers import errors, policies
from services.workers.enums import WorkerState
from services.workers.models import Worker
from services.workers.registry import departures

REVEALABLE = frozenset({"id_number", "phone"})
EDITABLE = frozenset(
    {
        "name",
        "id_number",
        "phone",
        "position",
        "employment_type",
        "hired_on",
        "joined_on",
        "marital_status",
        "note",
        "organization",
    }
)


def _locked(worker: Worker) -> Worker:
    rows = Worker.objects.unscoped().select_for_update(no_key=True, of=("self",)).select_related("organization")
    return rows.get(pk=worker.pk)


@transaction.atomic
def edit_worker(worker: Worker, *, by, today: date, reason: str = "", **changes) -> Worker:
    """Change fields of a record; the history names the fields, never their values.

    A new identity number needs a ``reason`` and brings its date of birth along. Moving her to another union needs
    the post at both. Locks the record. Raises ``PermissionDenied``, ``NumberInvalid``, ``NumberTaken``,
    ``WhyTheNumber``, ``UnionClosed``.
    """
    unknown = changes.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    worker = _locked(worker)
    policies.may_edit(by, worker).insist()
    changed = sorted(name for name, value in changes.items() if getattr(worker, name) != value)
    if not changed:
        return worker
    if "organization" in changed:
        _check_union(changes["organization"], by)
    for name in changed:
        setattr(worker, name, changes[name])
    if "id_number" in changed:
        _take_number(worker, today=today, reason=reason)
    worker.save()
    _log(worker, "workers.edit", by, reason, fields=changed)
    return worker


def _check_union(union, by) -> None:
    holds(by, union, *ROSTER_WRITERS).insist()
    if union.closed_on:
        raise errors.UnionClosed(union=union.name)


def _take_number(worker: Worker, *, today: date, reason: str) -> None:
    if not reason.strip():
        raise errors.WhyTheNumber()
    try:
        identity = parse_identity_number(
            worker.id_number, today=today, allow_invented=settings.ALLOW_INVENTED_IDENTITIES
        )
    except InvalidIdentityNumber:
        raise errors.NumberInvalid() from None
    if identity.sex != "F":
        raise errors.NumberInvalid()
    worker.id_number, worker.birth_date = identity.number, identity.born
    if Worker.objects.unscoped().filter(id_index=Worker.index_of(identity.number)).exclude(pk=worker.pk).exists():
        raise errors.NumberTaken()


def reveal_field(worker: Worker, *, field: str, by, reason: str) -> str:
    """The clear value of one masked field, after the look has been written down.

    Raises ``PermissionDenied``, privacy's ``ReasonMissing`` and ``TooManyLooks``; then nothing is shown.
    """
    if field not in REVEALABLE:
        raise TypeError(f"not revealable: {field}")
    policies.may_reveal(by, worker).insist()
    record_look(viewer=by, subject=worker, fields=[field], reason=reason, organization_path=worker.organization.path)
    return getattr(worker, field)


@transaction.atomic
def mark_left(worker: Worker, *, by, reason: str = "") -> Worker:
    """She has left the unit; her record stays, and what other apps registered for departures follows.

    Locks the record, without its key: places are taken for it meanwhile. Marking it twice changes nothing.
    """
    before = worker.state
    worker = _set_state(worker, WorkerState.LEFT, "workers.leave", by, reason)
    if before != worker.state:
        for act in departures:
            act(worker, by=by, now=clock.now())
    return worker


@transaction.atomic
def take_back(worker: Worker, *, by, reason: str = "") -> Worker:
    """She works here after all. Locks the record. Taking her back twice changes nothing."""
    return _set_state(worker, WorkerState.ACTIVE, "workers.take_back", by, reason)


def _set_state(worker: Worker, state: str, action: str, by, reason: str) -> Worker:
    worker = _locked(worker)
    policies.may_mark_left(by, worker).insist()
    if worker.state != state:
        worker.state = state
        worker.left_on = clock.today() if state == WorkerState.LEFT else None
        worker.save(update_fields=["state", "left_on", "updated_at"])
        _log(worker, action, by, reason)
    return worker


def _log(worker: Worker, action: str, by, reason: str, **data) -> None:
    log(instance=worker, action=action, user=by, data={**data, "reason": redact(reason.strip())[:200]})
