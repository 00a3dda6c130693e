"""Who may open the pages of the day of the examination and of what follows it."""

from services.organizations.enums import Role
from tests.security.rows import ALL_STAFF, DESK, OVER, Row, at_the_desk, hers, looked_up, one, staff
from tests.security.world import OWNER

_FOLLOWING = (Role.FEDERATION_OFFICER, Role.CASE_OFFICER)
# Posts at federations; an employer's own union ("child") has no part in it.
_followers = staff(_FOLLOWING, ("own", "parent", "top", "sibling", "foreign"))
# Strictly above her union, which is the world's town.
_her_followers = staff(_FOLLOWING, OVER)
_SITE_STAFF = staff([Role.CLINIC_OPERATOR], ["own"])


def _site(**arguments) -> Row:
    return Row(DESK, _SITE_STAFF, arguments=looked_up(arguments))


AFTER_THE_EXAM = {
    "screening_desk:follow_ups": at_the_desk(_followers),
    "screening_desk:follow_ups_results": at_the_desk(_followers),
    "screening_desk:follow_up": one(_her_followers, no=ALL_STAFF - _followers, token="follow_up.token"),
    "screening_clinic:days": _site(),
    "screening_clinic:recalls": _site(),
    "screening_clinic:recall": _site(token="follow_up.token"),
    "screening_clinic:result": _site(token="booking.token"),
    **{
        f"screening_clinic:{page}": _site(venue="session.venue.token", day="session.starts_at")
        for page in ("day", "absent")
    },
    **{
        f"screening_clinic:{page}": _site(venue="session.venue.token", day="session.starts_at", kind="results")
        for page in ("sheet", "upload")
    },
    "screening:result": hers(frozenset({OWNER}), token="booking.token"),
    "screening:result_stop": hers(frozenset({OWNER}), token="booking.token"),
    "accounts:confirm": hers(),
    "accounts:confirm_code": hers(),
}

CHECK_IN = {
    "bookings:today": at_the_desk(staff([Role.CLINIC_OPERATOR], ["own"])),
    "bookings:find": at_the_desk(staff([Role.CLINIC_OPERATOR], ["own"])),
    "bookings:kept": at_the_desk(staff([Role.CLINIC_OPERATOR], ["own"])),
    "bookings:door": Row(DESK, staff([Role.CLINIC_OPERATOR], ["own"]), arguments=looked_up({"token": "booking.token"})),
}
