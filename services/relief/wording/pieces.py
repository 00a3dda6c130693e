"""What every sentence about relief is put together from: amounts, dates, lists, names of codes."""

from django.utils.translation import gettext as _

from services.foundation.said import Said, day, label, yuan
from services.relief.enums import Category

__all__ = ["Said", "category_name", "day", "label", "listed", "yuan"]


def listed(codes, choices) -> str:
    """Labels of codes of a ``TextChoices``, in the order given."""
    labels = dict(choices.choices)
    return _(", ").join(str(labels.get(code, code)) for code in codes)


def category_name(code: str) -> str:
    return label(code, Category)
