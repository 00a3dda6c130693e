"""A programme's name and what it is, in the language of the request."""

from django.utils.translation import get_language

from services.casework.wording import STEPS_HERS
from services.relief.models import Programme


def title(programme: Programme) -> str:
    return (programme.name_en if _english() else "") or programme.name


def summary(programme: Programme) -> str:
    return (programme.summary_en if _english() else "") or programme.summary


def _english() -> bool:
    return (get_language() or "").startswith("en")


def steps(route) -> list[str]:
    """The steps of a review route as she reads them, in their order."""
    return [str(STEPS_HERS[step.kind]) for step in route.steps.all()]
