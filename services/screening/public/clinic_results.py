"""One woman's result, entered or corrected by the staff of the site."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Venue
from services.bookings.public.access import site_staff_required
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening import actions, errors
from services.screening.forms.results import LookForm, ResultForm
from services.screening.models import Result
from services.screening.queries.results import booking_at, current_version, day_of_booking, result_of


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@site_staff_required
def enter(request: HttpRequest, token: str, venues: list[Venue]) -> HttpResponse:
    """The form. What was entered before is shown only after a reason, as a look that she can read of."""
    booking = booking_at(venues, token)
    if booking is None:
        raise Http404
    if booking.state != BookingState.ATTENDED:
        messages.warning(request, errors.NotAttended().message(staff=True))
        return redirect("screening_clinic:day", booking.session.venue.token, day_of_booking(booking))
    entered = result_of(booking)
    if request.method == "POST" and "look_reason" in request.POST and entered is not None:
        return _look(request, booking, entered)
    form = _form(request.POST if request.method == "POST" else None, booking, entered)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            actions.enter_result(booking, findings=form.findings(), by=request.user, now=clock.now(), reason=reason)
        except errors.CorrectionReasonMissing as refusal:
            # A colleague was quicker: the same page, now asking for the reason.
            entered = result_of(booking)
            form = _form(request.POST, booking, entered)
            form.add_error("reason", refusal.message(staff=True))
        except Refused as refusal:
            form.add_error(None, refusal.message(staff=True))
        else:
            messages.success(request, _("The result is kept. She has been told that there is news."))
            return redirect("screening_clinic:day", booking.session.venue.token, day_of_booking(booking))
    return _show(request, booking, entered, form=form if entered is None or request.method == "POST" else None)


def _form(data, booking: Booking, entered: Result | None, initial: dict | None = None) -> ResultForm:
    done = booking.offering.screening_programme.items
    return ResultForm(
        data,
        on=day_of_booking(booking),
        correcting=entered is not None,
        initial=initial if initial is not None else {"items": done},
    )


@sensitive_variables()
def _look(request: HttpRequest, booking: Booking, entered: Result) -> HttpResponse:
    look = LookForm(request.POST)
    if not look.is_valid():
        return _show(request, booking, entered, look=look)
    reason = look.cleaned_data["look_reason"]
    try:
        values = actions.look_for_correction(entered, by=request.user, reason=reason)
    except Refused as refusal:
        look.add_error("look_reason", refusal.message(staff=True))
        return _show(request, booking, entered, look=look)
    due = values["next_due"]
    initial = values | {"next_due": date.fromisoformat(due) if due else None, "reason": reason}
    return _show(request, booking, entered, form=_form(None, booking, entered, initial))


def _show(request, booking: Booking, entered: Result | None, *, form=None, look=None) -> HttpResponse:
    context = {
        "booking": booking,
        "day": day_of_booking(booking),
        "entered": entered,
        "version": current_version(entered) if entered is not None else None,
        "form": form,
        "look": look or LookForm(),
    }
    return render(request, "screening/clinic/result.html", context)
