"""The writes of the bookings app. The lock protocol: docs/decisions/0002-places-cannot-be-oversold.md."""

from services.bookings.actions.allocations import give_places, open_places, reclaim_places, return_places
from services.bookings.actions.cancelling import cancel_booking, give_up_all, record_absences
from services.bookings.actions.check_in import check_in
from services.bookings.actions.expiry import expire_due
from services.bookings.actions.holding import accept_offer, confirm_booking, hold_place
from services.bookings.actions.moving import move_booking
from services.bookings.actions.offerings import close_offering, open_offering
from services.bookings.actions.sessions import add_session, edit_session, remove_session
from services.bookings.actions.waiting import join_waiting_list, leave_waiting_list

__all__ = [
    "accept_offer",
    "add_session",
    "cancel_booking",
    "check_in",
    "close_offering",
    "confirm_booking",
    "edit_session",
    "expire_due",
    "give_places",
    "give_up_all",
    "hold_place",
    "join_waiting_list",
    "leave_waiting_list",
    "move_booking",
    "open_offering",
    "open_places",
    "reclaim_places",
    "record_absences",
    "remove_session",
    "return_places",
]
