"""Her part in a draw: enter with one tap, see her number and what happens next, leave with one tap."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from services.accounts.access import worker_required
from services.bookings.enums import DrawState, EntryState
from services.bookings.models import Draw, DrawEntry, DrawLine
from services.bookings.queries import conduct_of
from services.bookings.queries.draws import draw_in_force, line_of, own_draw_entry
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.verdict import Outcome
from services.screening import actions, errors
from services.screening.forms.hers import DrawForm
from services.screening.models import Programme
from services.screening.public.booking import lead_to_claim, paused
from services.screening.public.catalogue import assess_for, programme_or_404, window_of
from services.screening.queries import current_terms
from services.screening.queries.choosing import sites_to_choose
from services.workers.queries import worker_of

_RANKS = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class HerDraw:
    """Where she stands in the draw of a programme."""

    draw: Draw | None
    entry: DrawEntry | None
    line: DrawLine | None
    takes_entries: bool

    @property
    def is_in(self) -> bool:
        return self.entry is not None and self.entry.state == EntryState.ENTERED

    @property
    def decided(self) -> bool:
        return self.line is not None and self.line.decided_at is not None


def her_draw(programme: Programme, worker, *, now) -> HerDraw:
    """At most four queries."""
    draw = draw_in_force(programme.offering)
    entry = own_draw_entry(programme.offering, worker) if worker else None
    line = line_of(draw, entry) if draw and entry and draw.frozen_at else None
    listed = draw is not None and draw.state == DrawState.ANNOUNCED and now < draw.freezes_at
    return HerDraw(draw, entry, line, listed and window_of(programme.offering, now) == "open")


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about her and the draw on one page; posting enters her or changes the times she would like."""
    programme = programme_or_404(code)
    worker = worker_of(request.user)
    if worker is None:
        return lead_to_claim(request)
    now = clock.now()
    hers = her_draw(programme, worker, now=now)
    if hers.draw is None:
        return redirect("screening:programme", code)
    conduct = conduct_of(worker, programme.offering, on=timezone.localdate(now))
    if conduct.outcome is Outcome.FAILED and hers.takes_entries and not hers.is_in:
        return paused(request, programme, worker, conduct)
    _assessment, days = assess_for(worker, programme, current_terms(programme), now=now)
    sites = sites_to_choose(programme.offering, None, now=now, admits=days.__contains__)
    form = DrawForm(request.POST if request.method == "POST" else None, sites=sites, initial=_initial(hers))
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_draw(
                programme,
                worker=worker,
                choices=form.chosen(),
                any_session=form.cleaned_data["any_session"],
                by=request.user,
                now=now,
            )
        except (errors.ConsentMissing, errors.NeedsFacts):
            return redirect("screening:book", code)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Your times are saved.") if hers.is_in else _("You are in the draw."))
            return redirect("screening:draw", code)
    context = {"programme": programme, "offering": programme.offering, "hers": hers, "form": form}
    return render(request, "screening/draw.html", context)


def _initial(hers: HerDraw) -> dict:
    if not hers.is_in:
        return {"any_session": True}
    chosen = zip(_RANKS, hers.entry.choices.all(), strict=False)
    return {name: choice.session.token for name, choice in chosen} | {"any_session": hers.entry.any_session}


@worker_required
@require_POST
def leave_draw(request: HttpRequest, code: str) -> HttpResponse:
    programme = programme_or_404(code)
    worker = worker_of(request.user)
    entry = own_draw_entry(programme.offering, worker) if worker else None
    if entry is None:
        return redirect("screening:programme", code)
    try:
        actions.leave_draw(entry, by=request.user, now=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        messages.success(request, _("You have left the draw."))
    return redirect("screening:draw", code)
