"""Consents, looks at protected fields, notices, what is erased when its term is over."""

from services.privacy.actions.consents import give_consent, hold_consent, hold_paper_consent, withdraw_consent
from services.privacy.actions.erasing import due_now, erase_ended
from services.privacy.actions.groups import (
    adopt_paper_consents,
    hold_consents,
    move_paper_consents,
    record_paper_consent,
)
from services.privacy.actions.looks import record_look, record_looks, record_routine_look, record_routine_looks
from services.privacy.actions.notices import ensure_first_notices, publish_notice, rewrite_notice

__all__ = [
    "adopt_paper_consents",
    "due_now",
    "ensure_first_notices",
    "erase_ended",
    "give_consent",
    "hold_consent",
    "hold_consents",
    "hold_paper_consent",
    "move_paper_consents",
    "publish_notice",
    "record_look",
    "record_looks",
    "record_paper_consent",
    "record_routine_look",
    "record_routine_looks",
    "rewrite_notice",
    "withdraw_consent",
]
