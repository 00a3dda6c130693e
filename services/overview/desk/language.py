"""The language switch of the desk. It writes the cookie the public site reads, so that both speak alike."""

from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui import sidebar
from wagtail.users.models import UserProfile

_YEAR = 365 * 24 * 3600


@require_POST
def choose(request, code: str):
    """Switch to ``code`` and go back to the page she came from. A language kept in her profile gives way."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    UserProfile.objects.filter(user=request.user).exclude(preferred_language="").update(preferred_language="")
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("wagtailadmin_home")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=_YEAR,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


class LanguageMenuItem(MenuItem):
    """Offers the other language in its own words."""

    def __init__(self):
        super().__init__("", "", name="language", icon_name="globe", order=9900)

    def render_component(self, request):
        now = translation.get_language()
        code, label = next((code, label) for code, label in settings.LANGUAGES if code != now)
        url = reverse("desk_language", args=[code])
        return sidebar.ActionMenuItem(self.name, label, url, icon_name=self.icon_name, attrs={"lang": code})
