"""Booking a screening: the generic place, taken only with consent and on a ground that is kept."""

from datetime import datetime

from services.bookings import actions as bookings
from services.bookings.actions.holding import look_for_place, resume, settle_hold, settle_offer, take_place
from services.bookings.actions.locking import looking_again, places_transaction
from services.bookings.actions.surviving import on_the_record_that_stays
from services.bookings.errors import AlreadyBooked, WrongOffering
from services.bookings.models import Booking, Session
from services.bookings.policies import may_book_for, may_change
from services.screening.actions.admission import admit, day_of, fulfils_of, insist_consent, keep
from services.screening.models import Programme


@on_the_record_that_stays
@looking_again
def book(programme: Programme, *, session: Session, worker, by, now: datetime) -> Booking:
    """Hold a place for her and keep the ground of it. A second click returns the same booking.

    Everything that needs no lock is asked first, so that who is refused opens no transaction; the place itself is
    asked for again by the statement that takes it, and she, her consent locked, by ``confirm``.

    Which pools she may draw on is judged by the facts of the same ground. Raises ``ConsentMissing``, ``NotEligible``,
    ``NeedsFacts``, ``TermsNotPublished`` and whatever ``hold_place``
    raises; then nothing was taken. Locks as ``hold_place``, after everything about her was asked. Where her record
    becomes part of another one meanwhile, that one is judged, and the place is its.
    """
    may_book_for(by, worker).insist()
    if session.offering_id != programme.offering_id:
        raise WrongOffering()
    try:
        prospect = look_for_place(session, worker=worker, by=by, now=now)
        ground = admit(programme, worker, on=day_of(prospect.session), now=now)
        prospect = prospect.narrowed(fulfils_of(ground, worker))
        with places_transaction():
            booking = take_place(prospect, worker=worker, by=by, now=now)
            keep(ground, booking, now=now)
            return booking
    except AlreadyBooked as refusal:
        return resume(refusal, session, worker=worker, by=by, now=now)


def confirm(booking: Booking, *, by, now: datetime) -> Booking:
    """Confirm a hold after asking everything about her again: what was true at the hold may have ended.

    Raises as ``book`` and ``bookings.confirm_booking`` do. Locks: her consent → the booking.
    """
    may_change(by, booking).insist()
    with places_transaction():
        insist_consent(booking.worker, now=now)
        confirmed = settle_hold(booking, by=by, now=now)
        _admit_again(confirmed, now=now)
        return confirmed


def accept(booking: Booking, *, by, now: datetime) -> Booking:
    """Take a place offered from the waiting list, after asking everything again. Raises and locks as ``confirm``."""
    may_change(by, booking).insist()
    with places_transaction():
        insist_consent(booking.worker, now=now)
        accepted = settle_offer(booking, by=by, now=now)
        _admit_again(accepted, now=now)
        return accepted


def move(booking: Booking, *, to: Session, by, now: datetime) -> Booking:
    """Move to another session on whose day she may take part as well.

    Raises as ``bookings.move_booking`` too. Locks: her consent, then as there.
    """
    with places_transaction():
        insist_consent(booking.worker, now=now)
        moved = bookings.move_booking(booking, to=to, by=by, now=now)
        _admit_again(moved, now=now)
        return moved


def cancel(booking: Booking, *, by, now: datetime, reason: str = "") -> Booking:
    """Give the place back; see ``bookings.cancel_booking``."""
    return bookings.cancel_booking(booking, by=by, now=now, reason=reason)


def _admit_again(booking: Booking, *, now: datetime) -> None:
    admit(booking.offering.screening_programme, booking.worker, on=day_of(booking.session), now=now)
