"""Batches, covers, benefits and nominations follow the tree: their paths are those of her unit, also after a branch was
moved. Registered with the organisations app and called in its transactions, which hold the tree alone.
"""

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from services.mutual_aid.models import Benefit, Cover, EnrolmentBatch, Nomination


def follow(organization, *, was: str, by) -> None:
    """``organization`` has moved; ``was`` is its tree path before. One query a table."""
    if organization.path == was:
        return
    path = Concat(Value(organization.path), Substr(F("path"), len(was) + 1))
    for model in (EnrolmentBatch, Cover, Benefit, Nomination):
        model.objects.unscoped().filter(path__startswith=was).update(path=path)
