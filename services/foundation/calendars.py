"""Calendar files (RFC 5545), as much of them as an event with its day or its hours needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LINE = 73


@dataclass(frozen=True, slots=True)
class Event:
    """``starts`` and ``ends`` are moments, or days of which the last is part of it. ``key`` makes it the same event
    when the file is fetched again; ``alarm`` is said a day before."""

    key: str
    starts: datetime | date
    ends: datetime | date
    title: str
    changed: datetime
    place: str = ""
    url: str = ""
    alarm: str = ""


def calendar_of(events: Iterable[Event], *, maker: str, now: datetime) -> str:
    """One file. ``maker`` names the part of the product that made it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Mumian//{maker}//ZH", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, now)
    return "".join(_fold(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, now: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{event.key}", f"DTSTAMP:{_utc(now)}", f"LAST-MODIFIED:{_utc(event.changed)}"]
    lines += _span(event)
    lines.append(f"SUMMARY:{_text(event.title)}")
    if event.place:
        lines.append(f"LOCATION:{_text(event.place)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.alarm:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D", f"DESCRIPTION:{_text(event.alarm)}", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _span(event: Event) -> list[str]:
    if isinstance(event.starts, datetime):
        return [f"DTSTART:{_utc(event.starts)}", f"DTEND:{_utc(event.ends)}"]
    after = event.ends + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _text(value: str) -> str:
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
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
