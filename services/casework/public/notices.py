"""Public notices as everybody may read them, without signing in. What is over answers 410 and lies in no cache."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from services.casework.actions.objections import is_open
from services.casework.models import PublicNotice
from services.casework.queries import notices as queries
from services.casework.rules.notice import fields_of
from services.foundation import clock

SHOWN = 100


def of_the_day(view):
    """No cache keeps the answer and no search engine lists it: tomorrow it may be gone."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return guarded


def standing_or_none(token: str) -> PublicNotice | None:
    """The notice while it stands, None when it is over. Raises ``Http404`` for one that never was."""
    notice = queries.notice_named(token)
    if notice is None:
        raise Http404
    return notice if is_open(notice, now=clock.now()) else None


def gone(request: HttpRequest, **context) -> HttpResponse:
    return render(request, "notices/gone.html", context, status=410)


@require_safe
@of_the_day
def notices(request: HttpRequest) -> HttpResponse:
    """Those that stand today."""
    page = Paginator(queries.standing_notices(clock.today()), SHOWN).get_page(request.GET.get("p"))
    return render(request, "notices/list.html", {"page": page})


@require_safe
@of_the_day
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """Its lines, a page at a time; ``number`` looks one up."""
    shown = standing_or_none(token)
    if shown is None:
        return gone(request)
    asked = " ".join(request.GET.get("number", "").replace("\0", "").split())[:46].upper()
    lines = queries.lines_seen(shown)
    found = lines.filter(number__iexact=asked) if asked else lines
    page = Paginator(queries.as_shown(found), SHOWN).get_page(request.GET.get("p"))
    context = {"notice": shown, "lines": rows(page.object_list), "page": page, "asked": asked}
    return render(request, "notices/notice.html", context)


def rows(lines) -> list[dict]:
    """What the template shows of each line, and nothing else."""
    return [
        {
            "number": line.number,
            "position": line.position,
            "name": line.masked_name,
            "unit": line.unit,
            "fields": fields_of(line.shown),
        }
        for line in lines
    ]
