"""Taking a woman out of an offering that is long over: places, attendance and order stay, and nobody stands in them."""

from datetime import date

from services.bookings.models import Booking, BookingEvent, DrawEntry, MissedPlace, Offering, WaitingEntry
from services.foundation.locks import hold
from services.foundation.references import unguessable
from services.privacy.registry import Gone
from services.workers.actions.nobody import stand_in
from services.workers.enums import NOBODY
from services.workers.models import Worker

_ROWS = (Booking, WaitingEntry, DrawEntry)


def forget_in_offering(offering: Offering, worker: Worker, *, born: date) -> Gone:
    """All she had in this offering names one stand-in born in the year of ``born``, another for each woman: places are
    still one a person. Addresses change; what she did herself was done by nobody. Locks: the offering's stand-ins.

    Nothing is taken or left, so no place is locked.
    """
    hold(f"bookings.forgetting:{offering.pk}")
    nobody = stand_in(worker.organization_id, born=born, taken=_standing_in(offering))
    hers = Booking.objects.own(offering=offering, worker=worker)
    BookingEvent.objects.filter(booking__in=hers.order_by().values("pk"), by_staff=False).update(by=None)
    MissedPlace.objects.own(booking__in=hers.order_by().values("pk")).delete()
    DrawEntry.objects.own(offering=offering, worker=worker, entered_by=worker.user_id).update(entered_by=None)
    rows = 0
    for model in _ROWS:
        for key in list(model.objects.own(offering=offering, worker=worker).values_list("pk", flat=True)):
            rows += model.objects.own(pk=key).update(worker=nobody, token=unguessable())
    return Gone(rows=rows)


def _standing_in(offering: Offering) -> set[int]:
    """The stand-ins that stand in the offering already."""
    found: set[int] = set()
    for model in _ROWS:
        rows = model.objects.own(offering=offering, worker__state=NOBODY).order_by()
        found |= set(rows.values_list("worker", flat=True))
    return found
