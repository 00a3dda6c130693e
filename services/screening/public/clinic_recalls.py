"""Women a site calls back: the open list, and one of them with her tries and her end."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from services.bookings.models import Venue
from services.bookings.public.access import site_staff_required
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening import actions, wording
from services.screening.forms.results import AttemptForm, CloseForm, LookForm
from services.screening.models import FollowUp
from services.screening.queries.following import follow_ups_at, still_open

PER_PAGE = 30


@require_safe
@site_staff_required
def recalls(request: HttpRequest, venues: list[Venue]) -> HttpResponse:
    """The open ones, those that wait longest first."""
    page = Paginator(still_open(follow_ups_at(venues)), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "screening/clinic/recalls.html", {"page": page, "today": clock.today()})


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@site_staff_required
def recall(request: HttpRequest, token: str, venues: list[Venue]) -> HttpResponse:
    """One of them. Which button was pressed says which of the three forms was sent."""
    follow_up = get_object_or_404(follow_ups_at(venues), token=token)
    if request.method == "POST":
        handle = {"look": _look, "call": _look, "attempt": _attempt, "close": _close}.get(request.POST.get("act", ""))
        if handle is None:
            raise Http404
        return handle(request, follow_up)
    return _show(request, follow_up)


@sensitive_variables()
def _look(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    form = LookForm(request.POST)
    if form.is_valid():
        try:
            asked = {"by": request.user, "reason": form.cleaned_data["look_reason"]}
            if request.POST["act"] == "call":
                return _show(request, follow_up, phone=actions.look_at_phone(follow_up, **asked))
            return _show(request, follow_up, rows=wording.values_in_words(actions.look_at_result(follow_up, **asked)))
        except Refused as refusal:
            form.add_error("look_reason", refusal.message(staff=True))
    return _show(request, follow_up, look=form)


def _attempt(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    form = AttemptForm(request.POST)
    if form.is_valid():
        try:
            actions.record_attempt(follow_up, by=request.user, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("on" if refusal.code == "attempt_in_future" else None, refusal.message(staff=True))
        else:
            messages.success(request, _("The try is on record."))
            return redirect("screening_clinic:recall", follow_up.token)
    return _show(request, follow_up, attempt=form)


def _close(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_follow_up(follow_up, outcome=form.cleaned_data["ended"], by=request.user, now=clock.now())
        except Refused as refusal:
            form.add_error("ended", refusal.message(staff=True))
        else:
            messages.success(request, _("The follow-up is closed."))
            return redirect("screening_clinic:recalls")
    return _show(request, follow_up, close=form)


def _show(request: HttpRequest, follow_up: FollowUp, *, look=None, attempt=None, close=None, rows=None, phone=""):
    context = {
        "follow_up": follow_up,
        "booking": follow_up.result.booking,
        "attempts": follow_up.attempts.all(),
        "rows": rows,
        "phone": phone,
        "look": look or LookForm(),
        "attempt": attempt or AttemptForm(initial={"on": clock.today()}),
        "close": close or CloseForm(),
        "wrong": next((form for form in (look, attempt, close) if form is not None), None),
    }
    return render(request, "screening/clinic/recall.html", context)
