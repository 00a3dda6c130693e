"""The way in: her link, a code to her own phone, one thing that she knows. No name of a child before she is in."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts import client_address
from services.child_files.actions import links
from services.child_files.forms.guardian import ConfirmForm
from services.child_files.public.session import enter
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.masking import mask_phone
from services.foundation.pace import minutes_to_wait_for, network_of

_PAGES_AN_HOUR = 60


def _link(request: HttpRequest, secret: str):
    """The live link, unless one network tries too many."""
    network = network_of(client_address.of(request))
    if minutes_to_wait_for("child-link", network, limit=_PAGES_AN_HOUR, now=clock.now()):
        return None
    return links.live_link(secret, clock.now())


@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, secret: str) -> HttpResponse:
    """Say what this is, and send a code when she asks for it."""
    link = _link(request, secret)
    if link is None:
        return redirect("child_files:over")
    if request.method == "POST":
        try:
            shown = links.request_code(link, now=clock.now())
        except Refused as refusal:
            messages.warning(request, refusal.message())
        else:
            request.session["child_code_shown"] = shown
            return redirect("child_files:code", secret)
    context = {"masked_phone": mask_phone(link.guardianship.guardian.phone), "secret": secret}
    return render(request, "child_files/start.html", context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables("secret", "form")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, secret: str) -> HttpResponse:
    """The code and one fact; right, and the link is used up."""
    link = _link(request, secret)
    if link is None:
        return redirect("child_files:over")
    form = ConfirmForm(request.POST or None, asked=links.fact_asked(link))
    if request.method == "POST" and form.is_valid():
        try:
            held = links.confirm(link, code=form.cleaned_data["code"], fact=form.told, now=clock.now())
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            request.session.pop("child_code_shown", None)
            enter(request, held)
            return redirect("child_files:home")
    shown = request.session.get("child_code_shown", "") if settings.SHOW_CODES_ON_SCREEN else ""
    context = {
        "form": form,
        "secret": secret,
        "shown_code": shown,
        "masked_phone": mask_phone(link.guardianship.guardian.phone),
    }
    return render(request, "child_files/code.html", context)


@never_cache
@require_safe
def over(request: HttpRequest) -> HttpResponse:
    return render(request, "child_files/over.html")
