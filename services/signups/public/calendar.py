"""Sessions as a calendar file (RFC 5545). Calendars are shared: it names the activity, and no link to her page."""

from collections.abc import Iterable
from datetime import UTC, datetime

from services.bookings.models import Session

_LINE = 73


def _text(value: str) -> str:
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        value = value.replace(char, escaped)
    return value


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """Lines of at most 75 octets, cut between characters, continued with a space."""
    parts, current = [], ""
    for char in line:
        if len((current + char).encode()) > _LINE:
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])


def event(session: Session, *, uid: str, now: datetime, reminder: str = "") -> list[str]:
    """The lines of one event; ``reminder`` is what an alarm a day before says, none without it."""
    place = ", ".join(part for part in (session.venue.name, session.venue.address) if part)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(session.starts_at)}",
        f"DTEND:{_utc(session.ends_at)}",
        f"SUMMARY:{_text(session.offering.title)}",
        f"LOCATION:{_text(place)}",
    ]
    if reminder:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{_text(reminder)}", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def calendar_file(events: Iterable[list[str]]) -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mumian//Activities//ZH", "METHOD:PUBLISH"]
    lines = [*head, *(line for one in events for line in one), "END:VCALENDAR"]
    return "".join(_folded(line) + "\r\n" for line in lines)
