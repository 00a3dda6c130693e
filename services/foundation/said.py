"""What every sentence about a rule is put together from: the rule, the value, a remedy; amounts, days, labels."""

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format


class Said(NamedTuple):
    """One finding in words: the rule, the value it was judged by, and what would change it."""

    rule: str
    value: str
    remedy: str = ""


def yuan(text: str) -> str:
    """Digits as ``foundation.yuan.plain`` writes them, grouped for reading: 1,640.00."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}.{decimals}"


def day(value: str | date) -> str:
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, "DATE_FORMAT")


def label(code: str, choices) -> str:
    """The label of a code of a ``TextChoices``; an unknown code as it is."""
    return str(dict(choices.choices).get(code, code))
