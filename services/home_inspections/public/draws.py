"""A draw of homes as everybody may check it, without signing in: institutions stand here, no person does."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from services.home_inspections.enums import PRESCHOOL, Grade, Outcome, PreschoolRule
from services.home_inspections.models import HomeDraw
from services.home_inspections.queries import draws as queries
from services.home_inspections.queries.evaluations import (
    published_evaluation,
    published_grades,
    published_notices,
)
from services.home_inspections.wordings import label_of

SHOWN = 100


def _draw_or_404(token: str) -> HomeDraw:
    draw = queries.published_draw(token)
    if draw is None:
        raise Http404
    return draw


@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """Every draw, the void ones too."""
    return render(request, "home_inspections/draws.html", {"draws": list(queries.published_draws()[:SHOWN])})


@require_safe
def draw(request: HttpRequest, token: str) -> HttpResponse:
    """The whole draw on one page: what was fixed when, and what follows from it."""
    shown = _draw_or_404(token)
    items = queries.items_of(shown) if shown.drawn_at else []
    drawn = [one for one in items if one.selected or one.called_in]
    context = {
        "draw": shown,
        "strata": [{"code": code, "label": label_of(code, one), **one} for code, one in shown.strata.items()],
        "drawn": drawn,
        "reserve": [one for one in items if not one.selected],
        "visited": sum(one.outcome == Outcome.VISITED for one in drawn),
        "must_visit": list(shown.must_visit.select_related("home__host")),
        "links": queries.links_of(shown),
        "before": shown.replaces,
        "after": getattr(shown, "replaced_by", None),
        "for_the_script": {
            "frame": shown.frame_csv,
            "seed": shown.seed,
            "ratio": f"{shown.ratio.normalize():f}",
            "takeAll": [PRESCHOOL] if shown.preschool == PreschoolRule.TAKE_ALL else [],
            "frameSha256": shown.frame_sha256,
            "csvSha256": shown.csv_sha256,
            "resultSha256": shown.result_sha256,
            "selected": [one.code for one in items if one.selected],
        },
    }
    return render(request, "home_inspections/draw.html", context)


@require_safe
def frame(request: HttpRequest, token: str) -> HttpResponse:
    """The very bytes whose fingerprint was published: one code a line."""
    shown = _draw_or_404(token)
    return _file(shown.frame, f"frame-{shown.number}.txt")


@require_safe
def frame_csv(request: HttpRequest, token: str) -> HttpResponse:
    """The same with strata, as the command and the page draw from it."""
    shown = _draw_or_404(token)
    return _file(shown.frame_csv, f"frame-{shown.number}.csv", kind="text/csv")


@require_safe
def result(request: HttpRequest, token: str) -> HttpResponse:
    """Stratum, rank, code, ticket, drawn or reserve, outcome: one a line."""
    shown = _draw_or_404(token)
    if not shown.drawn_at:
        raise Http404
    lines = ["stratum,rank,id,ticket,drawn,outcome\n"]
    for one in queries.items_of(shown):
        how = "drawn" if one.selected else ("called_in" if one.called_in else f"reserve {one.reserve_rank}")
        outcome = one.outcome if one.selected or one.called_in else ""
        lines.append(f"{one.stratum},{one.rank},{one.code},{one.ticket},{how},{outcome}\n")
    return _file("".join(lines), f"draw-{shown.number}.csv", kind="text/csv")


@require_safe
def grades(request: HttpRequest, token: str) -> HttpResponse:
    """Grades of a year on public notice: never the points behind them."""
    evaluation = published_evaluation(token)
    if evaluation is None:
        raise Http404
    lines = list(published_grades(evaluation))
    for line in lines:
        line["label"] = Grade(line["grade"]).label
    context = {"evaluation": evaluation, "lines": lines, "notices": list(published_notices(evaluation))}
    return render(request, "home_inspections/grades.html", context)


def _file(text: str, name: str, *, kind: str = "text/plain") -> HttpResponse:
    return HttpResponse(
        text.encode(),
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
