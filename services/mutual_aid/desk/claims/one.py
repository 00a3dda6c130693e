"""The base of pages about one claim, and the look at its diagnosis."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.mutual_aid.actions import adjudicating
from services.mutual_aid.forms.adjudicating import LookForm
from services.mutual_aid.models import Claim
from services.mutual_aid.policies import claims as policies
from services.mutual_aid.queries.benefits import case_page
from services.mutual_aid.queries.claiming import claim_of


class OneClaim:
    """The claim whose case's token the URL holds, when it lies in her scope; 404 else."""

    header_icon = "doc-full"
    request: HttpRequest

    @cached_property
    def claim(self) -> Claim:
        found = get_object_or_404(Claim.objects.visible_to(self.request.user), case__token=self.kwargs["token"])
        return claim_of(found.case_id)

    def allowed(self):
        return policies.may_work_on(self.request.user, self.claim)

    def get_page_subtitle(self):
        return self.claim.case.number

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": self.get_success_url(), "label": self.claim.case.number}]

    def get_success_url(self):
        return case_page(self.claim.case)

    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}


class Look(OneClaim, DeskView, View):
    """Why she opens it goes on record; then the page of the case shows it for half an hour."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_see_health(self.request.user, self.claim)

    def post(self, request, token):
        form = LookForm(request.POST)
        reason = form.reason() if form.is_valid() else ""
        try:
            adjudicating.look(self.claim, by=request.user, reason=reason)
            messages.success(request, _("Your look is on record."))
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        return redirect(f"{self.get_success_url()}#aid-facts")
