"""Consents, looks at protected fields, notices."""

from services.privacy.actions.consents import give_consent, hold_consent, withdraw_consent
from services.privacy.actions.looks import record_look
from services.privacy.actions.notices import ensure_first_notices, publish_notice, rewrite_notice

__all__ = [
    "ensure_first_notices",
    "give_consent",
    "hold_consent",
    "publish_notice",
    "record_look",
    "rewrite_notice",
    "withdraw_consent",
]
