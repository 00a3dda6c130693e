"""What waits for somebody in children's files. Derived by query; a protection concern is told to its two readers."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.child_files.enums import LISTED, FileState
from services.child_files.models import Child, ProtectionConcern, officer_paths, taught_paths
from services.child_files.queries import guarding
from services.child_files.queries.releases import waiting_for
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.todos import Todo


def todos_for(user) -> list[Todo]:
    """None for somebody without a post; otherwise one query a kind of work."""
    if not scope_of(user).paths():
        return []
    found: list[Todo] = []
    if taught_paths(user):
        found += _of_teacher(user)
    if officer_paths(user):
        waiting = guarding.waiting_grants(user).aggregate(n=Count("pk"), since=Min("asked_at"))
        text = ngettext(
            "%(count)s colleague asks to read a child's file",
            "%(count)s colleagues ask to read a child's file",
            waiting["n"],
        )
        found += _todo(waiting["n"], text, "approvals", since=waiting["since"])
    if guarding.guarded_paths(user):
        found += _of_guard(user)
    if officer_paths(user) or guarding.guarded_paths(user):
        found += _releases(user)
    return found + _concerns(user)


def _todo(count: int, text: str, page: str, *, query: str = "", since=None, overdue: bool = False) -> list[Todo]:
    if not count:
        return []
    url = reverse(f"child_files_desk:{page}") + (f"?{query}" if query else "")
    return [Todo(text % {"count": count}, url, overdue=overdue, since=since)]


def _of_teacher(user) -> list[Todo]:
    rows = Child.objects.unscoped().filter(home__host__path__in=taught_paths(user))
    counted = rows.aggregate(
        drafts=Count("pk", filter=Q(state=FileState.DRAFT)),
        reviews=Count("pk", filter=Q(state=FileState.REVIEW_DUE)),
        open=Count("pk", filter=Q(state=FileState.ACTIVE, complete=False)),
    )
    drafts = ngettext(
        "%(count)s guardian has yet to get her link",
        "%(count)s guardians have yet to get their link",
        counted["drafts"],
    )
    reviews = ngettext(
        "%(count)s child's file is due for review", "%(count)s children's files are due for review", counted["reviews"]
    )
    missing = ngettext(
        "%(count)s child's file lacks something", "%(count)s children's files lack something", counted["open"]
    )
    hers = guarding.teachers_wishes().filter(child__home__host__path__in=taught_paths(user), child__state__in=LISTED)
    wished = hers.aggregate(n=Count("child", distinct=True), since=Min("received_at"))
    asked = ngettext(
        "The guardian of %(count)s child asks you to put something right",
        "The guardians of %(count)s children ask you to put something right",
        wished["n"],
    )
    return [
        *_todo(wished["n"], asked, "list", query="asked=1", since=wished["since"]),
        *_todo(counted["reviews"], reviews, "list", query=f"state={FileState.REVIEW_DUE}", overdue=True),
        *_todo(counted["drafts"], drafts, "list", query=f"state={FileState.DRAFT}"),
        *_todo(counted["open"], missing, "list", query=f"state={FileState.ACTIVE}&complete=0"),
    ]


def _of_guard(user) -> list[Todo]:
    today, now = clock.today(), clock.now()
    wishes = guarding.requests_for(user).filter(state__in=guarding.OPEN_REQUESTS)
    asked = wishes.aggregate(n=Count("pk"), since=Min("received_at"), due=Min("due_on"))
    glass = guarding.emergencies_for(user).filter(reviewed_at__isnull=True)
    opened = glass.aggregate(n=Count("pk"), since=Min("opened_at"), due=Min("review_due"))
    requests = ngettext("%(count)s guardian waits for an answer", "%(count)s guardians wait for an answer", asked["n"])
    emergencies = ngettext(
        "%(count)s emergency access has to be reviewed", "%(count)s emergency accesses have to be reviewed", opened["n"]
    )
    return [
        *_todo(
            asked["n"], requests, "privacy", since=asked["since"], overdue=bool(asked["due"] and asked["due"] < today)
        ),
        *_todo(
            opened["n"],
            emergencies,
            "privacy",
            since=opened["since"],
            overdue=bool(opened["due"] and opened["due"] < now),
        ),
    ]


def _releases(user) -> list[Todo]:
    rows = waiting_for(user).filter(asked_until__gt=clock.now()).aggregate(n=Count("pk"), since=Min("asked_at"))
    text = ngettext(
        "%(count)s workbook of children in clear waits for your yes or no",
        "%(count)s workbooks of children in clear wait for your yes or no",
        rows["n"],
    )
    return _todo(rows["n"], text, "releases", since=rows["since"])


def _concerns(user) -> list[Todo]:
    rows = ProtectionConcern.objects.visible_to(user).filter(reported_at__isnull=True)
    found = rows.aggregate(n=Count("pk"), since=Min("noted_at"), due=Min("report_due"))
    text = ngettext("%(count)s report is due today", "%(count)s reports are due today", found["n"])
    late = bool(found["due"] and found["due"] < clock.now())
    return _todo(found["n"], text, "concerns", since=found["since"], overdue=late)
