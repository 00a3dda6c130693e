"""Month ends: the cells and the tree as they stood, written once. The database refuses changes too."""

from django.db import models

from services.figures.errors import Immutable
from services.figures.models.cells import CellFields


class WrittenOnceQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise Immutable()

    def delete(self):
        raise Immutable()

    delete.alters_data = True
    delete.queryset_only = True


class WrittenOnce(models.Model):
    objects = models.Manager.from_queryset(WrittenOnceQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Immutable()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Immutable()


class Snapshot(WrittenOnce):
    """``day`` is the last of a month; ``taken_at`` says how long after it the copy was made."""

    day = models.DateField(unique=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"


class SnapshotNode(WrittenOnce):
    """An organisation in the tree of that day."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="nodes")
    organization = models.BigIntegerField()
    path = models.CharField(max_length=255)
    parent_path = models.CharField(max_length=255, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "path"], name="figures_node_once"),
            models.UniqueConstraint(fields=["snapshot", "organization"], name="figures_node_organization_once"),
        ]
        indexes = [models.Index(fields=["snapshot", "parent_path"], name="figures_node_children")]


class SnapshotCell(WrittenOnce, CellFields):
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="cells")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "count", "period", "dimension", "key", "path"], name="figures_frozen_cell_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["snapshot", "parent_path", "count", "period", "dimension"], name="figures_frozen_children"
            ),
            models.Index(fields=["snapshot", "path", "count", "period", "dimension"], name="figures_frozen_own"),
        ]
