"""Cancelling bookings in bulk: what will happen to each is shown first, what happened to each afterwards."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from services.bookings.actions import cancel_booking
from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.bookings.policies import may_change
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening.desk.bookings import bookings_for
from services.screening.forms.places import ReasonForm

CANCELLABLE = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)


class CancelBookings(BulkAction):
    """Each booking is checked and cancelled by itself; one that refuses doesn't hold up the others."""

    display_name = _("Cancel bookings")
    action_type = "cancel"
    aria_label = _("Cancel the selected bookings")
    template_name = "screening/desk/cancel_bookings.html"
    action_priority = 10
    classes = {"serious"}
    form_class = ReasonForm
    models = [Booking]

    def get_all_objects_in_listing_query(self, parent_id):
        return bookings_for(self.request.user).values_list("token", flat=True)

    def get_queryset(self, model, tokens):
        return list(bookings_for(self.request.user).filter(token__in=list(tokens)).order_by("session_id", "pk"))

    def check_perm(self, booking):
        return booking.state in CANCELLABLE and bool(may_change(self.request.user, booking))

    def object_context(self, booking):
        return {"item": booking}

    def execute_action(self, objects, **kwargs):
        now, reason, done = clock.now(), self.cleaned_form.cleaned_data["reason"], 0
        for booking in objects:
            try:
                cancel_booking(booking, by=self.request.user, now=now, reason=reason)
                done += 1
            except Refused as refused:
                messages.error(self.request, f"{booking.number}: {refused.message(staff=True)}")
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        if not num_parent_objects:
            return None
        text = ngettext(
            "%(count)s booking is cancelled; its place passed on.",
            "%(count)s bookings are cancelled; their places passed on.",
            num_parent_objects,
        )
        return text % {"count": num_parent_objects}
