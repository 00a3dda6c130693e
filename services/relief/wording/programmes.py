"""A programme's name and what it is, in the language of the request."""

from django.utils.translation import get_language

from services.relief.models import Programme


def title(programme: Programme) -> str:
    return (programme.name_en if _english() else "") or programme.name


def summary(programme: Programme) -> str:
    return (programme.summary_en if _english() else "") or programme.summary


def _english() -> bool:
    return (get_language() or "").startswith("en")
