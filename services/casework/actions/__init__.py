"""The writes of casework. Lock order: consent → the tree (shared) → case → what the service locks."""

from services.casework.actions.asking import AskedItem, mark_supplied, still_asked
from services.casework.actions.move import move
from services.casework.actions.opening import open_case
from services.casework.actions.verbs import (
    appeal,
    approve,
    close,
    end_notice,
    object_to,
    pass_step,
    publish,
    refuse,
    reopen,
    resubmit,
    return_case,
    settle_objection,
    start_payment,
    submit,
    uphold,
    withdraw,
)

__all__ = [
    "AskedItem",
    "appeal",
    "approve",
    "close",
    "end_notice",
    "mark_supplied",
    "move",
    "object_to",
    "open_case",
    "pass_step",
    "publish",
    "refuse",
    "reopen",
    "resubmit",
    "return_case",
    "settle_objection",
    "start_payment",
    "still_asked",
    "submit",
    "uphold",
    "withdraw",
]
