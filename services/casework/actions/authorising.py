"""Her leave for somebody to apply in her name: put on record, revoked, or her case taken into her own hands (D21)."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from services.casework import errors, notifications, policies
from services.casework.actions.locking import lock_case
from services.casework.actions.telling import record, tell_staff
from services.casework.enums import FiledBy, Handling
from services.casework.models import Authorisation, Case, Document
from services.casework.queries.people import authorisation_for
from services.casework.registry import services
from services.foundation.locks import hold


@transaction.atomic
def record_authorisation(
    worker,
    *,
    representative,
    service: str,
    subject_code: str,
    way: str,
    signed_on: date,
    valid_until: date,
    by,
    now: datetime,
    paper: Document | None = None,
) -> Authorisation:
    """One representative, one service and subject, at most ``CASE_AUTHORISATION_DAYS``; both ends are included.

    ``by`` is she herself or the representative with the signed ``paper``. The same one twice is one. Raises
    ``PermissionDenied``, ``UnknownService``, ``EndsBeforeItBegins``, ``ConsentTooLong``, ``CantReceive``.
    """
    if service not in services:
        raise errors.UnknownService()
    policies.may_authorise(by, worker).insist()
    able = policies.may_open_for(representative, worker)
    if not able or not representative.is_active or policies.is_herself(representative, worker):
        raise errors.CantReceive(who=representative.full_name, why=able.reason or policies.NOT_HERSELF)
    if valid_until < signed_on:
        raise errors.EndsBeforeItBegins()
    longest = settings.CASE_AUTHORISATION_DAYS
    if (valid_until - signed_on).days > longest or signed_on > localdate(now):
        raise errors.ConsentTooLong(days=longest)
    hold(f"casework.authorise:{worker.pk}:{representative.pk}:{service}")  # a form sent twice at once
    there = authorisation_for(representative, worker, service=service, subject_code=subject_code, on=localdate(now))
    if there is not None and (there.signed_on, there.valid_until, there.way) == (signed_on, valid_until, way):
        return there
    return Authorisation.objects.create(
        worker=worker,
        representative=representative,
        service=service,
        subject_code=subject_code,
        way=way,
        signed_on=signed_on,
        valid_until=valid_until,
        recorded_at=now,
        paper=paper,
    )


@transaction.atomic
def revoke_authorisation(authorisation: Authorisation, *, by, now: datetime) -> Authorisation:
    """She ends it; what was filed stays hers to go on with. Her representative may give it back as well.

    Twice is once. Raises ``PermissionDenied``. Locks: consent → case.
    """
    locked = _locked(authorisation)
    if by.pk != locked.representative_id and not policies.is_herself(by, locked.worker):
        policies.NOT_HERS.insist()
    if locked.revoked_at is not None:
        return locked
    locked.revoked_at = now
    locked.save(update_fields=["revoked_at"])
    for case in Case.objects.unscoped().filter(authorisation=locked, filed_by=FiledBy.REPRESENTATIVE).order_by("pk"):
        _make_hers(lock_case(case), by=by, now=now, told=not policies.is_representative(by, case))
    return locked


@transaction.atomic
def take_into_own_hands(case: Case, *, by, now: datetime) -> Case:
    """She goes on with what a representative began, nothing typed again. Twice is once. Raises ``PermissionDenied``."""
    case = lock_case(case)
    if not policies.is_herself(by, case.worker):
        policies.NOT_HERS.insist()
    if case.filed_by == FiledBy.REPRESENTATIVE:
        _make_hers(case, by=by, now=now, told=True)
    return case


def _make_hers(case: Case, *, by, now: datetime, told: bool) -> None:
    """Her own case from now on; who filed it stays on record, and so stays barred from deciding about it."""
    case.filed_by = FiledBy.HERSELF
    case.save(update_fields=["filed_by"])
    event = record(case, Handling.HERS_AGAIN, by=by, now=now, position=case.position)
    if told:
        tell_staff(event, notifications.REVOKED, case.representative)


def _locked(authorisation: Authorisation) -> Authorisation:
    rows = Authorisation.objects.unscoped().select_for_update(no_key=True, of=("self",)).select_related("worker")
    return rows.get(pk=authorisation.pk)
