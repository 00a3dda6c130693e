"""The writes of the bookings app. The lock protocol: docs/decisions/0002-places-cannot-be-oversold.md."""

from services.bookings.actions.allocations import give_places, open_places, reclaim_places, return_places
from services.bookings.actions.attendance import excuse_missed, mark_absences, mark_no_show, undo_no_show
from services.bookings.actions.attendance_list import record_attendance
from services.bookings.actions.cancelling import cancel_booking, give_up_all, record_absences
from services.bookings.actions.check_in import check_in
from services.bookings.actions.checking import check_places
from services.bookings.actions.drawing import enter_number, freeze_draw, freeze_due
from services.bookings.actions.draws import announce_again, announce_draw, choose_first_come, correct_number
from services.bookings.actions.entering import enter_draw, leave_draw
from services.bookings.actions.expiry import expire_due
from services.bookings.actions.giving import carry_on_giving, give_drawn_places, start_giving
from services.bookings.actions.holding import accept_offer, confirm_booking, hold_place
from services.bookings.actions.moving import move_booking
from services.bookings.actions.offerings import close_offering, open_offering
from services.bookings.actions.pools import create_pool, edit_pool, general_pool, remove_pool
from services.bookings.actions.portions import give_many
from services.bookings.actions.priority import change_priority
from services.bookings.actions.reminding import remind_booking
from services.bookings.actions.sessions import add_session, edit_session, remove_session
from services.bookings.actions.transfers import move_places, return_due, return_unused
from services.bookings.actions.waiting import join_waiting_list, leave_waiting_list
from services.bookings.actions.walk_ins import seat_who_came

__all__ = [
    "accept_offer",
    "add_session",
    "announce_again",
    "announce_draw",
    "cancel_booking",
    "carry_on_giving",
    "change_priority",
    "check_in",
    "check_places",
    "choose_first_come",
    "close_offering",
    "confirm_booking",
    "correct_number",
    "create_pool",
    "edit_pool",
    "edit_session",
    "enter_draw",
    "enter_number",
    "excuse_missed",
    "expire_due",
    "freeze_draw",
    "freeze_due",
    "general_pool",
    "give_drawn_places",
    "give_many",
    "give_places",
    "give_up_all",
    "hold_place",
    "join_waiting_list",
    "leave_draw",
    "leave_waiting_list",
    "mark_absences",
    "mark_no_show",
    "move_booking",
    "move_places",
    "open_offering",
    "open_places",
    "reclaim_places",
    "record_absences",
    "record_attendance",
    "remind_booking",
    "remove_pool",
    "remove_session",
    "return_due",
    "return_places",
    "return_unused",
    "seat_who_came",
    "start_giving",
    "undo_no_show",
]
