"""Whatever way of Wagtail's met the gate: nothing became public, and she is led to what was held back."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from services.publishing.actions.guard import hold_back, review
from services.publishing.enums import Through
from services.publishing.errors import HELD, PublicationHeld


class LeadToWhatIsHeld:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PublicationHeld) or not request.path_info.startswith("/admin/"):
            return None
        page = exception.page
        through = Through.APPROVAL if page.workflow_in_progress else Through.PUBLISH
        hold = hold_back(page, review(page), through=through, by=request.user, revision_id=exception.revision_id)
        messages.error(request, HELD)
        target = reverse("publishing_desk:one", args=[hold.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": target})
        return redirect(target)
