"""Her part in the draw of a programme: only women who may take part on one of the days at least."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from services.bookings import actions as bookings
from services.bookings.actions.locking import places_transaction
from services.bookings.models import DrawEntry, Session
from services.bookings.policies import may_book_for
from services.bookings.queries import sessions_ahead
from services.screening.actions.admission import admit_on_any, day_of, insist_consent
from services.screening.models import Programme


def enter_draw(
    programme: Programme, *, worker, choices: Sequence[Session] = (), any_session: bool = True, by, now: datetime
) -> DrawEntry:
    """Put her on the list of the draw, or change the times she would like. Asked again when she is drawn.

    Raises ``ConsentMissing``, ``NotEligible``, ``NeedsFacts`` and as ``bookings.enter_draw``. Locks: her consent, for
    an entry can become a booking without her; then as there.
    """
    may_book_for(by, worker).insist()
    wanted = sessions_ahead(programme.offering, now) if any_session or not choices else choices
    admit_on_any(programme, worker, days=frozenset(day_of(session) for session in wanted), now=now)
    with places_transaction():
        insist_consent(worker, now=now)
        return bookings.enter_draw(
            programme.offering,
            worker=worker,
            choices=choices,
            any_session=any_session,
            by=by,
            now=now,
            link=reverse("screening:draw", args=[programme.code]),
        )


def leave_draw(entry: DrawEntry, *, by, now: datetime) -> DrawEntry:
    """See ``bookings.leave_draw``."""
    return bookings.leave_draw(entry, by=by, now=now)
