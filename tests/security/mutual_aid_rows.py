"""Who may open pages of mutual-aid schemes: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, INVOLVED, READERS, RUNNERS, at_the_desk, one, staff

SCHEME_READERS = (*READERS, Role.FINANCE_OFFICER)
_reads = staff(SCHEME_READERS)
_sees_here = staff(SCHEME_READERS, INVOLVED)
_keeps_here = staff(RUNNERS, ABOVE)
_scheme = {"code": "mutual_aid_scheme.code"}

SCHEME_ROWS = {
    "mutual_aid_desk:schemes": at_the_desk(_reads),
    "mutual_aid_desk:schemes_results": at_the_desk(_reads),
    "mutual_aid_desk:scheme_add": at_the_desk(staff(RUNNERS)),
    **{f"mutual_aid_desk:{page}": one(_sees_here, **_scheme) for page in ("scheme", "terms_compare")},
    **{
        f"mutual_aid_desk:{page}": one(_keeps_here, no=_sees_here - _keeps_here, **_scheme)
        for page in ("terms_edit", "terms_new", "terms_activate", "simulate", "scheme_retire")
    },
}
ROWS = {**SCHEME_ROWS}
