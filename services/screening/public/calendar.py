"""A booking as a calendar file (RFC 5545). Calendars are shared: it names the neutral title and no link to it."""

from datetime import UTC, datetime

from services.bookings.models import Booking

_LINE = 73


def _text(value: str) -> str:
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        value = value.replace(char, escaped)
    return value


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _fold(line: str) -> str:
    """Lines of at most 75 octets, cut between characters, continued with a space."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > _LINE:
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])


def calendar_file(booking: Booking, *, host: str, now: datetime, reminder: str) -> str:
    """One event with an alarm a day before; ``reminder`` is what the alarm says, ``host`` makes the key unique."""
    session = booking.session
    title = _text(booking.offering.title)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mumian//Bookings//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{booking.number}@{host}",
        f"DTSTAMP:{_utc(now)}",
        f"LAST-MODIFIED:{_utc(booking.changed_at)}",
        f"DTSTART:{_utc(session.starts_at)}",
        f"DTEND:{_utc(session.ends_at)}",
        f"SUMMARY:{title}",
        f"LOCATION:{_text(f'{session.venue.name}, {session.venue.address}')}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        f"DESCRIPTION:{_text(reminder)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_fold(line) + "\r\n" for line in lines)
