"""Her messages in the portal: reading them, marking them read."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from services.foundation import clock
from services.messaging import actions, queries

PER_PAGE = 20


@never_cache
@login_required
def inbox(request):
    page = Paginator(queries.inbox(request.user), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "messaging/inbox.html", {"page": page, "unread": queries.unread_count(request.user)})


@never_cache
@login_required
@require_POST
def open_message(request, token: str):
    """Mark one message of hers read and go where it points, if it points anywhere."""
    message = get_object_or_404(queries.inbox(request.user), token=token)
    actions.mark_read(message, by=request.user, now=clock.now())
    inside = message.link.startswith("/") and url_has_allowed_host_and_scheme(message.link, allowed_hosts=None)
    return HttpResponseRedirect(message.link) if inside else redirect("messaging:inbox")


@never_cache
@login_required
@require_POST
def read_all(request):
    actions.mark_all_read(by=request.user, now=clock.now())
    return redirect("messaging:inbox")
