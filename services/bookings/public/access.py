"""Who may open the door's pages: signed-in staff who are registered at a site."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from services.bookings.policies import works_at_sites
from services.bookings.queries import venues_operated_by


def site_staff_required(view):
    """Passes the sites she works at as ``venues``; visitors sign in first, everybody else gets 403."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        venues = list(venues_operated_by(request.user)) if works_at_sites(request.user) else []
        if not venues:
            raise PermissionDenied(_("This page is for staff of the sites. You are not registered at any site."))
        return view(request, *args, venues=venues, **kwargs)

    return guarded
