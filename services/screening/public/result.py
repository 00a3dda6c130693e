"""Her result: behind a fresh code, with what it means, what comes next and who else looked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from services.accounts.access import is_confirmed, to_confirm, worker_required
from services.casework.public.taken import Taken
from services.casework.registry import services
from services.foundation import clock
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent, worded
from services.screening import actions, wording
from services.screening.models import Result
from services.screening.queries.results import day_of_booking, examined_of, looks_at_result, own_result
from services.screening.rules.results import recall


def own_result_or_404(request: HttpRequest, token: str) -> Result:
    found = own_result(request.user, token)
    if found is None:
        raise Http404
    return found


def _ways(worker, on) -> list:
    """Other services that may help her now, as they themselves say."""
    return [way for service in services for way in service.ways_from_illness(worker, on=on)]


@worker_required
@require_safe
@sensitive_variables()
def result(request: HttpRequest, token: str) -> HttpResponse:
    hers = own_result_or_404(request, token)
    if not is_confirmed(request):
        return to_confirm(request)
    version = actions.read_result(hers, by=request.user, now=clock.now())
    values, on = version.values(), day_of_booking(hers.booking)
    context = {
        "booking": hers.booking,
        "programme": hers.booking.offering.screening_programme,
        "on": on,
        "version": version,
        "conclusion": values["conclusion"],
        "meaning": wording.meaning(values["conclusion"]),
        "steps": (steps := wording.next_steps(recall(examined_of(values, on)))),
        "ways": _ways(hers.booking.worker, on) if steps else [],
        "taken": Taken(on, hers.booking.session.venue.name),
        "rows": wording.values_in_words(values),
        "follow_up": getattr(hers, "follow_up", None),
        "helped": standing_consent(request.user, Purpose.FOLLOW_UP),
        "looks": worded(looks_at_result(hers)),
    }
    return render(request, "screening/result.html", context)


@worker_required
@require_POST
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """She wants no more contact about it. Needs no code: it opens nothing, and she may be in a hurry."""
    hers = own_result_or_404(request, token)
    follow_up = getattr(hers, "follow_up", None)
    if follow_up is not None:
        actions.refuse_follow_up(follow_up, by=request.user, now=clock.now())
    messages.success(request, _("Nobody will contact you about it any more."))
    return redirect("screening:booking", token)
