"""Signing out, and the list of her own open sessions."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from services.accounts import actions, queries
from services.accounts.devices import device_of
from services.accounts.forms import EndSessionForm


@never_cache
@require_POST
def sign_out(request):
    staff = request.user.is_authenticated and not request.user.is_worker
    logout(request)
    return redirect("account_login" if staff else "/")


@never_cache
@login_required
def sessions(request):
    """Where she is signed in; a POST ends one session, or all the others."""
    if request.method == "POST":
        form = EndSessionForm(request.POST)
        if form.is_valid():
            only = form.cleaned_data["session"]
            ended = actions.end_own_sessions(by=request.user, keep=request.session.session_key, only=only)
            words = ngettext("%(number)s session ended.", "%(number)s sessions ended.", ended)
            messages.success(request, words % {"number": ended})
        return redirect("accounts:sessions")
    rows = [
        {
            "session": session,
            "device": device_of(session.user_agent),
            "current": session.session_key == request.session.session_key,
        }
        for session in queries.sessions_of(request.user)
    ]
    return render(request, "accounts/sessions.html", {"rows": rows, "others": len(rows) > 1})
