"""The site's routes and one more: booking by plain POST, so that a race measures places and not page rendering."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from services.bookings.models import Session
from services.foundation import clock
from services.foundation.errors import Refused
from services.screening.actions import book, confirm
from services.screening.models import Programme
from services.workers.models import Worker


def ready(request):
    return HttpResponse("ready")


@csrf_exempt
def book_and_confirm(request, programme: int, session: str, worker: str):
    """200 with the number, or 409 with the code of the refusal."""
    her = Worker.objects.unscoped().select_related("user", "organization").get(token=worker)
    chosen = get_object_or_404(Session, token=session)
    try:
        held = book(Programme.objects.get(pk=programme), session=chosen, worker=her, by=her.user, now=clock.now())
        return HttpResponse(confirm(held, by=her.user, now=clock.now()).number)
    except Refused as refusal:
        return HttpResponse(refusal.code, status=409)


urlpatterns = [
    path("ready/", ready),
    path("race/<int:programme>/<str:session>/<str:worker>/", book_and_confirm),
    path("", include("portal.urls")),
]
