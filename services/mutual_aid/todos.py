"""What waits for an officer in mutual aid. Everything is derived by query; nothing is stored."""

from datetime import timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.mutual_aid import policies
from services.mutual_aid.actions.reminding import prepared_until
from services.mutual_aid.claim_todos import claim_todos_for
from services.mutual_aid.enums import BatchState
from services.mutual_aid.models import EnrolmentBatch
from services.mutual_aid.queries.joining import renewals_due
from services.organizations.enums import Role

# A batch is decided on within this time; after that the line on the desk is overdue.
LATE_DECISION = timedelta(days=7)
# Who prepares batches for a living; whoever stands above only decides.
_PREPARERS = frozenset({Role.GRASSROOTS_OFFICER})


def todos_for(user) -> list[Todo]:
    """Three queries at most for joining, and none for somebody without a post in it; then what claims wait for."""
    scope = scope_of(user)
    decides, prepares = scope.paths(roles=policies.BATCH_APPROVERS), scope.paths(roles=_PREPARERS)
    found = []
    if decides:
        found += _to_decide(user, decides)
    if prepares:
        found += [*_returned(prepares), *_renewals(prepares)]
    return found + claim_todos_for(user)


def _link(name: str, query: str = "") -> str:
    return f"{reverse(f'mutual_aid_joining:{name}')}{query}"


def _to_decide(user, paths) -> list[Todo]:
    rows = EnrolmentBatch.objects.unscoped().filter(path_filter("path", paths), state=BatchState.SUBMITTED)
    rows = rows.exclude(path__in=paths).exclude(submitted_by=user).exclude(made_by=user)
    found = rows.order_by().aggregate(n=Count("pk"), since=Min("submitted_at"))
    text = ngettext(
        "%(count)s enrolment batch waits for your decision",
        "%(count)s enrolment batches wait for your decision",
        found["n"],
    )
    return _todo(found, text, _link("batches", f"?state={BatchState.SUBMITTED}"), late=LATE_DECISION)


def _returned(paths) -> list[Todo]:
    rows = EnrolmentBatch.objects.unscoped().filter(path_filter("path", paths), state=BatchState.RETURNED)
    found = rows.order_by().aggregate(n=Count("pk"), since=Min("decided_at"))
    text = ngettext(
        "%(count)s enrolment batch came back: correct it and hand it in again",
        "%(count)s enrolment batches came back: correct them and hand them in again",
        found["n"],
    )
    return _todo(found, text, _link("batches", f"?state={BatchState.RETURNED}"))


def _renewals(paths) -> list[Todo]:
    today = clock.today()
    rows = renewals_due(today, prepared_until(today)).filter(path_filter("path", paths))
    found = rows.order_by().aggregate(n=Count("pk"), first=Min("last_day"))
    text = ngettext("%(count)s period wants renewing", "%(count)s periods want renewing", found["n"])
    overdue = bool(found["first"] and found["first"] < today)
    return _todo({"n": found["n"], "since": None}, text, _link("renewals"), overdue=overdue)


def _todo(found: dict, text: str, url: str, *, late: timedelta | None = None, overdue: bool = False) -> list[Todo]:
    if not found["n"]:
        return []
    since = found["since"]
    overdue = overdue or bool(late and since and since < clock.now() - late)
    return [Todo(text % {"count": found["n"]}, url, overdue=overdue, since=since)]
