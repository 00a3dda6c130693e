"""Whom she let apply in her name, for what and how long; she may end it at any moment (D21)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.access import worker_required
from services.casework import actions
from services.casework.models import Authorisation
from services.casework.queries.own import authorisations_of, own_authorisation
from services.casework.queries.people import counts
from services.casework.registry import services
from services.foundation import clock
from services.foundation.errors import Refused
from services.workers.queries import worker_of

SHOWN = 50


@worker_required
@require_safe
def authorisations(request: HttpRequest) -> HttpResponse:
    worker = worker_of(request.user)
    rows = list(authorisations_of(worker).prefetch_related("cases")[:SHOWN]) if worker else []
    today = clock.today()
    in_force = [row for row in rows if counts(row, on=today)]
    ended = [row for row in rows if row not in in_force]
    context = {"in_force": [_said(row) for row in in_force], "ended": [_said(row) for row in ended]}
    return render(request, "casework/authorisations.html", context)


def _said(row: Authorisation) -> dict:
    service = services.get(row.service)
    return {"row": row, "service": service.label if service else row.service, "cases": list(row.cases.all())}


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then end it: her representative sees nothing of it any more, and her applications are hers."""
    row = own_authorisation(request.user, token)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            actions.revoke_authorisation(row, by=request.user, now=clock.now())
            messages.success(request, _("The authorisation is ended. You go on with what was begun yourself."))
        except Refused as refusal:
            messages.error(request, refusal.message())
        return redirect("casework:authorisations")
    if row.revoked_at is not None:
        return redirect("casework:authorisations")
    return render(request, "casework/revoke.html", _said(row))
