"""Coverage by district, for everybody: with its date, its denominators and what is counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from services.coverage.figures.overview import COVERAGES
from services.coverage.figures.published import Row, published
from services.figures import wording

# Month ends don't change; a new one is seen within the hour.
KEPT_SECONDS = 3600


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    shown = [
        {
            "name": one.name,
            "day": one.day,
            "total": _cells(one.total),
            "rows": [{"name": row.name, "cells": _cells(row)} for row in one.rows],
        }
        for one in published()
    ]
    response = render(request, "coverage/figures.html", {"federations": shown, "statistics": COVERAGES})
    response.page_cache_seconds = KEPT_SECONDS
    return response


def _cells(row: Row) -> list[dict]:
    """Of each coverage: the rate, and both numbers it is made of."""
    found = []
    for statistic in COVERAGES:
        part, whole = row.numbers[statistic.code]
        words = {"rate": wording.value_of(statistic, row.rate(statistic))}
        found.append(words | {"part": wording.number(part), "whole": wording.number(whole), "statistic": statistic})
    return found
