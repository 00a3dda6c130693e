"""What the services that owe money hang on, and the one question asked before money leaves."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from services.foundation.registry import Registry
from services.foundation.verdict import Finding


@dataclass(frozen=True, slots=True)
class Held:
    """Why a payable must not go into a batch now: ``finding`` is shown to staff, ``short`` beside the row."""

    finding: Finding
    short: str


class PaymentWatcher:
    """Base of a watcher, registered under the code of its service. Each method runs inside the transaction that
    changes the payable, after payments has taken its locks; all are optional."""

    def holds(self, payables: list, *, now: datetime) -> dict[int, Held]:
        """Those (by key) that must not leave now: an open objection, an overlap found meanwhile. Constant queries."""
        return {}

    def related(self, payables: QuerySet, *, user) -> bool:
        """Whether one of them goes to somebody to whom this member of staff is related: then she approves none of it.
        Constant queries."""
        return False

    def sent(self, payable, *, now: datetime) -> None:
        """It has gone to the bank."""

    def paid(self, payable, *, now: datetime) -> None:
        """The bank says it was paid."""

    def failed(self, payable, *, now: datetime) -> None:
        """The bank returned it; her account must be corrected before it is tried again."""

    def cancelled(self, payable, *, now: datetime) -> None:
        """It won't be paid."""

    def desk_address(self, payable) -> str:
        """Path of the case at the desk; empty when there is none."""
        return ""

    def her_address(self, payable) -> str:
        """Path of the page on which she sees what it is for."""
        return ""


watchers: Registry[PaymentWatcher] = Registry("payment watchers")
