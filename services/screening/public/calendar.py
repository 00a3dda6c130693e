"""A booking as a calendar file. Calendars are shared: it names the neutral title and no link to it."""

from datetime import datetime

from services.bookings.models import Booking
from services.foundation.calendars import Event, calendar_of


def calendar_file(booking: Booking, *, host: str, now: datetime, reminder: str) -> str:
    """One event with an alarm a day before; ``reminder`` is what the alarm says, ``host`` makes the key unique."""
    session = booking.session
    event = Event(
        key=f"{booking.number}@{host}",
        starts=session.starts_at,
        ends=session.ends_at,
        title=booking.offering.title,
        changed=booking.changed_at,
        place=f"{session.venue.name}, {session.venue.address}",
        alarm=reminder,
    )
    return calendar_of([event], maker="Bookings", now=now)
