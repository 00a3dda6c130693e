"""The dialogue in which an editor chooses a page to link to: what is public, and what she may work on herself.

Wagtail offers every page there is, so whoever writes would read the titles of everybody's drafts.
"""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy


def choosable(user) -> QuerySet[Page]:
    """The pages whose titles she may read in a dialogue; the root, from which one walks down, among them."""
    pages = Page.objects.all()
    hers = Q(live=True) & ~pages.private_q()
    for page in PagePermissionPolicy().instances_with_direct_explore_permission(user):
        hers |= Q(path__startswith=page.path)
    return pages.filter(hers)


def construct_page_chooser_queryset(pages: QuerySet, request) -> QuerySet:
    """Asked of a search as well, whose index knows no subqueries: conditions on the page itself alone."""
    return pages & choosable(request.user)


def _below(request, parent_page_id: int):
    """What lies below a page; 404 for one that she may not choose."""
    get_object_or_404(choosable(request.user), pk=parent_page_id)
    return chooser.BrowseView.as_view()(request, parent_page_id)


def _chosen_multiple(request):
    """What she ticked; of what she may not choose nothing is answered."""
    asked = [key for key in request.GET.getlist("id") if key.isdecimal() and len(key) < 19]
    request.GET = request.GET.copy()
    hers = choosable(request.user).filter(pk__in=asked)
    request.GET.setlist("id", [str(key) for key in hers.values_list("pk", flat=True)])
    return chooser.ChosenMultipleView.as_view()(request)


choose_page_below = require_admin_access(_below)
choose_pages = require_admin_access(_chosen_multiple)
