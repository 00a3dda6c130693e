"""The writes of annual returns, one verb a function."""

from services.coverage.actions.returns.amending import amend
from services.coverage.actions.returns.climbing import accept, send_back, submit
from services.coverage.actions.returns.filling import save_figures
from services.coverage.actions.returns.locking import lock_year
from services.coverage.actions.returns.opening import open_year
from services.coverage.actions.returns.reminding import remind, tell_what_is_due
from services.coverage.actions.returns.signing import sign, take_back
from services.coverage.actions.returns.telling import officers_of

__all__ = [
    "accept",
    "amend",
    "lock_year",
    "officers_of",
    "open_year",
    "remind",
    "save_figures",
    "send_back",
    "sign",
    "submit",
    "take_back",
    "tell_what_is_due",
]
