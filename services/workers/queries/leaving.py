"""Records of women who left long ago and of whom nothing else is kept."""

from datetime import date

from django.db.models import PROTECT, DateField, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from services.workers.enums import WorkerState
from services.workers.models import MergedRecord, RecordClaim, Worker
from services.workers.rules.retention import left_by


def due(today: date) -> list[int]:
    """Keys, who left first in front. What any app keeps of her for longer keeps her record too."""
    return list(over(today).order_by("left", "pk").values_list("pk", flat=True))


def over(today: date) -> QuerySet[Worker]:
    left = Coalesce("left_on", TruncDate("updated_at"), output_field=DateField())
    gone = Worker.objects.unscoped().filter(state=WorkerState.LEFT).annotate(left=left)
    return gone.filter(~_kept(), left__lte=left_by(today))


# What this app knows of her beside the record, and erases with it.
_OWN = (MergedRecord, RecordClaim)


def _kept():
    """Rows of another app name her that must not lose her."""
    kept = Exists(MergedRecord.objects.unscoped().none())
    for relation in Worker._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is PROTECT and relation.related_model not in _OWN:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            kept |= Exists(rows)
    return kept
