"""A payment in her words: where it stands, what she must do, what came before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from services.payments.enums import PayableState
from services.payments.models import Payable

_DONE, _NOW, _AHEAD = "done", "current", "later"


@dataclass(frozen=True, slots=True)
class Box:
    """``kind`` of notice (good, needs, info), its title, and what it means for her. ``tag`` is the short form."""

    kind: str
    title: str
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    state: str
    at: datetime | None = None


def box_of(payable: Payable) -> Box:
    """The one thing she reads first. A sum the bank lost track of is no worry of hers: we ask the bank."""
    state = payable.state
    if state == PayableState.PAID:
        return _paid(payable)
    if state == PayableState.CANCELLED:
        return Box("info", _("This was paid back"), _("The sum was returned to the union."), _("Paid back"))
    if state == PayableState.FAILED:
        return Box(
            "needs",
            _("The bank returned it: please check your account"),
            _("The sum is kept for you. Correct your account, then it is paid again."),
            _("Returned"),
        )
    if payable.account_id is None:
        return Box(
            "needs",
            _("We need your account"),
            _("Tell us where to pay it. Nothing is lost: the sum is kept for you."),
            _("Account needed"),
        )
    if state in (PayableState.SENT, PayableState.UNKNOWN):
        return Box("info", _("At the bank"), _("Nothing for you to do: we tell you when it is paid."), _("At the bank"))
    return Box(
        "info", _("Being prepared"), _("Nothing for you to do: we tell you when it is paid."), _("In preparation")
    )


def _paid(payable: Payable) -> Box:
    if payable.received is False:
        return Box(
            "needs",
            _("You told us that it didn't arrive"),
            _("The finance office asks the bank. If it arrives meanwhile, please tell us."),
            _("Not arrived"),
        )
    if payable.received:
        return Box("good", _("Paid and arrived"), _("You told us that it arrived."), _("Arrived"))
    return Box(
        "good",
        _("The bank has paid it"),
        _("It may take a working day until you see it in your account."),
        _("Paid"),
    )


def story_of(payable: Payable) -> list[Step]:
    state = payable.state
    sent = state in (PayableState.SENT, PayableState.UNKNOWN, PayableState.PAID, PayableState.FAILED)
    sent = sent or payable.paid_at is not None
    steps = [
        Step(_("Granted"), _DONE, payable.raised_at),
        Step(_("Given to the bank"), _DONE if sent else _NOW),
    ]
    if state == PayableState.FAILED:
        return [*steps, Step(_("Returned by the bank"), _NOW, payable.changed_at), Step(_("Paid"), _AHEAD)]
    paid = Step(_("Paid by the bank"), _DONE if payable.paid_at else _NOW if sent else _AHEAD, payable.paid_at)
    if state == PayableState.CANCELLED:
        return [*steps, paid, Step(_("Paid back"), _DONE, payable.changed_at)]
    arrived = _DONE if payable.received else _NOW if payable.paid_at else _AHEAD
    return [*steps, paid, Step(_("Arrived in your account"), arrived)]
