"""What she wants to be told of."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from services.accounts.access import worker_required
from services.outreach import actions, queries
from services.outreach.forms import TopicsForm
from services.outreach.notifications import leave_path
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """Her topics; whether she is told at all is her consent, which she gives and withdraws beside it."""
    sent = request.POST if request.method == "POST" else None
    form = TopicsForm(sent, initial={"topics": queries.interests_of(request.user)})
    if request.method == "POST" and form.is_valid():
        actions.choose_topics(request.user, form.cleaned_data["topics"])
        messages.success(request, _("Saved."))
        return redirect("outreach:topics")
    context = {
        "form": form,
        "consent": standing_consent(request.user, Purpose.NEWS),
        "leave_path": leave_path(request.user),
    }
    return render(request, "outreach/topics.html", context)
