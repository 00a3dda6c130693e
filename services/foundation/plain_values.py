"""Facts and inputs as plain JSON and back: what an assessment stores and what is judged again later."""

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal


def to_json(value):
    """Dates as ISO texts, amounts as digits, tuples and sets as lists; everything else stays."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value


class AsJson:
    """Mixed into dataclasses. ``DATES``, ``AMOUNTS``, ``LISTS`` name the fields that JSON spells differently."""

    __slots__ = ()
    DATES: frozenset[str] = frozenset()
    AMOUNTS: frozenset[str] = frozenset()
    LISTS: frozenset[str] = frozenset()

    def as_json(self) -> dict:
        return to_json(asdict(self))

    @classmethod
    def from_json(cls, data: dict):
        """The same object again. Keys that are no fields any more are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: cls._read(name, value) for name, value in data.items() if name in known})

    @classmethod
    def _read(cls, name: str, value):
        if value is None:
            return None
        if name in cls.LISTS:
            return tuple(date.fromisoformat(item) if name in cls.DATES else item for item in value)
        if name in cls.DATES:
            return date.fromisoformat(value)
        return Decimal(value) if name in cls.AMOUNTS else value
