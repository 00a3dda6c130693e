"""Reads of figures: a statistic at a place, its splits, its history; and the recount that proves the cells."""

from services.figures.queries.arrangements import arrangement_of
from services.figures.queries.checking import differences
from services.figures.queries.ground import Ground, Place, snapshots
from services.figures.queries.middles import Middle, middles
from services.figures.queries.report import (
    Figure,
    History,
    Line,
    Table,
    aim_period,
    latest_target,
    median,
    months,
    occurs,
    percentile,
    periods,
    place_told,
    split,
    table,
    told_at,
)
from services.figures.queries.several import Whole, branches, generation, whole

__all__ = [
    "Figure",
    "Ground",
    "History",
    "Line",
    "Middle",
    "Place",
    "Table",
    "Whole",
    "aim_period",
    "arrangement_of",
    "branches",
    "differences",
    "generation",
    "latest_target",
    "median",
    "middles",
    "months",
    "occurs",
    "percentile",
    "periods",
    "place_told",
    "snapshots",
    "split",
    "table",
    "told_at",
    "whole",
]
