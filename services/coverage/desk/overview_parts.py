"""The parts of the leader's page: what each shows, and where each number leads."""

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from services.coverage.desk import overview_words as words
from services.coverage.enums import Subject
from services.coverage.figures.overview import ALL, COVERAGES, REQUIRED, Beside, Overview
from services.figures import wording
from services.figures.desk import chart, rows
from services.figures.desk.asked import Asked
from services.figures.queries import Line
from services.figures.registry import NOW, Column, Statistic, Where
from services.figures.rules.numbers import rounded
from services.organizations.models import Organization

_FIRST = 12


def _list(column: Column, organization, *, live: bool) -> str:
    return column.listing(Where(organization, NOW)) if live else ""


def _cell(line: Line, column: Column, url: str) -> dict:
    return {"text": wording.number(line.figures[column.code].value), "url": url}


def coverage(seen: Overview, statistic: Statistic, asked: Asked) -> dict:
    """One of the two coverages: figure, both numbers with their lists, target, change against the last month end."""
    line, live = seen.line(statistic), seen.ground.snapshot is None
    place = _Coded(seen.place.code)
    aim = seen.aims.get(statistic.code)
    history = seen.months[statistic.code]
    earlier = history if live else history[:-1]
    change = earlier and wording.change(statistic, line.value, earlier[-1].value, f"{earlier[-1].day:%Y-%m-%d}")
    return {
        "statistic": statistic,
        "figure": rows.shown_value(line),
        "part": _cell(line, statistic.numerator, _list(statistic.numerator, place, live=live)),
        "whole": _cell(line, statistic.denominator, _list(statistic.denominator, place, live=live)),
        "report": asked.address(),
        "change": change or "",
        "aim": aim and f"{asked.aim_period}: {wording.against(statistic, line.value, aim.target)}",
        "aim_missing": words.aim(aim.missing) if aim else "",
        "aim_source": aim.target.source if aim else "",
        "bar": _bar(line, aim),
    }


class _Coded:
    """What an address needs of an organisation."""

    def __init__(self, code: str):
        self.code = code


def _bar(line: Line, aim) -> dict | None:
    """The rate as a filled length, the target as a line across: readable without colour."""
    if line.rate is None:
        return None
    return {"length": f"{float(line.rate):.2f}", "aim": f"{float(aim.target.value):.2f}" if aim else ""}


def months(seen: Overview) -> dict:
    """Both rates at each month end, and now: a chart each, one table."""
    days = sorted({month.day for one in COVERAGES for month in seen.months[one.code]})
    values = {one.code: {month.day: month.value for month in seen.months[one.code]} for one in COVERAGES}
    table = [
        (f"{day:%Y-%m-%d}", [wording.value_of(one, values[one.code].get(day)) for one in COVERAGES]) for day in days
    ]
    charts = [
        {"title": one.title, "statistic": one, "columns": rows.months_chart(one, seen.months[one.code])}
        for one in COVERAGES
    ]
    return {"rows": table, "charts": charts, "titles": [one.title for one in COVERAGES]}


def moved(seen: Overview) -> dict:
    """The first of those who gained and of those who lost, each with what moved it."""
    lines = [
        {
            "union": one.last.organization.name,
            "url": reverse("coverage_records:one", args=[one.last.organization.code]),
            "way": words.WAYS[one.way],
            "gained": one.way == words.GAINED,
            "cause": words.cause(one),
            "by": one.last.by.full_name if one.last.by else "",
            "at": one.last.at,
        }
        for one in seen.moved[:_FIRST]
    ]
    return {"lines": lines, "more": max(len(seen.moved) - _FIRST, 0)}


def changes_address(code: str, day: date) -> str:
    query = urlencode({"union": code, "field": "built", "month": f"{day:%Y-%m}"})
    return f"{reverse('coverage_view:changes')}?{query}"


def quality(seen: Overview, statistic: Statistic, asked: Asked, *, live: bool) -> dict:
    """How the organisations that were set up are run: figure, all columns, of which several aren't known."""
    line, place = seen.line(statistic), _Coded(seen.place.code)
    cells = [(one.label, _cell(line, one, _list(one, place, live=live))) for one in statistic.columns]
    return {"title": statistic.title, "url": asked.address(), "rate": rows.shown_value(line), "cells": cells}


def _by_path(seen: Overview, statistic: Statistic) -> dict[str, Line]:
    return {line.place.path: line for line in seen.whole.branches[statistic.code]}


def branch_heads(beside: list[Beside]) -> list:
    return [one.statistic.title for one in beside if one.branches]


def branches(seen: Overview, reach, beside: list[Beside]) -> list[dict]:
    """The organisations below in the order of their rank; what has too few to be compared stands last, with why."""
    required, everyone, live = _by_path(seen, REQUIRED), _by_path(seen, ALL), seen.ground.snapshot is None
    keys = [required[one.key].place.organization for one in seen.ranking]
    within = {one.pk: one for one in reach.filter(pk__in=keys)}
    found = []
    for one in seen.ranking:
        line, all_of_it = required[one.key], everyone[one.key]
        place = within.get(line.place.organization)
        found.append(
            {
                "rank": one.place,
                "why": "" if one.place else words.unranked(line, settings.COVERAGE_RANKED_FROM),
                "name": line.place.name,
                "url": _at(place.code, seen) if place else "",
                "rate": rows.shown_value(line),
                "all_rate": rows.shown_value(all_of_it),
                "cells": [
                    _cell(of, column, _list(column, place, live=live) if place else "")
                    for of, column in _columns(line, all_of_it)
                ],
                "beside": [rows.shown_value(b.branches[one.key]) for b in beside if one.key in b.branches],
            }
        )
    return found


def _columns(required: Line, everyone: Line) -> list[tuple[Line, Column]]:
    unstated = next(column for column in REQUIRED.beside if column.code == "unstated")
    return [
        (required, REQUIRED.denominator),
        (required, REQUIRED.numerator),
        (everyone, ALL.denominator),
        (everyone, ALL.numerator),
        (required, unstated),
    ]


def _at(code: str, seen: Overview) -> str:
    at = reverse("coverage_view:at", args=[code])
    return f"{at}?day={seen.ground.snapshot.day:%Y-%m-%d}" if seen.ground.snapshot else at


def direct(seen: Overview, organization: Organization, *, live: bool) -> dict:
    """The units directly below that have nothing below them, as one line."""
    required, everyone = seen.whole.direct[REQUIRED.code], seen.whole.direct[ALL.code]

    def url(column: Column) -> str:
        return f"{_list(column, organization, live=live)}&leaves=1" if live else ""

    return {
        "rate": rows.shown_value(required),
        "all_rate": rows.shown_value(everyone),
        "cells": [_cell(of, column, url(column)) for of, column in _columns(required, everyone)],
    }


def branches_chart(seen: Overview) -> list:
    lines = _by_path(seen, REQUIRED)
    points = [
        (lines[one.key].place.name, rows.shown_value(lines[one.key]), rounded(one.rate))
        for one in seen.ranking
        if one.place
    ]
    return chart.bars(points)


def beside(one: Beside, asked: Asked) -> dict:
    """What another service tells of the place, in its own words, with the way to its report."""
    published = rows.is_published(asked, one.line.place, None)
    return {
        "title": one.statistic.title,
        "figure": rows.shown_value(one.line),
        "finding": wording.finding(one.line, one.period, published=published),
        "note": rows.told_note(asked, one.line.place, None) if one.protected else "",
        "url": asked.address(),
        "definition": one.statistic.definition,
    }


def calls(seen: Overview, organization: Organization) -> list[dict]:
    """The lists of unions to call, each as long as its number."""
    numbers = {
        Subject.COMMITTEE: ("required-lacking", "required-unreported"),
        Subject.NOT_STATED: ("unstated",),
    }
    found = []
    for subject in Subject:
        query = urlencode({"about": str(subject), "union": organization.code})
        url = f"{reverse('coverage_view:unions')}?{query}"
        figures = seen.line(REQUIRED).figures
        number = sum(figures[column].value for column in numbers.get(subject, ()))
        found.append(
            {"label": subject.label, "url": url, "number": wording.number(number) if subject in numbers else ""}
        )
    return found
