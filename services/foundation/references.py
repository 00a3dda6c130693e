"""Identifiers for people and for links: human numbers with a check digit, tokens nobody can guess."""

import secrets

_DIGITS = "0123456789"


def luhn_digit(digits: str) -> str:
    """Luhn check digit: catches every single wrong digit and nearly every swap of neighbours."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def human_number(prefix: str, year: int, sequence: int) -> str:
    """``TJ-26-000184-7``: service letters, year, sequence, check digit over year and sequence."""
    body = f"{year % 100:02d}{sequence:06d}"
    return f"{prefix}-{body[:2]}-{body[2:]}-{luhn_digit(body)}"


def is_human_number(text: str) -> bool:
    parts = text.strip().upper().split("-")
    if len(parts) != 4 or not all(p.isascii() and p.isdigit() for p in parts[1:]):
        return False
    return luhn_digit(parts[1] + parts[2]) == parts[3]


def unit_number(prefix: str, unit: str, year: int, sequence: int) -> str:
    """``KN-T-A-1-26-000184-7``: as ``human_number``, with the code of an organisation, which the check digit covers.

    At most 40 characters: of a longer code the beginning is kept.
    """
    unit = unit[: 40 - len(prefix) - 13]
    body = f"{year % 100:02d}{sequence:06d}"
    return f"{prefix}-{unit}-{body[:2]}-{body[2:]}-{luhn_digit(_as_digits(unit) + body)}"


def is_unit_number(text: str) -> bool:
    """Whether the check digit fits: a mistyped digit of the code, the year or the sequence is noticed."""
    rest, _apart, check = text.strip().rpartition("-")
    rest, _apart, sequence = rest.rpartition("-")
    rest, _apart, year = rest.rpartition("-")
    _prefix, _apart, unit = rest.partition("-")
    plain = all(part.isascii() and part.isdigit() for part in (year, sequence, check))
    return bool(unit) and plain and luhn_digit(_as_digits(unit) + year + sequence) == check


def _as_digits(text: str) -> str:
    return "".join(char if char in _DIGITS else str(ord(char)) for char in text)


def unguessable(length: int = 22) -> str:
    """A URL-safe token of at least 128 bits (22 characters)."""
    return secrets.token_urlsafe(length)[:length]


def digits(count: int) -> str:
    """A random decimal code."""
    return "".join(secrets.choice(_DIGITS) for _ in range(count))


def chosen(alphabet: str) -> str:
    """One character of an alphabet, by chance that nobody can foresee."""
    return secrets.choice(alphabet)
