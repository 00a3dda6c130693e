"""A draw as everybody may check it, without signing in: what was fixed when, the list, the number, the order."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from services.bookings.enums import DrawOutcome
from services.bookings.forms import EntryNumberForm
from services.bookings.models import Draw
from services.bookings.queries import draws as queries
from services.foundation import clock

SHOWN = 50


def _draw_or_404(token: str) -> Draw:
    draw = queries.published_draw(token)
    if draw is None:
        raise Http404
    return draw


@require_safe
def draw(request: HttpRequest, token: str) -> HttpResponse:
    """The whole draw on one page; ``entry`` looks one number up."""
    shown = _draw_or_404(token)
    form = EntryNumberForm(request.GET if "entry" in request.GET else None)
    asked = form.cleaned_data["entry"] if form.is_bound and form.is_valid() else ""
    context = {
        "draw": shown,
        "offering": shown.offering,
        "before": shown.replaces,
        "after": getattr(shown, "replaced_by", None),
        "form": form,
        "asked": asked,
        "number_is_out": clock.today() >= shown.number_on,
    }
    if shown.public_number:
        context |= _order(shown, asked, request.GET.get("p"))
    return render(request, "bookings/draw.html", context)


def _order(shown: Draw, asked: str, number: str | None) -> dict:
    """One page of the order, the line asked for, and how many entries came to what."""
    lines = queries.published_lines(shown)
    counted = queries.outcomes(shown)
    page = Paginator(lines, SHOWN).get_page(number)
    found = lines.filter(entry__number=asked).first() if asked else None
    return {
        "page": page,
        "lines": [_said(line) for line in page.object_list],
        "found": found and _said(found),
        "counted": [(label, counted[code]) for code, label in DrawOutcome.choices if counted.get(code)],
    }


def _said(line: dict) -> dict:
    return line | {"said": DrawOutcome(line["outcome"]).label}


@require_safe
def frozen_list(request: HttpRequest, token: str) -> HttpResponse:
    """The very bytes whose digest was published."""
    shown = _draw_or_404(token)
    if not shown.frozen_digest:
        raise Http404
    return _file(shown.frozen_text, f"draw-{shown.number}-list.txt")


@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Place, entry and outcome, one a line."""
    shown = _draw_or_404(token)
    if not shown.public_number:
        raise Http404
    rows = queries.published_lines(shown)
    body = "".join(f"{row['place']} {row['number']} {row['outcome']}\n" for row in rows.iterator(chunk_size=2000))
    return _file(f"draw {shown.token}\npublic-number {shown.public_number}\n{body}", f"draw-{shown.number}-order.txt")


def _file(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
