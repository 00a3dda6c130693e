"""From a path to its page without walking the tree again.

Wagtail asks for the site and for each step of the path, twice a step. What it found is remembered until something
public changes; the page itself is always read anew, and must be live.
"""

from wagtail.models import Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms_pages import freshness
from cms_pages.models.public_page import PublicPage, ReadingPage


def only_site() -> Site | bool:
    """The site if there is one only, which then answers whatever host was asked for; else False."""
    sites = Site.objects.select_related("root_page")[:2]
    return sites[0] if len(sites) == 1 and sites[0].is_default_site else False


def _live_page(model: type[PublicPage], pk: int) -> PublicPage | None:
    """With the organisation it names, which may have another name since the page was published. One query."""
    pages = model.objects.filter(pk=pk, live=True)
    return next(iter(pages.select_related("organization") if issubclass(model, ReadingPage) else pages), None)


class RememberedRoutes:
    """Middleware: presets what ``Site.find_for_request`` and ``Page.route_for_request`` look for on a request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with freshness.held():
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if view is not serve:
            return None
        since = freshness.generation()
        site = freshness.remembered("site", only_site)
        if not site:
            return None
        request._wagtail_site = site
        model, pk = freshness.recall(("route", request.path_info)) or (None, None)
        page = _live_page(model, pk) if model else None
        if page:
            request._wagtail_route_for_request = RouteResult(page)
            return None
        response = view(request, *args, **kwargs)
        self._note(request, since)
        return response

    def _note(self, request, since: str) -> None:
        found = getattr(request, "_wagtail_route_for_request", None)
        if found and isinstance(found.page, PublicPage) and not (found.args or found.kwargs):
            freshness.remember(("route", request.path_info), (type(found.page), found.page.pk), since=since)
