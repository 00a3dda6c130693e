"""Rolled-up counts, and the marks that say which organisations have to be counted anew."""

from django.db import models
from django.db.models import Q


class CellFields(models.Model):
    """One number: a count in a period, split by a dimension (empty: not split), at a path of the tree."""

    count = models.CharField(max_length=40)
    period = models.CharField(max_length=10)
    dimension = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=60, blank=True)
    path = models.CharField(max_length=255)
    parent_path = models.CharField(max_length=255, blank=True)
    own = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class Cell(CellFields):
    """The present. Written by folding alone; ``organization`` is a bare key, for the row may outlive a moved path.

    Of a gathered count ``own`` is what belongs to the place and to the units directly below it that have none below
    them, which have no cells themselves.
    """

    organization = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "period", "dimension", "key", "path"], name="figures_cell_once")
        ]
        indexes = [
            models.Index(fields=["parent_path", "count", "period", "dimension"], name="figures_cell_children"),
            models.Index(fields=["path", "count", "period", "dimension"], name="figures_cell_own"),
            models.Index(fields=["path"], condition=Q(total=0), name="figures_cell_empty"),
        ]


class Mark(models.Model):
    """Something that this organisation's counts are made of has changed. Appended by triggers, taken by folding."""

    organization = models.BigIntegerField()


class Generation(models.Model):
    """One row: how often anything was folded. What is made of figures is kept under this number."""

    number = models.BigIntegerField(default=0)
