"""What is known of a home's premises: areas, connection, safety."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.applications import insist_areas
from services.childrens_homes.actions.holding import changed, hold
from services.childrens_homes.models import Home

STATED = ("room_m2", "outdoor_m2", "internet", "video_call", "safe", "safety_checked_on", "opened_on")


@transaction.atomic
def state_rooms(
    home: Home, *, by, today: date, room_m2: Decimal | None = None, outdoor_m2: Decimal | None = None, **stated
) -> Home:
    """What isn't given is not stated. An area of 4000 m² is refused as a typing error.

    Raises ``PermissionDenied``, ``AreaAbsurd``, ``AreaMissing``, ``DayAhead``, ``Invalid``. Lock: the home.
    """
    home = hold(home, "host", "programme")
    policies.may_run(by, home).insist()
    insist_areas(home.programme, room_m2=room_m2, outdoor_m2=outdoor_m2)
    for name in ("safety_checked_on", "opened_on"):
        if stated.get(name) and stated[name] > today:
            raise errors.DayAhead(field=name)
    values = dict.fromkeys(STATED) | stated | {"room_m2": room_m2, "outdoor_m2": outdoor_m2}
    before = {name: getattr(home, name) for name in STATED}
    home = changed(home, values)
    moved = sorted(name for name in STATED if before[name] != getattr(home, name))
    if moved:
        log(instance=home, action="childrens_homes.state_rooms", user=by, data={"fields": moved})
    return home
