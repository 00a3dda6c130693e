"""The writes of signups."""

from services.signups.actions.activities import close_activity, create_activity, edit_activity, open_activity
from services.signups.actions.attending import record_roster
from services.signups.actions.certifying import issue_certificates, revoke_certificate
from services.signups.actions.evaluating import evaluate
from services.signups.actions.for_her import join_waiting_list_for_her, sign_up_for_her, take_off_list
from services.signups.actions.questions import add_question, remove_question
from services.signups.actions.reminding import ask_for_evaluations, forget_answers, remind_of_activities
from services.signups.actions.sessions import add_session, edit_session, remove_session
from services.signups.actions.signing import change_answers, join_waiting_list, sign_up

__all__ = [
    "add_question",
    "add_session",
    "ask_for_evaluations",
    "change_answers",
    "close_activity",
    "create_activity",
    "edit_activity",
    "edit_session",
    "evaluate",
    "forget_answers",
    "issue_certificates",
    "join_waiting_list",
    "join_waiting_list_for_her",
    "open_activity",
    "record_roster",
    "remind_of_activities",
    "remove_question",
    "remove_session",
    "revoke_certificate",
    "sign_up",
    "sign_up_for_her",
    "take_off_list",
]
