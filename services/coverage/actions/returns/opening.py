"""Opening a year: every union of the tree gets its draft, in one statement whatever their number."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.coverage import return_errors as errors
from services.coverage import return_policies as policies
from services.coverage.models import ReturnYear
from services.coverage.queries.requirements import in_force
from services.coverage.rules.return_period import due_on, may_be_opened, period
from services.foundation.locks import hold
from services.organizations.enums import Kind
from services.organizations.models import Organization

# A row a union is what makes "expected" countable; what is known is read when somebody looks, not for all at once.
_DRAFTS = """
INSERT INTO coverage_annualreturn (
    collection_id, organization_id, year, version, form, state, latest, reports_to_id, known, figures, reasons, below,
    totals, incomplete_because, returned_because, amended_because, signed_name, changes
)
SELECT %(collection)s, o.id, %(year)s, 1,
    CASE WHEN o.kind <> %(grassroots)s OR o.numchild > 0 THEN 'upper' ELSE 'grassroots' END,
    'draft', TRUE, p.id, '{}', '{}', '{}', '{}', '{}', '', '', '', '', 0
FROM organizations_organization o
LEFT JOIN organizations_organization p ON p.path = substr(o.path, 1, length(o.path) - %(step)s)
WHERE o.path LIKE %(below)s AND o.closed_on IS NULL
    AND (o.established_on IS NULL OR o.established_on <= %(last)s)
    AND NOT EXISTS (SELECT 1 FROM coverage_annualreturn r WHERE r.organization_id = o.id AND r.year = %(year)s)
"""


@dataclass(frozen=True, slots=True)
class Opened:
    collection: ReturnYear
    added: int


@transaction.atomic
def open_year(organization: Organization, *, year: int, by, now: datetime) -> Opened:
    """Open the return of ``year`` for all unions of the tree that were there at the end of its period.

    Done again it adds the unions that have come since, and changes nothing else. ``by`` None: the system itself.
    Raises ``PermissionDenied``, ``YearNotOpenable``.
    """
    if by is not None:
        policies.may_open_year(by, organization).insist()
    today = localdate(now)
    if not may_be_opened(year, today=today):
        raise errors.YearNotOpenable(year=year)
    hold(f"coverage.return_year:{organization.pk}:{year}")
    collection = ReturnYear.objects.filter(organization=organization, year=year).first()
    if collection is None:
        asked = in_force(organization.path, period(year)[1])
        collection = ReturnYear.objects.create(
            organization=organization,
            year=year,
            due_on=due_on(year, month=asked.return_due_month, day=asked.return_due_day),
            committee_from=asked.committee_from,
            opened_by=by,
            opened_at=now,
        )
        log(instance=organization, action="coverage.open_returns", user=by, data={"year": year})
    return Opened(collection, _draft_for_all(collection, organization))


def _draft_for_all(collection: ReturnYear, organization: Organization) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _DRAFTS,
            {
                "collection": collection.pk,
                "year": collection.year,
                "grassroots": str(Kind.GRASSROOTS_UNION),
                "step": Organization.steplen,
                "below": f"{organization.path}%",
                "last": period(collection.year)[1],
            },
        )
        return cursor.rowcount
