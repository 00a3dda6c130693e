"""What waits for her about pages: approvals, signatures, pages that end, links that broke. Derived, never stored."""

from datetime import timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.publishing import policies
from services.publishing.enums import APPROVERS, Through
from services.publishing.models import LevelTaskState, LinkFault
from services.publishing.queries.ending import ending_for
from services.publishing.queries.holds import pages_of, visible_to
from services.publishing.queries.review import standing

MOST = 20
_LATE = timedelta(days=3)
_SOON = timedelta(days=7)


def todos_for(user) -> list[Todo]:
    """Nothing for those without a right on pages; else a constant number of queries."""
    if not policies.may_work_on_pages(user):
        return []
    return [*_approvals(user), *_holds(user), *_ending(user), *_links(user)]


def _approvals(user) -> list[Todo]:
    reach = path_filter("desk__path", scope_of(user).paths(roles=APPROVERS))
    waiting = (
        LevelTaskState.objects.filter(reach, status=TaskState.STATUS_IN_PROGRESS)
        .exclude(revision__user=user)
        .exclude(workflow_state__requested_by=user)
        .order_by("started_at")
        .values_list("workflow_state__object_id", "started_at")[:MOST]
    )
    since = {int(pk): started for pk, started in waiting}
    titles = dict(Page.objects.filter(pk__in=since).values_list("pk", "draft_title")) if since else {}
    now = clock.now()
    return [
        Todo(
            _("“%(title)s” waits for your approval") % {"title": titles[pk]},
            reverse("wagtailadmin_pages:edit", args=[pk]),
            overdue=now - started > _LATE,
            since=started,
        )
        for pk, started in since.items()
        if pk in titles
    ]


def _holds(user) -> list[Todo]:
    lines = []
    for hold in visible_to(user).filter(standing()).order_by("created_at")[:MOST]:
        public = hold.through == Through.RESCAN
        if public:
            text = _("“%(title)s” is public and holds what may not be: look now")
        elif user.pk in hold.authors:
            text = _("“%(title)s” is held back: take it out, or ask a second person to sign")
        else:
            text = _("“%(title)s” is held back and waits for a second person")
        url = reverse("publishing_desk:one", args=[hold.pk])
        lines.append(Todo(text % {"title": hold.title}, url, overdue=public, since=hold.created_at))
    return lines


def _ending(user) -> list[Todo]:
    soon = ending_for(user, now=clock.now(), within=_SOON).aggregate(count=Count("pk"), first=Min("expire_at"))
    if not soon["count"]:
        return []
    text = ngettext("%(count)s page ends within a week", "%(count)s pages end within a week", soon["count"])
    return [Todo(text % {"count": soon["count"]}, reverse("publishing_desk:ending"))]


def _links(user) -> list[Todo]:
    broken = LinkFault.objects.filter(page__in=pages_of(user).order_by().values("pk"))
    found = broken.aggregate(count=Count("pk"), since=Min("since"))
    if not found["count"]:
        return []
    text = ngettext("%(count)s link leads nowhere", "%(count)s links lead nowhere", found["count"])
    return [Todo(text % {"count": found["count"]}, reverse("publishing_desk:links"), since=found["since"])]
