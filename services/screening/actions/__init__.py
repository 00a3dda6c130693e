"""The writes of screening."""

from services.bookings.actions import give_many
from services.screening.actions.booking import accept, book, cancel, confirm, move
from services.screening.actions.draws import enter_draw, leave_draw
from services.screening.actions.enrolling import enrol
from services.screening.actions.enrolments import carry_out, look_again, prepare_enrolment
from services.screening.actions.following import close_follow_up, record_attempt, refuse_follow_up
from services.screening.actions.group_facts import record_paper, state_for_group, withdraw_paper
from services.screening.actions.history import state_last_screening, state_residence
from services.screening.actions.places import add_series, set_places
from services.screening.actions.programmes import (
    close_programme,
    create_programme,
    edit_programme,
    open_programme,
    publish_terms,
    write_terms,
)
from services.screening.actions.reminding import (
    open_forgotten,
    remind_of_appointments,
    remind_of_next_round,
    remind_of_unread,
)
from services.screening.actions.results import (
    enter_result,
    look_at_phone,
    look_at_result,
    look_for_correction,
    read_result,
)
from services.screening.actions.sites import assign_operators
from services.screening.actions.waiting import join_waiting_list, leave_waiting_list

__all__ = [
    "accept",
    "add_series",
    "assign_operators",
    "book",
    "cancel",
    "carry_out",
    "close_follow_up",
    "close_programme",
    "confirm",
    "create_programme",
    "edit_programme",
    "enrol",
    "enter_draw",
    "enter_result",
    "give_many",
    "join_waiting_list",
    "leave_draw",
    "leave_waiting_list",
    "look_again",
    "look_at_phone",
    "look_at_result",
    "look_for_correction",
    "move",
    "open_forgotten",
    "open_programme",
    "prepare_enrolment",
    "publish_terms",
    "read_result",
    "record_attempt",
    "record_paper",
    "refuse_follow_up",
    "remind_of_appointments",
    "remind_of_next_round",
    "remind_of_unread",
    "set_places",
    "state_for_group",
    "state_last_screening",
    "state_residence",
    "withdraw_paper",
    "write_terms",
]
