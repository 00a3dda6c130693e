"""The desk's side bar, remembered: writing it anew is a third of each page's time.

Takes the place of Wagtail's tag in Wagtail's own library, so that its templates use it (``apps.ready`` imports this).
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from wagtail.admin.menu import admin_menu
from wagtail.admin.search import admin_search_areas
from wagtail.admin.templatetags import wagtailadmin_tags as wagtails

from services.foundation.scope import scope_of

_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class _SideBar:
    """``shown`` are Wagtail's components, which know when they are alike; ``told`` is what they were written as.
    ``asked`` is when it was last asked which of them she sees, in seconds of this process's clock."""

    shown: list[Any]
    told: str
    asked: float


_remembered: OrderedDict[tuple, _SideBar] = OrderedDict()


@wagtails.register.simple_tag(takes_context=True, name="sidebar_props")
def remembered_sidebar_props(context) -> str:
    """As Wagtail writes it, but written anew only for who sees something else than last time.

    Which entries somebody sees follows from her posts and permissions, so that a post that ended is gone with the next
    page; and from little else (the sites she works at, sections of pages), which is asked again after
    ``SIDE_BAR_SECONDS``. An entry only leads to a page: whether she may open that is asked there.
    """
    request = context["request"]
    user = request.user
    may = (frozenset(scope_of(user).grants.items()), frozenset(user.get_all_permissions()))
    key = (user.pk, user.get_username(), get_language(), *may)
    known, now = _remembered.get(key), time.monotonic()
    if known is None or now - known.asked >= settings.SIDE_BAR_SECONDS:
        known = _remembered[key] = _asked_again(context, known, now)
    _remembered.move_to_end(key)
    while len(_remembered) > _AT_MOST:
        _remembered.popitem(last=False)
    return known.told


def _asked_again(context, known: _SideBar | None, now: float) -> _SideBar:
    request = context["request"]
    areas = [area.url for area in admin_search_areas.search_items_for_request(request)[:1]]
    whom = (request.user.get_username(), wagtails.avatar_url(request.user, size=50))
    shown = [*admin_menu.render_component(request), *areas, *whom]
    told = known.told if known and known.shown == shown else wagtails.sidebar_props(context)
    return _SideBar(shown, told, now)
