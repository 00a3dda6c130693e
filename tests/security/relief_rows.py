"""Who may open the addresses of relief: see ``table.py``."""

from services.organizations.enums import Role
from tests.security.relief_file_rows import FILE_ROWS
from tests.security.rows import (
    ABOVE,
    EVERYBODY,
    INVOLVED,
    OPEN,
    READERS,
    RUNNERS,
    Row,
    at_the_desk,
    for_anybody,
    hers,
    one,
    staff,
)
from tests.security.world import OTHER_WORKER, OWNER

STANDARD_READERS = (*READERS, Role.FINANCE_OFFICER)
_reads = staff(STANDARD_READERS)
_keeps_here = staff(RUNNERS, ABOVE)
_sees_here = staff(STANDARD_READERS, INVOLVED)
_programme = {"code": "relief_programme.code"}

_OWNER = frozenset({OWNER})
_own = {"token": "her_relief_case.token"}

HERS = {
    **{
        f"relief:{page}": hers(_OWNER, **_own)
        for page in (
            *("application", "you", "people", "person_add", "money", "causes", "home", "event", "group", "student"),
            *("account", "check", "sent", "what_i_sent"),
        )
    },
    **{f"relief:{page}": hers(_OWNER, **_own, member="her_child.pk") for page in ("person", "person_remove")},
    "relief:line_add": hers(_OWNER, **_own, side="in"),
    **{f"relief:{page}": hers(_OWNER, **_own, side="in", place=0) for page in ("line", "line_remove")},
}

ROWS = {
    **FILE_ROWS,
    **HERS,
    # What a programme is, for anybody; only a woman with a record begins.
    # To a woman of another city's union this city's programme isn't there.
    "relief:begin": Row(OPEN, EVERYBODY - {OTHER_WORKER}, rest=404, arguments=lambda world: {"code": "citys-relief"}),
    **{
        f"relief_desk:{page}": at_the_desk(_reads)
        for page in ("lines", "lines_results", "tests", "programmes", "programmes_results")
    },
    **{f"relief_desk:{page}": at_the_desk(staff(RUNNERS)) for page in ("line_add", "test_new", "programme_add")},
    "relief_desk:programme": one(_sees_here, **_programme),
    **{
        f"relief_desk:{page}": one(_keeps_here, no=_sees_here - _keeps_here, **_programme)
        for page in ("programme_edit", "programme_activate", "programme_retire")
    },
    "relief_desk:line_edit": one(_keeps_here, no=_sees_here - _keeps_here, pk="living_line.pk"),
    "relief_desk:test_activate": one(_keeps_here, no=_sees_here - _keeps_here, pk="income_test.pk"),
    "relief:start": for_anybody(),
    "relief:ask": for_anybody(step="you"),
    "relief:answer": for_anybody(),
    "relief:again": for_anybody(),
}
