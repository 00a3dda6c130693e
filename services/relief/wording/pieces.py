"""What every sentence about relief is put together from: amounts, dates, lists, names of codes."""

from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services.relief.enums import Category


class Said(NamedTuple):
    """One finding in words."""

    rule: str
    value: str
    remedy: str = ""


def yuan(text: str) -> str:
    """Digits as ``money.plain`` writes them, grouped for reading: 1,640.00."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}.{decimals}"


def day(value: str | date) -> str:
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, "DATE_FORMAT")


def listed(codes, choices) -> str:
    """Labels of codes of a ``TextChoices``, in the order given."""
    labels = dict(choices.choices)
    return _(", ").join(str(labels.get(code, code)) for code in codes)


def label(code: str, choices) -> str:
    return str(dict(choices.choices).get(code, code))


def category_name(code: str) -> str:
    return label(code, Category)
