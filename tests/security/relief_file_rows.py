"""Who may open hardship files and what belongs to the review of an application: see ``table.py``."""

from tests.security.rows import ABOVE, READERS, WRITERS, at_the_desk, one, staff

_sees = staff(READERS, ABOVE)
_keeps = staff(WRITERS, ABOVE)
# While an application is reviewed only its own desk writes: those above look.
_handles = staff(WRITERS, ["own"])

_FILE = {"token": "household.token"}
_CASE = {"token": "relief_case.token"}

FILE_ROWS = {
    **{
        f"relief_desk:{page}": at_the_desk(staff(READERS))
        for page in (
            *("files", "files_results", "search", "return_visits", "return_visits_results"),
            *("awards", "awards_results"),
        )
    },
    "relief_desk:find": at_the_desk(staff(WRITERS)),
    "relief_desk:begin": one(_keeps, token="relief_worker.token"),
    "relief_desk:file": one(_sees, **_FILE),
    **{
        f"relief_desk:file_{part}": one(_handles, no=_sees - _handles, **_FILE)
        for part in ("members", "money", "causes", "particulars")
    },
    **{
        f"relief_desk:file_{act}": one(_keeps, no=_sees - _keeps, **_FILE)
        for act in ("month", "recheck", "suspend", "resume", "leave")
    },
    "relief_desk:return_visit": one(_keeps, no=_sees - _keeps, **_FILE, visit="return_visit.pk"),
    # She herself and her representative answer; nobody has been authorised here.
    **{
        f"relief_desk:{page}": one(frozenset(), no=_sees, **_CASE) for page in ("answers", "for_her", "for_her_account")
    },
    **{f"relief_desk:{act}": one(_handles, no=_sees - _handles, **_CASE) for act in ("visit", "sum", "second_sum")},
    "relief_desk:exclusion": one(_handles, no=_sees - _handles, **_CASE, code="two_homes"),
    "relief_desk:overlap": one(_handles, no=_sees - _handles, **_CASE, other="relief_overlap.key"),
}
