"""Who may open the addresses of casework: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, WRITERS, hers, one, staff
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
ROWS = HERS | PAPERS
