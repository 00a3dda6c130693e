"""Who may open the federation's view of women workers' organisations: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, ALL_STAFF, OVER, READERS, at_the_desk, for_anybody, one, staff
from tests.security.world import SUPERUSER

_REMINDERS = (Role.FEDERATION_OFFICER, Role.CASE_OFFICER)
_reads = staff(READERS, ABOVE)
# A post that reads no figures anywhere is told so; one that reads them elsewhere finds nothing here.
_reads_nowhere = staff() - staff(READERS) | {SUPERUSER}
_reminds = staff(_REMINDERS, OVER)
_PLACE = {"organization": "organization.code"}

VIEW_ROWS = {
    "coverage:figures": for_anybody(),
    **{
        f"coverage_view:{page}": at_the_desk(staff(READERS))
        for page in ("top", "unions", "unions_results", "changes", "changes_results", "then", "then_results")
    },
    **{f"coverage_view:{page}": one(_reads, no=_reads_nowhere, **_PLACE) for page in ("at", "data", "workbook")},
    "coverage_view:remind_many": at_the_desk(staff(_REMINDERS)),
    "coverage_view:remind": one(_reminds, no=_reads_nowhere | (_reads - _reminds), **_PLACE),
    # Anybody of the staff keeps views of lists; those of others don't exist for her, and nobody here has one.
    "saved_views:keep": at_the_desk(ALL_STAFF),
    **{f"saved_views:{page}": one(frozenset(), pk=0) for page in ("edit", "drop")},
}
