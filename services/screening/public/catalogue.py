"""What is open: the list, one programme, and "am I eligible?" without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from services.bookings import wording as conduct_wording
from services.bookings.enums import DrawState, EntryState, OfferingState, SignUpMode
from services.bookings.queries import live_booking, own_waiting, places_left
from services.bookings.queries.draws import draw_in_force, own_draw_entry
from services.bookings.queries.pools import pools_of
from services.bookings.rules import window
from services.foundation import clock
from services.screening import wording
from services.screening.enums import Item
from services.screening.forms.answers import AnswersForm
from services.screening.public.explaining import explained, pools_shown
from services.screening.queries import current_terms, facts_of, published_programmes, with_places_left
from services.screening.queries.choosing import days_ahead, sites_to_choose
from services.screening.rules import Facts, eligibility
from services.workers.queries import worker_of

SHE_KNOWS = frozenset({"interval", "residence"})  # the rules whose fact she states herself


def programme_or_404(code: str):
    return get_object_or_404(published_programmes(), code=code)


def window_of(offering, now) -> str:
    """``open``, ``not_yet`` or ``closed``."""
    return window(
        now, is_open=offering.state == OfferingState.OPEN, opens_at=offering.opens_at, closes_at=offering.closes_at
    )


def assess_for(worker, programme, terms, *, now):
    """Her assessment as of the first session day on which she may take part (else today), and those days."""
    facts = facts_of(worker, programme, terms)
    days = {day: eligibility(facts, terms, on=day) for day in days_ahead(programme.offering, now=now)}
    open_days = frozenset(day for day, assessment in days.items() if assessment.eligible)
    if open_days:
        return days[min(open_days)], open_days
    return eligibility(facts, terms, on=timezone.localdate(now)), open_days


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    shown = [
        {
            "programme": programme,
            "window": window_of(programme.offering, now),
            "left": programme.places_left,
            "draw_ahead": programme.offering.draw_ahead,
            "full": programme.places_left < 1 or programme.offering.waiting_only,
        }
        for programme in with_places_left(published_programmes(), now=now).order_by("-offering__opens_at", "pk")
    ]
    return render(
        request,
        "screening/list.html",
        {
            "open": [row for row in shown if row["window"] == "open"],
            "coming": [row for row in shown if row["window"] == "not_yet"],
            "over": [row for row in shown if row["window"] == "closed"],
        },
    )


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    shown = programme_or_404(code)
    now = clock.now()
    terms = current_terms(shown)
    worker = worker_of(request.user)
    pools = pools_shown(pool for pool in pools_of(shown.offering) if pool.slots or pool.general)
    context = {
        "programme": shown,
        "offering": shown.offering,
        "terms": terms,
        "items": [Item(code).label for code in shown.items if code in Item.values],
        "kind": wording.kind(shown),
        "conduct": conduct_wording.conduct_terms(shown.offering),
        "rules": explained(eligibility(Facts(), terms, on=clock.today())).rules,
        "window": window_of(shown.offering, now),
        "left": places_left(shown.offering, now),
        "pools": pools,
        "undivided": sum(pool.left for pool in pools),
        "sites": sites_to_choose(shown.offering, None, now=now),
        "booking": live_booking(shown.offering_id, worker) if worker else None,
        "waiting": own_waiting(shown.offering, worker) if worker else None,
    }
    if shown.offering.mode != SignUpMode.FIRST_COME:
        context |= _draw_of(shown.offering, worker, now)
    return render(request, "screening/programme.html", context)


def _draw_of(offering, worker, now) -> dict:
    """The draw in force, whether its list is open, and her entry in it."""
    draw = draw_in_force(offering)
    entry = own_draw_entry(offering, worker) if worker else None
    is_open = draw is not None and draw.state == DrawState.ANNOUNCED and now < draw.freezes_at
    return {"draw": draw, "list_open": is_open, "entry": entry if entry and entry.state == EntryState.ENTERED else None}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def am_i_eligible(request: HttpRequest, code: str) -> HttpResponse:
    """Her roster's facts when she is signed in; else a few questions whose answers are forgotten at once."""
    shown = programme_or_404(code)
    terms = current_terms(shown)
    today = clock.today()
    context = {
        "programme": shown,
        "terms": terms,
        "window": window_of(shown.offering, clock.now()),
        "kind": wording.kind(shown),
    }
    worker = worker_of(request.user)
    if worker:
        assessment, _days = assess_for(worker, shown, terms, now=clock.now())
        context |= {
            "result": explained(assessment, worker),
            "own": True,
            "union": worker.organization,
            "asks": not SHE_KNOWS.isdisjoint(assessment.missing),
        }
        return render(request, "screening/assessment.html", context)
    form = AnswersForm(request.POST if request.method == "POST" else None, terms=terms, today=today)
    if request.method == "POST" and form.is_valid():
        assessment = eligibility(form.facts(), terms, on=today)
        return render(request, "screening/assessment.html", context | {"result": explained(assessment), "own": False})
    return render(request, "screening/eligibility.html", context | {"form": form})
