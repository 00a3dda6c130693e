"""Signing in by phone and one-time code."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from services.accounts import actions, client_address, known_browser
from services.accounts.enums import CodePurpose
from services.accounts.errors import CodeTooSoon
from services.accounts.forms import CodeForm, PhoneForm
from services.accounts.models import OneTimeCode
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.masking import mask_phone
from services.foundation.references import unguessable

# What lies in the session between the two pages.
_STATE = "sign_in"


@never_cache
@sensitive_post_parameters()
def sign_in(request):
    """Ask for the number, send a code, go on to the page that asks for it."""
    if request.user.is_authenticated:
        return _already_in(request)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        same_number = _phone(request) == phone
        try:
            _send(request, phone, target=_safe(request, request.POST.get("next", "")))
        except CodeTooSoon as early:
            if same_number:
                messages.warning(request, early.message())
                return redirect("accounts:enter_code")
            form.add_error("phone", early.message())
        except Refused as refusal:
            form.add_error("phone", refusal.message())
        else:
            return redirect("accounts:enter_code")
    target = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    return render(request, "accounts/sign_in.html", {"form": form, "next": target})


@never_cache
@sensitive_post_parameters()
@sensitive_variables("phone", "form")
def enter_code(request):
    """Ask for the code; a right one opens a session under a new key."""
    if request.user.is_authenticated:
        return _already_in(request)
    phone = _phone(request)
    if not phone:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.redeem_code(
                phone=phone,
                binding=_binding(request),
                code=form.cleaned_data["code"],
                address=client_address.of(request),
                purpose=CodePurpose.SIGN_IN,
                now=clock.now(),
                known=known_browser.known_index(request, phone),
            )
        except Refused as refusal:
            form.add_error("code", refusal.message())
        else:
            return _enter(request, user, phone)
    return render(
        request,
        "accounts/enter_code.html",
        {
            "form": form,
            "masked_phone": mask_phone(phone),
            "shown_code": request.session[_STATE].get("shown", "") if settings.SHOW_CODES_ON_SCREEN else "",
            "minutes": settings.CODE_LIFETIME_SECONDS // 60,
        },
    )


@never_cache
@require_POST
def resend_code(request):
    """Send another code to the number she gave."""
    phone = _phone(request)
    if request.user.is_authenticated or not phone:
        return redirect("accounts:sign_in")
    try:
        _send(request, phone, target=request.session[_STATE].get("next", ""))
    except Refused as refusal:
        messages.warning(request, refusal.message())
    else:
        messages.success(request, _("A new code is on its way. Earlier codes no longer work."))
    return redirect("accounts:enter_code")


def _send(request, phone: str, *, target: str) -> None:
    """Send a code and note number, secret and goal in the session; noted even if the code has to wait."""
    state = request.session.get(_STATE, {})
    secret = state.get("secret") or unguessable()
    shown = actions.request_code(
        phone=phone,
        binding=OneTimeCode.binding_of(secret),
        address=client_address.of(request),
        purpose=CodePurpose.SIGN_IN,
        now=clock.now(),
        known=known_browser.known_index(request, phone),
    )
    request.session[_STATE] = {
        "phone": OneTimeCode.seal_phone(phone),
        "secret": secret,
        "next": target,
        "shown": shown,
    }


def _enter(request, user, phone: str) -> HttpResponseRedirect:
    target = request.session.pop(_STATE).get("next", "")
    login(request, user, backend="services.accounts.backends.WorkerCode")
    actions.note_language(user, language=get_language() or settings.LANGUAGE_CODE)
    response = HttpResponseRedirect(target or settings.LOGIN_REDIRECT_URL)
    known_browser.remember(request, response, phone)
    return response


def _phone(request) -> str:
    return OneTimeCode.open_phone(request.session.get(_STATE, {}).get("phone", ""))


def _binding(request) -> str:
    return OneTimeCode.binding_of(request.session[_STATE]["secret"])


def _already_in(request) -> HttpResponseRedirect:
    if not request.user.is_worker:
        return redirect("wagtailadmin_home")
    return HttpResponseRedirect(_safe(request, request.GET.get("next", "")) or settings.LOGIN_REDIRECT_URL)


def _safe(request, target: str) -> str:
    """``target`` if it is a path of this site that isn't the way in itself, else ''."""
    here = {reverse("accounts:sign_in"), reverse("accounts:enter_code")}
    if not target.startswith("/") or target.split("?")[0] in here:
        return ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else ""
