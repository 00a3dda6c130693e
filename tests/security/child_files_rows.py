"""Who may open the addresses of children's files: see ``table.py``. The home stands where ``child`` stands: its
teacher is ``child``, the township ``own``, the county ``parent``, the city ``top``."""

from services.organizations.enums import Role
from tests.security.rows import ABOVE, ALL_STAFF, Row, at_the_desk, for_anybody, one, staff
from tests.security.world import POSITIONS, staff_name

_BELOW_CITY = tuple(place for place in POSITIONS if place != "top")
_teachers = staff([Role.HOME_TEACHER])
_officers = staff([Role.WF_OFFICER], _BELOW_CITY)
_listing = _teachers | _officers
_not_listing = ALL_STAFF - _listing
_teacher = staff([Role.HOME_TEACHER], ["child"])
_officers_here = staff([Role.WF_OFFICER], ("own", "parent", "child"))
_seen = _teacher | _officers_here
_county = staff([Role.WF_OFFICER], ["parent"])
_guards = staff([Role.PRIVACY_OFFICER])
_guards_here = staff([Role.PRIVACY_OFFICER], (*ABOVE, "child"))
_city_guard = staff([Role.PRIVACY_OFFICER], ["top"])
_figures = staff([Role.WF_OFFICER, Role.PRIVACY_OFFICER, Role.AUDITOR])
_readers = frozenset({staff_name(Role.HOME_TEACHER, "child"), staff_name(Role.WF_OFFICER, "parent")})


def _file(yes, **arguments) -> Row:
    """Beyond her reach a file doesn't exist; within it a missing right is said; who lists no files is told so."""
    return one(yes, no=_not_listing | (_seen - yes), token="child_file.token", **arguments)


def _guarded(yes, **arguments) -> Row:
    return one(yes, no=ALL_STAFF - _guards, **arguments)


_releasing = _listing | _guards
# Homes' teachers wherever they teach, officers at a county.
_asking = _teachers | staff([Role.WF_OFFICER], ("parent", "foreign"))
_release_seen = _teacher | staff([Role.WF_OFFICER], ["parent"]) | _guards_here


def _release(yes) -> Row:
    return one(yes, no=(ALL_STAFF - _releasing) | (_release_seen - yes), token="child_release.token")


ROWS = {
    **{
        f"child_files_desk:{page}": at_the_desk(_listing)
        for page in ("list", "list_results", "overdue", "overdue_results", "approvals", "approvals_results")
    },
    "child_files_desk:register": at_the_desk(_teachers),
    "child_files_desk:report": at_the_desk(_figures),
    "child_files_desk:audit": Row(
        "desk", staff([Role.PRIVACY_OFFICER, Role.AUDITOR], ["top"]), arguments=lambda world: {"year": 2026}
    ),
    "child_files_desk:file": _file(_seen),
    "child_files_desk:add": _file(_teacher, what="contact"),
    **{
        f"child_files_desk:{page}": _file(_teacher, guardian="child_guardian.pk")
        for page in ("link", "correct_guardian", "end_guardian")
    },
    "child_files_desk:take_out": _file(_teacher, what="contact", pk="child_contact.pk"),
    **{f"child_files_desk:{page}": _file(_teacher) for page in ("consent", "review", "exit", "readmit", "paper_add")},
    "child_files_desk:withdraw": _file(_seen, purpose="home_service"),
    "child_files_desk:ask": _file(_county),
    "child_files_desk:break_glass": _file(_officers_here),
    "child_files_desk:note_concern": _file(_seen),
    "child_files_desk:paper_remove": _file(_teacher, paper="child_paper.token"),
    # A link belongs to whoever was given it: for everybody else it leads nowhere.
    "child_files_desk:paper": one(
        frozenset(), no=_not_listing, token="child_file.token", paper="child_paper.token", link="borrowed"
    ),
    # Whoever asked and whoever was asked.
    "child_files_desk:approval": one(
        staff([Role.WF_OFFICER], ["parent", "own"]), no=_not_listing, token="child_grant.token"
    ),
    **{f"child_files_desk:{page}": at_the_desk(_releasing) for page in ("releases", "releases_results")},
    "child_files_desk:release_ask": at_the_desk(_asking),
    "child_files_desk:release": _release(_release_seen),
    # The asker and the leader end it, and whoever guards the home's data; the asker alone takes it.
    "child_files_desk:release_end": _release(_release_seen),
    "child_files_desk:release_copy": _release(_teacher),
    "child_files_desk:concerns": at_the_desk(_readers),
    "child_files_desk:concern": one(_readers, token="child_concern.token"),
    "child_files_desk:privacy": at_the_desk(_guards),
    "child_files_desk:request": _guarded(_guards_here, token="child_request.token"),
    "child_files_desk:erase": _guarded(_guards_here, token="child_request.token"),
    "child_files_desk:emergency": _guarded(_guards_here, token="child_emergency.token"),
    "child_files_desk:incident": _guarded(_city_guard, token="child_incident.token"),
    "child_files_desk:care_rules": one(_city_guard, no=ALL_STAFF - _city_guard, year="child_year"),
    "child_files_desk:keepers": _guarded(staff([Role.PRIVACY_OFFICER], ["top", "parent"]), county="child_county.code"),
    **{
        f"child_files_desk:{page}": at_the_desk(_city_guard)
        for page in ("incident_add", "run", "rule", "assess", "switch", "share", "publish")
    },
    # Behind the guardian's link: without her session everybody is told that the link is over.
    **{
        f"child_files:{page}": for_anybody()
        for page in ("over", "home", "stop", "data", "copy", "print", "looks", "ask", "leave")
    },
    "child_files:start": for_anybody(secret="x"),
    "child_files:code": for_anybody(secret="x"),
    "child_files:say": for_anybody(purpose="health"),
    "child_files:stop_one": for_anybody(purpose="health"),
}
