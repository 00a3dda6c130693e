"""Counters of a programme's places that disagree with what they count, recounted on the spot."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from services.bookings.queries.auditing import audit
from services.foundation.verdict import ALLOWED
from services.screening import policies, queries
from services.screening.desk.pages import DeskPage

_KINDS = {"session": _("Session"), "allocation": _("Places of an organisation")}
# The counters of ``bookings.queries.audit`` in words.
_COUNTERS = {
    "taken": _("Taken, against bookings"),
    "used": _("Used, against bookings"),
    "passed_down": _("Given on, against what those below received"),
    "slots in the ledger": _("Received, against the last line of the ledger"),
    "passed_down in the ledger": _("Given on, against the last line of the ledger"),
    "slots in the ledger's replay": _("Received, against the ledger replayed"),
    "passed_down in the ledger's replay": _("Given on, against the ledger replayed"),
    "used in the ledger's replay": _("Used, against the ledger replayed"),
}


class PlacesCheck(DeskPage, TemplateView):
    """For the programme's officers and for who runs the installation; for nobody else it exists. Names no woman."""

    page_title = _("Check of places")
    template_name = "screening/desk/places_check.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        found = queries.programmes_run_for(request.user, policies.CHECKERS).select_related("offering__places_fault")
        self.programme = get_object_or_404(found, code=kwargs["code"])

    def allowed(self):
        return ALLOWED

    def trail(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.programme.title}]

    def get_context_data(self, **kwargs):
        offering = self.programme.offering
        return super().get_context_data(
            programme=self.programme,
            differences=[(_KINDS[one.kind], _COUNTERS[one.counter], one) for one in audit(offering)],
            fault=getattr(offering, "places_fault", None),
            **kwargs,
        )
