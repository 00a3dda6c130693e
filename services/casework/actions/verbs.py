"""The verbs by name. Each is ``move`` with what belongs to it; what it raises, ``move`` says.

``by`` None is the system. ``seen`` is the version of the case that the caller looked at.
"""

from datetime import date, datetime

from services.casework.actions.asking import AskedItem, ask, supply_all
from services.casework.actions.move import carry_out, move
from services.casework.enums import Verb
from services.casework.models import Case

__all__ = ["AskedItem"]

# Lets an empty request come as far as ``ask``, which says what is wrong with it.
NOTHING_SAID = "-"


def submit(case: Case, *, by, now: datetime, seen: int | None = None) -> Case:
    """Hand the application in. Raises ``NotComplete`` with all that is missing. Twice is once."""
    return move(case, Verb.SUBMIT, by=by, now=now, seen=seen)


def resubmit(case: Case, *, by, now: datetime, seen: int | None = None) -> Case:
    """Give it back once everything that was asked for is there. Raises ``NotComplete``."""
    return carry_out(
        case, Verb.RESUBMIT, by=by, now=now, seen=seen, alongside=lambda locked: supply_all(locked, now=now)
    )


def withdraw(case: Case, *, by, now: datetime, seen: int | None = None, reason: str = "") -> Case:
    """Her own doing at any time before the decision; a representative only drops a draft."""
    return move(case, Verb.WITHDRAW, by=by, now=now, seen=seen, reason=reason)


def pass_step(case: Case, *, by, now: datetime, seen: int | None = None, reason: str = "", note: str = "") -> Case:
    """The step is done: on to the next one."""
    return move(case, Verb.PASS_STEP, by=by, now=now, seen=seen, reason=reason, note=note)


def return_case(
    case: Case,
    *,
    items: list[AskedItem],
    by,
    now: datetime,
    seen: int | None = None,
    reason: str = "",
    note: str = "",
) -> Case:
    """Ask for all that is missing at once, in one message (D16). Without ``reason`` she reads the items' own words.

    Raises ``NothingAsked``, ``AskedTwice``, ``SuppliedAlready`` (unless ``again_because`` is given for the item).
    """
    words = reason.strip() or "\n".join(item.words for item in items).strip()
    return carry_out(
        case,
        Verb.RETURN,
        by=by,
        now=now,
        seen=seen,
        reason=words or NOTHING_SAID,
        note=note,
        alongside=lambda locked: ask(locked, items),
    )


def approve(case: Case, *, by, now: datetime, seen: int | None = None, reason: str = "", note: str = "") -> Case:
    """Decide for her, by a second person."""
    return move(case, Verb.APPROVE, by=by, now=now, seen=seen, reason=reason, note=note)


def refuse(case: Case, *, by, now: datetime, reason: str, seen: int | None = None, note: str = "") -> Case:
    """Decide against it, in words she reads."""
    return move(case, Verb.REFUSE, by=by, now=now, seen=seen, reason=reason, note=note)


def start_payment(case: Case, *, now: datetime, by=None, details: dict | None = None) -> Case:
    """Payment has begun; called by whoever hears of it."""
    return move(case, Verb.START_PAYMENT, by=by, now=now, details=details)


def close(case: Case, *, now: datetime, by=None, details: dict | None = None) -> Case:
    """All that was granted has been given."""
    return move(case, Verb.CLOSE, by=by, now=now, details=details)


def appeal(case: Case, *, by, now: datetime, reason: str, seen: int | None = None, note: str = "") -> Case:
    """Ask for a refusal to be looked at by somebody else. Raises ``AppealTooLate``, ``AppealedAlready``."""
    return move(case, Verb.APPEAL, by=by, now=now, seen=seen, reason=reason, note=note)


def uphold(case: Case, *, by, now: datetime, reason: str, seen: int | None = None, note: str = "") -> Case:
    """The refusal stands, says a second person."""
    return move(case, Verb.UPHOLD, by=by, now=now, seen=seen, reason=reason, note=note)


def reopen(case: Case, *, by, now: datetime, reason: str, seen: int | None = None, note: str = "") -> Case:
    """An appeal that is allowed goes back to the deciding step; a closed case begins at its first step again.

    The promise is neither set back nor begun anew.
    """
    return move(case, Verb.REOPEN, by=by, now=now, seen=seen, reason=reason, note=note)


def publish(case: Case, *, by, now: datetime, due_on: date | None = None, seen: int | None = None, **told) -> Case:
    """The public notice begins; ``due_on`` is its last day (default: the step's working days from today)."""
    return move(case, Verb.PUBLISH, by=by, now=now, due_on=due_on, seen=seen, **told)


def end_notice(case: Case, *, now: datetime) -> Case:
    """The notice stood its full time and no objection is open. Raises ``NoticeStanding``, ``OpenObjection``."""
    return move(case, Verb.END_NOTICE, by=None, now=now)


def object_to(case: Case, *, now: datetime, due_on: date | None = None, details: dict | None = None) -> Case:
    """An objection arrived: the case stops. ``due_on`` is the day by which it is to be settled."""
    return move(case, Verb.OBJECT, by=None, now=now, due_on=due_on, details=details)


def settle_objection(case: Case, *, by, now: datetime, reason: str, seen: int | None = None, note: str = "") -> Case:
    """All objections are settled, by a second person, and the case goes on. Raises ``OpenObjection`` while one is
    open: whoever settles one marks it first, in the same transaction."""
    return move(case, Verb.SETTLE_OBJECTION, by=by, now=now, seen=seen, reason=reason, note=note)
