"""Who may open the addresses of equipment: see ``table.py``. The home is in the school at which ``child`` stands; its
county is ``parent``, its city ``top``, ``own`` the township between them."""

from services.organizations.enums import Role
from tests.security.rows import INVOLVED, Row, at_the_desk, one, staff

READERS = (Role.WF_OFFICER, Role.WF_FINANCE, Role.HOME_TEACHER, Role.HOME_INSPECTOR, Role.AUDITOR)
_seen = staff(READERS, INVOLVED)
_kept = staff([Role.WF_OFFICER], ("parent", "top"))
_run = staff([Role.WF_OFFICER, Role.HOME_TEACHER], INVOLVED)
_finance = staff([Role.WF_FINANCE], ("parent", "top"))
_city = staff([Role.WF_OFFICER], ["top"])
# Whoever keeps a county somewhere; the world's "foreign" is a county too.
_county_somewhere = staff([Role.WF_OFFICER], ("parent", "top", "foreign"))
_read = staff(READERS)


def _home(yes) -> Row:
    """Whoever answers for personal data sees that there is a home, but nothing of its equipment."""
    knows = _seen | staff([Role.PRIVACY_OFFICER], INVOLVED)
    return one(yes, no=knows - yes, code="equipment_home.code")


def _asset(yes, **more) -> Row:
    return one(yes, no=_seen - yes, token="equipment_asset.token", **more)


def _order(yes) -> Row:
    return one(yes, no=_seen - yes, token="equipment_order.token")


def _take(yes) -> Row:
    return one(yes, no=_seen - yes, token="equipment_take.token")


# The taking home is at the county itself: its side is seen from there up.
def _transfer(yes) -> Row:
    return one(yes, no=_seen - yes, token="equipment_transfer.token")


_P = "home_equipment_desk"
ROWS = {
    **{
        f"{_P}:{page}": at_the_desk(_read)
        for page in (
            *("register", "register_results", "deliveries", "deliveries_results", "tasks", "tasks_results"),
            *("takes", "takes_results", "transfers", "transfers_results"),
            *("standards", "progress", "progress_print"),
        )
    },
    f"{_P}:order": at_the_desk(_county_somewhere),
    f"{_P}:batch": one(staff(READERS, ("parent", "top")), number="equipment_batch.number"),
    f"{_P}:delivery": _order(_seen),
    **{f"{_P}:{page}": _order(_run) for page in ("receive", "delivery_photo")},
    **{f"{_P}:{page}": _order(_kept) for page in ("ship", "verify", "object", "resolve")},
    **{f"{_P}:{page}": _home(_seen) for page in ("home", "home_booklet", "home_labels")},
    **{f"{_P}:{page}": _home(_run) for page in ("confirm", "begin_count")},
    **{f"{_P}:{page}": _home(_kept) for page in ("issue", "order_one", "gift", "ask_transfer")},
    f"{_P}:county_booklet": one(staff(READERS, ("parent", "top")), code="equipment_county.code"),
    **{f"{_P}:{page}": _asset(_seen) for page in ("asset", "asset_label")},
    **{f"{_P}:{page}": _asset(_run) for page in ("repair", "back", "condition", "asset_photo")},
    **{f"{_P}:{page}": _asset(_kept) for page in ("issue_one", "correct")},
    f"{_P}:decide": _asset(_finance),
    f"{_P}:step": _asset(_kept, verb="ask_scrap"),
    f"{_P}:photo": one(_seen, token="equipment_photo.token"),
    f"{_P}:take": _take(_seen),
    f"{_P}:seen": _take(_run),
    **{f"{_P}:{page}": _take(_kept) for page in ("approve_take", "return_take")},
    f"{_P}:transfer": _transfer(_seen),
    f"{_P}:hand_over": _transfer(_run),
    f"{_P}:take_over": _transfer(staff([Role.WF_OFFICER, Role.HOME_TEACHER], ("parent", "top"))),
    f"{_P}:call_off": _transfer(_kept),
    f"{_P}:task": one(_seen, pk="equipment_task.pk"),
    # Every list of her city is hers to read, so that of another isn't there for her.
    f"{_P}:put_in_force": one(_city, no=_read - _city, pk="equipment_draft.pk"),
    f"{_P}:load_lists": at_the_desk(_city),
    f"{_P}:standard_write": Row("desk", _city, rest=403, arguments=lambda world: {"profile": "school"}),
}
