"""One new woman on a roster, without a workbook: judged by the very importer that reads workbooks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from services.foundation.sheets import ImportContext, Outcome, Row, RowResult, sheets
from services.organizations.enums import ROSTER_WRITERS
from services.organizations.models import Organization
from services.organizations.policies import holds
from services.workers import errors
from services.workers.models import Worker
from services.workers.rules.roster import RosterReader

ROSTER = "workers"


@transaction.atomic
def hire(cells: Mapping[str, Any], *, union: Organization, by, today: date, now: datetime) -> Worker:
    """Add a record to a union's roster; ``cells`` are those of one line, under the names of its columns.

    Raises ``PermissionDenied``, ``UnionClosed``, ``LineRefused`` with what the importer finds, and ``OnTheRoster``
    when she stands there already: then nothing is changed.
    """
    holds(by, union, *ROSTER_WRITERS).insist()
    if union.closed_on:
        raise errors.UnionClosed(union=union.name)
    context = ImportContext(
        today=today,
        now=now,
        organization=union,
        by=by,
        allow_invented=settings.ALLOW_INVENTED_IDENTITIES,
        columns=frozenset(cells),
    )
    found = _read(cells, context)
    if found.outcome == Outcome.REFUSED:
        raise errors.LineRefused(found.faults)
    number = _identity(cells, context)
    if found.outcome != Outcome.NEW:
        raise errors.OnTheRoster(_record(number))
    context.write = True
    try:
        with transaction.atomic():
            if _read(cells, context).outcome != Outcome.NEW:  # somebody was faster since the first reading
                raise errors.NumberTaken()
    except IntegrityError:
        raise errors.NumberTaken() from None
    worker = _record(number)
    log(instance=worker, action="workers.add", user=by)
    return worker


def _read(cells: Mapping[str, Any], context: ImportContext) -> RowResult:
    importer = sheets[ROSTER].importer(context)
    return [*importer.take([Row(1, cells)]), *importer.finish()][0]


def _identity(cells: Mapping[str, Any], context: ImportContext) -> str:
    person, _faults = RosterReader(today=context.today, allow_invented=context.allow_invented).read(1, cells)
    return person.id_number


def _record(number: str) -> Worker:
    return Worker.objects.unscoped().select_related("organization").get(id_index=Worker.index_of(number))
