"""One-time codes, staff accounts, sessions, the sign-in log."""

from services.accounts.actions.codes import forget_old_codes, redeem_code, request_code
from services.accounts.actions.sign_in_log import record_sign_in
from services.accounts.actions.staff import (
    create_staff,
    edit_staff,
    end_own_sessions,
    end_staff_sessions,
    note_language,
    note_seen,
    own_password_chosen,
    record_failed_password,
    remove_second_factor,
    reset_staff_password,
    temporary_password,
)

__all__ = [
    "create_staff",
    "edit_staff",
    "end_own_sessions",
    "end_staff_sessions",
    "forget_old_codes",
    "note_language",
    "note_seen",
    "own_password_chosen",
    "record_failed_password",
    "record_sign_in",
    "redeem_code",
    "remove_second_factor",
    "request_code",
    "reset_staff_password",
    "temporary_password",
]
