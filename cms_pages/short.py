"""The short address of a page: in messages and on paper it goes on leading there when the page is moved or renamed."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page


def short_path(key: int) -> str:
    return reverse("cms_pages:short", args=[key])


def short_address(key: int) -> str:
    """With scheme and host, for paper and for other apps."""
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{short_path(key)}"


@require_safe
def short(request: HttpRequest, page: int) -> HttpResponse:
    """To the page as it lies today; whether the reader may see it, the page itself decides."""
    found = Page.objects.live().filter(pk=page, depth__gt=1).first() if page < 2**62 else None
    url = found.get_url(request) if found else None
    if not url:
        raise Http404
    return redirect(url)
