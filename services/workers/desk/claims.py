"""A request to be tied to a record, beside the records it may mean; confirm one, or refuse with a reason."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.workers import policies, queries
from services.workers.actions.claims import confirm_claim, refuse_claim
from services.workers.enums import ClaimState
from services.workers.forms.records import RefuseForm
from services.workers.models import RecordClaim


class ClaimPage(DeskView, WagtailAdminTemplateMixin, TemplateView):
    template_name = "workers/desk/claim.html"
    header_icon = "check"

    def allowed(self):
        return policies.may_decide_claim(self.request.user, self.claim)

    @cached_property
    def claim(self) -> RecordClaim:
        visible = RecordClaim.objects.visible_to(self.request.user).select_related("organization", "user", "worker")
        return get_object_or_404(visible, token=self.kwargs["token"])

    @cached_property
    def candidates(self):
        found = queries.records_like(self.claim)
        for worker in found:
            worker.same_name = worker.name == self.claim.stated_name
            worker.same_number = bool(self.claim.stated_id_index) and worker.id_index == self.claim.stated_id_index
            worker.same_phone = bool(worker.phone_index) and worker.phone_index == self.claim.user.phone_index
        return found

    def get_page_title(self):
        return _("Request of %(name)s") % {"name": self.claim.stated_name}

    def get_breadcrumbs_items(self):
        up = {"url": reverse("workers_desk:claims"), "label": _("Requests to confirm")}
        return [*self.breadcrumbs_items, up, {"url": "", "label": self.claim.stated_name}]

    def post(self, request, *args, **kwargs):
        return self.confirm(request) if "confirm" in request.POST else self.refuse(request)

    def confirm(self, request):
        worker = next((row for row in self.candidates if row.token == request.POST["confirm"]), None)
        if worker is None:
            messages.error(request, _("Choose one of the records shown."))
            return self.render_to_response(self.get_context_data())
        try:
            confirm_claim(self.claim, worker=worker, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("Her account is tied to the record. She has been told."))
        return redirect("workers_desk:claims")

    def refuse(self, request):
        form = RefuseForm(request.POST)
        if form.is_valid():
            try:
                refuse_claim(self.claim, by=request.user, reason=form.cleaned_data["reason"], now=clock.now())
            except Refused as refusal:
                form.add_error("reason", refusal.message(staff=True))
            else:
                messages.success(request, _("Refused. She reads your reason and what she can do."))
                return redirect("workers_desk:claims")
        return self.render_to_response(self.get_context_data(refuse_form=form))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("refuse_form", RefuseForm())
        claim = self.claim
        waiting = claim.state == ClaimState.WAITING
        return super().get_context_data(claim=claim, candidates=self.candidates, waiting=waiting, **kwargs)
