"""The writes of screening."""

from services.screening.actions.booking import accept, book, cancel, confirm, move
from services.screening.actions.history import state_last_screening
from services.screening.actions.places import add_series, give_many, set_places
from services.screening.actions.programmes import (
    close_programme,
    create_programme,
    edit_programme,
    open_programme,
    publish_terms,
    write_terms,
)
from services.screening.actions.sites import assign_operators
from services.screening.actions.waiting import join_waiting_list, leave_waiting_list

__all__ = [
    "accept",
    "add_series",
    "assign_operators",
    "book",
    "cancel",
    "close_programme",
    "confirm",
    "create_programme",
    "edit_programme",
    "give_many",
    "join_waiting_list",
    "leave_waiting_list",
    "move",
    "open_programme",
    "publish_terms",
    "set_places",
    "state_last_screening",
    "write_terms",
]
