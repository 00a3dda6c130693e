"""Reads of the maps that federations drew."""

from services.figures.models import Arrangement
from services.figures.rules.arrangement import Rows


def arrangement_of(organization: int) -> Rows:
    """The rows of its map, by the key of the organisation; [] where none was drawn. One query."""
    return Arrangement.objects.filter(organization=organization).values_list("rows", flat=True).first() or []
