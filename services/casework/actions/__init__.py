"""The writes of casework. Lock order: consent → the tree (shared) → case → what the service locks."""

from services.casework.actions.asking import AskedItem, mark_supplied, still_asked
from services.casework.actions.authorising import record_authorisation, revoke_authorisation, take_into_own_hands
from services.casework.actions.complaints import answer_complaint, complain, take_complaint_back
from services.casework.actions.days import clear_day, set_day
from services.casework.actions.deputies import appoint_deputy, end_deputy
from services.casework.actions.handling import claim, hand_over, put_back, take_over
from services.casework.actions.move import move
from services.casework.actions.notices import end_due_notices, publish_notice, take_down
from services.casework.actions.opening import open_case
from services.casework.actions.reasons import drop_reason, save_reason
from services.casework.actions.recusing import recuse
from services.casework.actions.routes import (
    StepPlan,
    activate_route,
    change_draft,
    new_route_version,
    next_version_of,
)
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
    "StepPlan",
    "activate_route",
    "answer_complaint",
    "appeal",
    "appoint_deputy",
    "approve",
    "change_draft",
    "claim",
    "clear_day",
    "close",
    "complain",
    "drop_reason",
    "end_deputy",
    "end_due_notices",
    "end_notice",
    "hand_over",
    "mark_supplied",
    "move",
    "new_route_version",
    "next_version_of",
    "object_to",
    "open_case",
    "pass_step",
    "publish",
    "publish_notice",
    "put_back",
    "record_authorisation",
    "recuse",
    "refuse",
    "reopen",
    "resubmit",
    "return_case",
    "revoke_authorisation",
    "save_reason",
    "set_day",
    "settle_objection",
    "start_payment",
    "still_asked",
    "submit",
    "take_complaint_back",
    "take_down",
    "take_into_own_hands",
    "take_over",
    "uphold",
    "withdraw",
]
