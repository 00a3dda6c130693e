"""Who may open the addresses of casework: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, ALL_STAFF, READERS, WRITERS, at_the_desk, for_anybody, hers, one, staff
from tests.security.world import OWNER

_OWNER = frozenset({OWNER})


def _own(**arguments):
    return hers(_OWNER, token="case.token", **arguments)


HERS = {
    "casework:list": hers(),
    "casework:authorisations": hers(),
    "casework:revoke": hers(_OWNER, token="authorisation.token"),
    **{
        f"casework:{page}": _own()
        for page in ("case", "supply", "withdraw", "appeal", "take_over", "documents", "uploads")
    },
    "casework:document": _own(document="document.token"),
    "casework:remove": _own(document="document.token"),
    "casework:upload": _own(upload="upload.token"),
    "casework:upload_finish": _own(upload="upload.token"),
}
PAPERS = {
    "casework_papers:one": one(staff(WRITERS, ABOVE), no=staff([Role.AUDITOR], ABOVE), token="document.token"),
}
_seeing = staff(READERS, ABOVE)
_publishing = staff(WRITERS, ["own"])

NOTICES = {
    "notices:list": for_anybody(),
    "notices:status": for_anybody(),
    "notices:notice": for_anybody(token="public_notice.token"),
    "notices:object": for_anybody(token="public_notice.token", position="notice_line.position"),
    "notices:own_line": hers(frozenset({OWNER}), token="notice_line.case.token"),
    "notices:answer": hers(frozenset({OWNER}), token="notice_line.case.token", key="objection.pk"),
    **{
        f"casework_notices:{page}": at_the_desk(staff(READERS))
        for page in ("list", "list_results", "waiting", "objections", "objections_results")
    },
    # A notice is made at the desk itself: for everybody else there is no such desk.
    "casework_notices:publish": one(_publishing, organization="organization.code", service="allowance"),
    "casework_notices:notice": one(_seeing, token="public_notice.token"),
    "casework_notices:take_down": one(_publishing, no=_seeing - _publishing, token="public_notice.token"),
    "casework_notices:objection": one(_seeing, no=ALL_STAFF - staff(READERS), key="objection.pk"),
}

ROWS = HERS | PAPERS | NOTICES
