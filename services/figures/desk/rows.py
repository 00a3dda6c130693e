"""Lines of the report's tables, with the addresses behind their numbers."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from services.figures import queries, wording
from services.figures.desk import chart
from services.figures.desk.asked import Asked
from services.figures.queries import History, Line
from services.figures.registry import Column, Statistic, Where, counts
from services.figures.rules.numbers import rounded
from services.figures.workbooks import HIDDEN


def threshold(asked: Asked) -> int:
    """The smallest number shown where what is asked for is protected; 0 where it isn't, and small numbers stand."""
    dimension = asked.part or asked.by
    split = dimension is not None and dimension.protected
    return settings.SMALL_CELL_THRESHOLD if split or any(counts[c].protected for c in asked.statistic.counts) else 0


def hidden_note(threshold: int) -> str:
    """What the sign for a hidden number means."""
    return _(
        "%(sign)s stands for numbers that are not shown: below %(threshold)s they could tell on a woman, and others "
        "are hidden with them so that they can't be worked out."
    ) % {"sign": HIDDEN, "threshold": threshold}


def is_published(asked: Asked, place, dimension) -> bool:
    """Does the month end whose numbers are told know this period and this place?"""
    told = queries.told_at(asked.statistic, asked.ground, dimension)
    return told is asked.ground or queries.place_told(asked.statistic, told, place, asked.period) is not None


def told_note(asked: Asked, place, dimension) -> str:
    """Which month end protected numbers on a page of the present are of; empty where they are the page's own."""
    told = queries.told_at(asked.statistic, asked.ground, dimension)
    if told is asked.ground:
        return ""
    why = _("Numbers that can tell on a woman are published at month ends alone: two days differ by single women.")
    if not is_published(asked, place, dimension):
        return f"{why} {_('None of this period has been published yet.')}"
    day = f"{told.snapshot.day:%Y-%m-%d}"
    return f"{why} {_('These are of %(day)s; the lists behind them are of today.') % {'day': day}}"


def shown(column: Column, value: int | None, hidden: bool) -> str:
    """A number or a sum, a sign for "hidden", a dash for "no data"."""
    if hidden:
        return HIDDEN
    return "–" if value is None else wording.amount_of(column, value)


def shown_value(line: Line) -> str:
    if line.hidden:
        return HIDDEN
    return "–" if line.value is None else wording.value_of(line.statistic, line.value)


def has_list(column: Column, where: Where | None) -> bool:
    return bool(where is not None and column.list_at(where))


def _cells(line: Line, where: Where | None) -> list[dict]:
    """The columns of a line, each with the way to its list; behind a protected number that way is on record."""
    cells = []
    split = line.statistic.dimension(where.dimension) if where and where.dimension else None
    for column in line.statistic.columns:
        figure, url = line.figures[column.code], ""
        if has_list(column, where) and (figure.value is not None or figure.hidden):
            on_record = figure.hidden or (split is not None and split.protected)
            url = behind(line.statistic, column, where) if on_record else column.list_at(where)
        cells.append({"text": shown(column, figure.value, figure.hidden), "url": url})
    return cells


def behind(statistic: Statistic, column: Column, where: Where) -> str:
    """The door to the list behind a protected number."""
    parameters = {"period": where.period, "column": column.code}
    if where.dimension:
        parameters |= {"part": where.dimension, "key": where.key}
    if where.direct:
        parameters["direct"] = "1"
    at = reverse("figures:behind", args=[statistic.code, where.organization.code])
    return f"{at}?{urlencode(parameters)}"


def _row(line: Line, name: str, *, url: str = "", where: Where | None = None) -> dict:
    return {"line": line, "name": name, "url": url, "cells": _cells(line, where), "rate": shown_value(line)}


def kept(asked: Asked, organization, line: Line, *, direct: bool = True) -> dict:
    name = _("Directly at this organisation") if direct else _("Total")
    return _row(line, name, where=asked.where(organization, direct=direct))


def children(asked: Asked, reach, lines: list[Line]) -> list[dict]:
    """A child that has left her reach since that month end is named without a link."""
    within = {o.pk: o for o in reach.filter(pk__in=[line.place.organization for line in lines])}
    found = []
    for line in lines:
        place = within.get(line.place.organization)
        url = asked.address(organization=place.code) if place else ""
        found.append(_row(line, line.place.name, url=url, where=asked.where(place) if place else None))
    return found


def split(asked: Asked, organization, lines: list[Line]) -> list[dict]:
    """By the keys of the chosen dimension; each narrows the page to itself, a bucket of a median doesn't."""
    if not lines:
        return []
    names = asked.by.labels([line.key for line in lines])
    narrows = asked.by != asked.statistic.median_of
    found = []
    for line in lines:
        where = Where(organization, asked.period, asked.by.code, line.key, day=asked.day)
        url = asked.address(part=asked.by, key=line.key) if narrows else ""
        found.append(_row(line, str(names.get(line.key) or _("not known")), url=url, where=where))
    return found


def part_name(asked: Asked) -> str:
    return str(asked.part.labels([asked.key]).get(asked.key) or _("not known")) if asked.part else ""


def remarks(asked: Asked, organization, total: Line, history: list[History]) -> list[str]:
    """Against the last month end, the period before and the target."""
    if asked.part is not None:
        return []
    statistic, found = asked.statistic, []
    earlier = history[:-1] if asked.ground.snapshot else history
    if earlier:
        found.append(wording.change(statistic, total.value, earlier[-1].value, f"{earlier[-1].day:%Y-%m-%d}"))
    before = str(int(asked.period) - 1) if asked.period.isdecimal() else ""
    place = asked.ground.place(organization)
    if before:
        last = queries.table(statistic, asked.ground, place, before).total
        if any(figure.value for figure in last.figures.values()):
            found.append(wording.change(statistic, total.value, last.value, before))
    target = queries.latest_target(statistic, organization.pk, asked.aim_period, asked.ground)
    if target:
        found.append(aimed(asked, wording.against(statistic, total.value, target), target))
    return [sentence for sentence in found if sentence]


def aimed(asked: Asked, said: str, target) -> str:
    """Names the year of the target where the page's period isn't one, and where the target comes from."""
    if asked.aim_period != asked.period:
        said = f"{asked.aim_period}: {said}"
    return f"{said} {_('Source: %(source)s') % {'source': target.source}}"


def months(statistic: Statistic, history: list[History]) -> list[tuple]:
    return [(month.day, wording.value_of(statistic, month.value)) for month in history]


def _plain(value) -> float | None:
    return None if value is None else value if isinstance(value, int) else rounded(value)


def months_chart(statistic: Statistic, history: list[History]) -> chart.Columns | None:
    points = [(f"{m.day:%Y-%m-%d}", wording.value_of(statistic, m.value), _plain(m.value)) for m in history]
    return chart.columns(points)


def split_chart(asked: Asked, lines: list[dict]) -> dict:
    """The number of each key: rates of a few women would draw mountains out of nothing."""
    column = asked.statistic.numerator
    values = [(row["name"], row["line"].figures[column.code]) for row in lines]
    points = [(name, shown(column, figure.value, figure.hidden), figure.value) for name, figure in values]
    over_time = bool(asked.by and asked.by.over_time)
    whole = asked.statistic.denominator
    wholes = [row["line"].figures[whole.code].value for row in lines] if whole else []
    return {"columns": chart.columns(points, wholes)} if over_time else {"bars": chart.bars(points)}


def children_chart(statistic: Statistic, lines: list[Line]) -> dict:
    return {"bars": chart.bars([(line.place.name, shown_value(line), _plain(line.value)) for line in lines])}


def children_map(lines: list[Line], organization: int, reach, address: Callable[[str], str]) -> chart.Map | None:
    """The level below on the map that the organisation drew; a rate fills a tile, of numbers the largest does. Two
    queries, one where no map was drawn."""
    arranged = queries.arrangement_of(organization)
    if not arranged or not lines:
        return None
    values = {line.place.organization: _plain(line.value) for line in lines}
    codes = dict(reach.filter(pk__in=list(values)).values_list("pk", "code"))
    points = {}
    for line in lines:
        key = line.place.organization
        url = address(codes[key]) if key in codes else ""
        points[key] = (line.place.name, shown_value(line), url, values[key])
    most = max((value for value in values.values() if value), default=0)
    return chart.tiles(arranged, points, 100 if lines[0].statistic.denominator else most)
