"""Who may open annual returns: see ``table.py``. The return is the town's, which reports to its county."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, KEEPERS, OVER, READERS, WRITERS, Row, at_the_desk, one, staff

_RETURN_READERS = (*READERS, Role.PLATFORM_ADMINISTRATOR)
_seen = staff(_RETURN_READERS, ABOVE)
_written = staff(WRITERS, ABOVE)
_decided = staff(WRITERS, OVER)


def _return(yes) -> Row:
    return one(yes, no=_seen - yes, year="towns_return.year", code="towns_return.organization.code")


ROWS = {
    **{
        f"coverage_returns:{page}": at_the_desk(staff(_RETURN_READERS))
        for page in ("list", "list_results", "many_accept", "many_remind")
    },
    "coverage_returns:progress": Row(
        "desk", staff(_RETURN_READERS), arguments=lambda world: {"year": world["towns_return"].year}
    ),
    "coverage_returns:open": at_the_desk(staff(KEEPERS, ["top"])),
    **{f"coverage_returns:{page}": _return(_seen) for page in ("one", "print", "workbook")},
    **{f"coverage_returns:{step}": _return(_written) for step in ("edit", "sign", "take_back", "submit", "amend")},
    **{f"coverage_returns:{step}": _return(_decided) for step in ("accept", "send_back")},
    # The town isn't the top: there is nothing to lock here, whoever asks.
    "coverage_returns:lock": _return(frozenset()),
}
