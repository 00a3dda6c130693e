"""The parts of the leader's page: what each shows, and where each number leads."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import pgettext

from services.coverage.desk import overview_words as words
from services.coverage.enums import Subject
from services.coverage.figures.overview import ALL, COVERAGES, REQUIRED, Beside, Overview, few_without
from services.figures import wording
from services.figures.desk import chart, rows
from services.figures.desk.asked import Asked
from services.figures.queries import Line
from services.figures.registry import NOW, Column, Statistic, Where
from services.figures.rules.numbers import rounded
from services.organizations.models import Organization

_FIRST = 12


def _list(column: Column, organization, seen: Overview) -> str:
    """The unions behind a number: as they are, or as the month end that is looked at counted them."""
    return column.list_at(Where(organization, NOW, day=seen.ground.snapshot.day if seen.ground.snapshot else None))


def _cell(line: Line, column: Column, url: str) -> dict:
    return {"text": wording.number(line.figures[column.code].value), "url": url}


def coverage(seen: Overview, statistic: Statistic, asked: Asked) -> dict:
    """One of the two coverages: figure, both numbers with their lists, target, change against the last month end."""
    line, place = seen.line(statistic), _Coded(seen.place.code)
    aim = seen.aims.get(statistic.code)
    history = seen.months[statistic.code]
    earlier = history[:-1] if seen.ground.snapshot else history
    change = earlier and wording.change(statistic, line.value, earlier[-1].value, f"{earlier[-1].day:%Y-%m-%d}")
    return {
        "statistic": statistic,
        "figure": rows.shown_value(line),
        "part": _cell(line, statistic.numerator, _list(statistic.numerator, place, seen)),
        "whole": _cell(line, statistic.denominator, _list(statistic.denominator, place, seen)),
        "report": asked.address(),
        "change": change or "",
        "aim": aim and _said(asked.aim_period, wording.against(statistic, line.value, aim.target)),
        "aim_missing": words.aim(aim.missing) if aim else "",
        "aim_source": aim.target.source if aim else "",
        "bar": _bar(line, aim),
    }


def _said(name: str, value: str) -> str:
    return name + pgettext("between a name and its value", ": ") + value


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
    gained = sum(one.way == words.GAINED for one in seen.moved)
    numbers = ((words.GAINED, gained), (words.LOST, len(seen.moved) - gained))
    ways = [
        {"label": words.WAYS[way], "number": wording.number(number), "url": changes_address(seen, way=way)}
        for way, number in numbers
        if number
    ]
    return {"lines": lines, "more": max(len(seen.moved) - _FIRST, 0), "ways": ways}


def changes_address(seen: Overview, **more: str) -> str:
    """All changes of the month at and below the place, in the tree of that day."""
    query = {"union": seen.place.code, "field": "built", "month": f"{seen.day:%Y-%m}"}
    if seen.ground.snapshot:
        query["tree"] = f"{seen.day:%Y-%m-%d}"
    return f"{reverse('coverage_view:changes')}?{urlencode(query | more)}"


def quality(seen: Overview, statistic: Statistic, asked: Asked) -> dict:
    """How the organisations that were set up are run: figure, all columns, of which several aren't known."""
    line, place = seen.line(statistic), _Coded(seen.place.code)
    cells = [(one.label, _cell(line, one, _list(one, place, seen))) for one in statistic.columns]
    return {"title": statistic.title, "url": asked.address(), "rate": rows.shown_value(line), "cells": cells}


def _by_path(seen: Overview, statistic: Statistic) -> dict[str, Line]:
    return {line.place.path: line for line in seen.whole.branches[statistic.code]}


def branch_heads(beside: list[Beside]) -> list:
    return [one.statistic.title for one in beside if one.branches]


def branches(seen: Overview, reach, beside: list[Beside]) -> list[dict]:
    """The organisations below in the order of their rank; what has too few to be compared stands last, with why."""
    required, everyone = _by_path(seen, REQUIRED), _by_path(seen, ALL)
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
                    _cell(of, column, _list(column, place, seen) if place else "")
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


def direct(seen: Overview, organization: Organization) -> dict:
    """The units directly below that have nothing below them, as one line."""
    required, everyone = seen.whole.direct[REQUIRED.code], seen.whole.direct[ALL.code]

    def url(column: Column) -> str:
        return f"{_list(column, organization, seen)}&leaves=1"

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


def branches_map(seen: Overview, reach):
    """The branches on the map that the organisation drew; each tile leads to the same page of the branch."""
    lines = list(_by_path(seen, REQUIRED).values())
    return rows.children_map(lines, seen.place.organization, reach, lambda code: _at(code, seen))


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


def notes(others: list[dict]) -> list[tuple[list[str], str]]:
    """What has to be said of the other services' figures, once, with the figures it is said of: paper has no room for
    it beside each."""
    found: dict[str, list[str]] = {}
    for one in others:
        if one["note"]:
            found.setdefault(one["note"], []).append(one["title"])
    return [(titles, note) for note, titles in found.items()]


# What each list of unions to call counts, among the columns of a statistic.
_CALLED = {
    Subject.COMMITTEE: ("coverage-required", "required-lacking", "required-unreported"),
    Subject.TERM_OVERDUE: ("coverage-overdue", "term-overdue"),
    Subject.TERM_ENDING: ("coverage-overdue", "term-ending"),
    Subject.NOT_STATED: ("coverage-required", "unstated"),
    Subject.HEAD: ("coverage-chair", "chair-qualified-no", "chair-qualified-unknown"),
    Subject.OUT_OF_STEP: ("coverage-in-step", "in-step-no"),
}


def calls(seen: Overview, organization: Organization) -> list[dict]:
    """The lists of unions to call, each as long as its number."""
    found = []
    for subject in Subject:
        query = urlencode({"about": str(subject), "union": organization.code})
        url = f"{reverse('coverage_view:unions')}?{query}"
        if subject == Subject.COMMISSIONER:
            number = few_without(seen.place, seen.ground)
        else:
            statistic, *columns = _CALLED[subject]
            figures = seen.whole.totals[statistic].figures
            number = sum(figures[column].value for column in columns)
        found.append({"label": subject.label, "url": url, "number": wording.number(number)})
    return found
