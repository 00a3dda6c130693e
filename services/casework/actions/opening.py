"""Beginning an application."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.casework import errors, notifications, policies, queries
from services.casework.actions.numbers import next_number
from services.casework.actions.telling import record, tell_her
from services.casework.enums import FiledBy, RouteState, Stage
from services.casework.models import Authorisation, Case, ReviewRoute
from services.casework.queries.timeline import OPENED
from services.casework.registry import services


@transaction.atomic
def open_case(
    *,
    service: str,
    subject_code: str,
    worker,
    route_code: str,
    by,
    now: datetime,
    authorisation: Authorisation | None = None,
) -> Case:
    """Begin an application as a draft, under the version of the route that is in force.

    ``service`` is the code of a registered ``CaseService``. She opens her own; a member of staff needs an
    authorisation in force for exactly this woman, service and subject (looked up when it isn't given) and the woman
    is told; ``by`` None is the system, in her own name. Every call opens another one: whoever wants one at a time
    asks ``her_open_cases`` first. Raises ``PermissionDenied``, ``UnknownService``, ``NoRoute``, ``ConsentMissing``.
    """
    if service not in services:
        raise errors.UnknownService()
    if by is not None:
        policies.may_open_for(by, worker).insist()
    consent = None
    if by is not None and not policies.is_herself(by, worker):
        consent = _consent(authorisation, by, worker, service=service, subject_code=subject_code, now=now)
    route = ReviewRoute.objects.filter(code=route_code, state=RouteState.ACTIVE).first()
    if route is None:
        raise errors.NoRoute(route=route_code)
    case = Case.objects.create(
        number=next_number(services[service].letters, worker.organization, now=now),
        service=service,
        subject_code=subject_code,
        organization=worker.organization,
        path=worker.organization.path,
        worker=worker,
        filed_by=FiledBy.REPRESENTATIVE if consent else FiledBy.HERSELF,
        representative=by if consent else None,
        authorisation=consent,
        route=route,
        created_at=now,
        stage_since=now,
    )
    event = record(case, OPENED, by=by, now=now, target=Stage.DRAFT, for_whom=worker.user if consent else None)
    if consent:
        tell_her(event, notifications.BEGUN_FOR_YOU)
    return case


def _consent(given: Authorisation | None, by, worker, *, service: str, subject_code: str, now: datetime):
    """The authorisation as the database has it now, never as the caller read it."""
    found = queries.authorisation_for(by, worker, service=service, subject_code=subject_code, on=localdate(now))
    if given is not None:
        exact = Authorisation.objects.own(
            pk=given.pk,
            representative=by,
            worker=worker,
            service=service,
            subject_code=subject_code,
        )
        found = exact.filter(queries.in_force(localdate(now))).first()
    if found is None:
        raise errors.ConsentMissing()
    return found
