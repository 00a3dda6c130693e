"""What is kept above about a line is opened: on record, before anything is shown."""

from services.mutual_aid import policies
from services.mutual_aid.models import EnrolmentRow
from services.privacy.actions import record_look


def look_at_line(row: EnrolmentRow, *, reason: str, by) -> list:
    """The findings of a line as stored. Raises ``PermissionDenied`` and what ``record_look`` raises."""
    policies.may_look_at_lines(by, row.batch).insist()
    record_look(viewer=by, subject=row.worker, fields=["mutual_aid"], reason=reason, organization_path=row.batch.path)
    return row.findings or []
