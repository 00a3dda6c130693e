"""Claiming her record: the online way, the officer's way, and how her request stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import worker_required
from services.foundation import clock
from services.foundation.errors import Refused
from services.organizations.enums import Branch
from services.organizations.models import Organization
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.actions.claims import claim_record, request_claim, withdraw_claim
from services.workers.enums import ClaimState
from services.workers.forms.claims import ClaimForm, RequestForm, UnionSearchForm
from services.workers.queries import latest_claim, unions_named, worker_of

NEXT_KEY = "after_claim"


def _remember_next(request: HttpRequest) -> None:
    """Keep where she was going until her record is found, be it today online or tomorrow by the officer."""
    target = request.GET.get("next", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    ):
        request.session[NEXT_KEY] = target


def _onward(request: HttpRequest) -> HttpResponse:
    return redirect(request.session.pop(NEXT_KEY, "") or reverse("overview:home"))


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    _remember_next(request)
    if worker_of(request.user):
        return _onward(request)
    notice = current_notice(Purpose.ROSTER)
    form = ClaimForm(request.POST if request.method == "POST" else None, notice=notice)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            claim_record(
                by=request.user,
                name=form.cleaned_data["name"],
                last4=form.cleaned_data["last4"],
                notice=notice,
                language=get_language(),
                now=clock.now(),
            )
        except Refused as error:
            refusal = error
            form.add_error(None, error.message())
        else:
            return _onward(request)
    earlier = latest_claim(request.user)
    waiting = earlier if earlier and earlier.state == ClaimState.WAITING else None
    context = {"form": form, "notice": notice, "refusal": refusal, "waiting": waiting}
    return render(request, "workers/claim.html", context)


@worker_required
@require_safe
def unions(request: HttpRequest) -> HttpResponse:
    form = UnionSearchForm(request.GET if "q" in request.GET else None)
    found, more = unions_named(form.cleaned_data["q"]) if form.is_bound and form.is_valid() else ([], False)
    return render(request, "workers/unions.html", {"form": form, "found": found, "more": more})


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_union(request: HttpRequest, code: str) -> HttpResponse:
    union = get_object_or_404(Organization, code=code, branch=Branch.TRADE_UNION, closed_on__isnull=True)
    if worker_of(request.user):
        return _onward(request)
    notice = current_notice(Purpose.ROSTER)
    form = RequestForm(request.POST if request.method == "POST" else None, notice=notice)
    if request.method == "POST" and form.is_valid():
        try:
            request_claim(
                union,
                by=request.user,
                name=form.cleaned_data["name"],
                id_number=form.cleaned_data["id_number"],
                notice=notice,
                language=get_language(),
                now=clock.now(),
            )
        except Refused as error:
            form.add_error(None, error.message())
        else:
            return redirect("workers:request")
    return render(request, "workers/ask_union.html", {"form": form, "union": union, "notice": notice})


@worker_required
@require_safe
def request_status(request: HttpRequest) -> HttpResponse:
    latest = latest_claim(request.user)
    if latest is None:
        return redirect("workers:claim")
    return render(request, "workers/request.html", {"claim": latest, "tied": worker_of(request.user)})


@worker_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    latest = latest_claim(request.user)
    if latest is not None:
        withdraw_claim(latest, by=request.user, now=clock.now())
    return redirect("workers:claim")
