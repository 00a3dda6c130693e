"""Every ledger recounted another way: places, funds, figures and draws. What they find is for whoever asked to tell."""

from datetime import datetime

from services.bookings.actions.checking import check_places
from services.figures.actions import fold
from services.figures.queries import differences as differences_of_figures
from services.home_inspections.actions import sealing
from services.payments.queries.checking import faults


def differences(*, now: datetime) -> dict[str, int]:
    """By ledger, how many entries disagree with their recount. Places are noted where their own task notes them."""
    return {"places": check_places(now=now, everything=True), **differences_but_places(now=now)}


def differences_but_places(*, now: datetime) -> dict[str, int]:
    fold()
    return {
        "funds": sum(1 for _fault in faults()),
        "figures": len(differences_of_figures()),
        "draws": len(sealing.check_all(now=now)),
    }
