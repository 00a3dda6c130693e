"""Who may open the addresses of activities: see ``table.py``. The town runs them, ``child`` takes part."""

from tests.security.rows import (
    ABOVE,
    ALL_STAFF,
    INVOLVED,
    READERS,
    RUNNERS,
    WRITERS,
    Row,
    at_the_desk,
    for_anybody,
    hers,
    one,
    staff,
)
from tests.security.world import OWNER

_D = "signups_desk"
_seeing = staff(READERS, INVOLVED)
_running = staff(RUNNERS, ABOVE)
_reading = staff(READERS, ABOVE)
_door = staff(RUNNERS)


def _activity(yes, **more) -> Row:
    return one(yes, no=_seeing - yes, code="activity.code", **more)


def _place(yes) -> Row:
    return one(yes, no=_reading - yes, code="activity.code", organization="organization.code")


_MANAGED = ("activity_edit", "activity_open", "activity_close", "question_add", "session_add", "evaluation")
_FOUND_OR_TICKED = ("signups_find", "waiting_find", "hours_find", "signups_cancel", "waiting_off")
_OF_SESSION = ("session", "session_remove", "attendance", "absent", "roll")
_HERS = (
    *("booking", "check_answers", "release", "done", "calendar", "move", "cancel", "accept", "decline", "evaluate"),
    "answers",
)
ROWS = {
    **{
        f"{_D}:{page}": at_the_desk(staff(READERS))
        for listing in ("activities", "signups", "waiting", "hours")
        for page in (listing, f"{listing}_results")
    },
    **{f"{_D}:{page}": at_the_desk(staff(READERS)) for page in _FOUND_OR_TICKED},
    f"{_D}:activity_add": at_the_desk(staff(RUNNERS)),
    **{f"{_D}:{page}": _activity(_seeing) for page in ("activity", "places", "certificates")},
    **{f"{_D}:{page}": _activity(_running) for page in (*_MANAGED, "certificates_issue")},
    f"{_D}:find_her": _activity(staff(WRITERS, INVOLVED)),
    # Whoever may not write her record isn't told that there is one.
    f"{_D}:for_her": one(staff(WRITERS, ABOVE), code="activity.code", worker="worker.token"),
    f"{_D}:question_remove": _activity(_running, token="activity_question.token"),
    **{f"{_D}:{page}": _activity(_running, token="activity_session.token") for page in _OF_SESSION},
    f"{_D}:places_of": _place(_reading),
    f"{_D}:give": _place(_running),
    # The places stand at the top: there is nobody to give them back to.
    f"{_D}:return": _place(frozenset()),
    f"{_D}:reclaim": _place(frozenset()),
    # Readers of the roster who see her but don't run the activity read that they may not; others find nothing.
    f"{_D}:waiting_order": one(_running, no=_reading - _running, token="signup_waiting.token"),
    f"{_D}:transcript": one(_reading, token="worker.token"),
    f"{_D}:certificate": one(_reading, token="activity_certificate.token"),
    f"{_D}:certificate_revoke": one(_running, no=_reading - _running, token="activity_certificate.token"),
    **{f"signups:{page}": at_the_desk(_door) for page in ("today", "find")},
    "signups:door": one(_running, no=ALL_STAFF - _door, token="signup.token"),
    "signups:list": for_anybody(),
    "signups:activity": for_anybody(code="activity.code"),
    "signups:session_calendar": for_anybody(token="activity_session.token"),
    "signups:check": for_anybody(token="activity_certificate.token"),
    **{f"signups:{page}": hers(code="activity.code") for page in ("sign_up", "wait")},
    "signups:hours": hers(),
    **{f"signups:{page}": hers(frozenset({OWNER}), token="signup.token") for page in _HERS},
    **{f"signups:{page}": hers(frozenset({OWNER}), token="signup_waiting.token") for page in ("waiting", "leave")},
    "signups:certificate": hers(frozenset({OWNER}), token="activity_certificate.token"),
}
