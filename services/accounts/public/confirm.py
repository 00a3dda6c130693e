"""The extra step before a page for her eyes alone: a fresh code to her own phone."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from services.accounts import actions, client_address, known_browser
from services.accounts.access import is_confirmed, note_confirmed, worker_required
from services.accounts.enums import CodePurpose
from services.accounts.errors import CodeTooSoon
from services.accounts.forms import CodeForm
from services.accounts.models import OneTimeCode
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.references import unguessable

# What lies in the session between the two pages.
_STATE = "confirming"


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Say why, and send the code when she asks for it."""
    target = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if is_confirmed(request):
        return HttpResponseRedirect(target)
    refusal = ""
    if request.method == "POST":
        try:
            _send(request, target)
            return redirect("accounts:confirm_code")
        except CodeTooSoon as early:
            if request.session.get(_STATE):
                messages.warning(request, early.message())
                return redirect("accounts:confirm_code")
            refusal = early.message()
        except Refused as error:
            refusal = error.message()
    context = {"next": target, "masked_phone": request.user.masked_phone, "refusal": refusal}
    return render(request, "accounts/confirm.html", context | {"minutes": settings.CONFIRMED_SECONDS // 60})


@worker_required
@sensitive_post_parameters()
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Take the code; a right one opens such pages in this session for a few minutes."""
    state = request.session.get(_STATE)
    if not state:
        return redirect("accounts:confirm")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.redeem_code(
                phone=request.user.phone,
                binding=OneTimeCode.binding_of(state["secret"]),
                code=form.cleaned_data["code"],
                address=client_address.of(request),
                purpose=CodePurpose.CONFIRM,
                now=clock.now(),
                known=known_browser.known_index(request, request.user.phone),
            )
        except Refused as refusal:
            form.add_error("code", refusal.message())
        else:
            if user.pk == request.user.pk:
                note_confirmed(request)
            return HttpResponseRedirect(_safe(request, request.session.pop(_STATE)["next"]))
    context = {
        "form": form,
        "next": state["next"],
        "masked_phone": request.user.masked_phone,
        "shown_code": state["shown"] if settings.SHOW_CODES_ON_SCREEN else "",
        "minutes": settings.CODE_LIFETIME_SECONDS // 60,
    }
    return render(request, "accounts/confirm_code.html", context)


def _send(request: HttpRequest, target: str) -> None:
    secret = request.session.get(_STATE, {}).get("secret") or unguessable()
    shown = actions.request_code(
        phone=request.user.phone,
        binding=OneTimeCode.binding_of(secret),
        address=client_address.of(request),
        purpose=CodePurpose.CONFIRM,
        now=clock.now(),
        known=known_browser.known_index(request, request.user.phone),
    )
    request.session[_STATE] = {"secret": secret, "next": target, "shown": shown}


def _safe(request: HttpRequest, target: str) -> str:
    """``target`` if it is a path of this site, else her own page."""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target.startswith("/") and allowed else settings.LOGIN_REDIRECT_URL
