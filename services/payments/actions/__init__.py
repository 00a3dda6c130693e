"""Every change of payments: what is owed, funds, batches, files, results, accounts."""

from services.payments.actions.accounts import correct_account, reveal_account, set_account
from services.payments.actions.approving import approve
from services.payments.actions.batches import Added, add, cancel_batch, freeze, open_batch, reject, take_out
from services.payments.actions.files import expire_files, mark_sent, sweep_files, take_file, take_result, write_file
from services.payments.actions.funds import change_budget, close_fund, open_fund
from services.payments.actions.layouts import save_layout
from services.payments.actions.payables import (
    Owed,
    cancel_payable,
    raise_payable,
    raise_payables,
    record_refund,
    retry,
    say_received,
)
from services.payments.actions.results import close, read_results, settle_unknown

__all__ = [
    "Added",
    "Owed",
    "add",
    "approve",
    "cancel_batch",
    "cancel_payable",
    "change_budget",
    "close",
    "close_fund",
    "correct_account",
    "expire_files",
    "freeze",
    "mark_sent",
    "open_batch",
    "open_fund",
    "raise_payable",
    "raise_payables",
    "read_results",
    "record_refund",
    "reject",
    "retry",
    "reveal_account",
    "save_layout",
    "say_received",
    "set_account",
    "settle_unknown",
    "sweep_files",
    "take_file",
    "take_out",
    "take_result",
    "write_file",
]
