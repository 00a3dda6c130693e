"""What waits for officers in relief: yearly checks, visits to those who left, sums to agree to. Derived by query."""

from datetime import date, datetime, time

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import ngettext

from services.casework.enums import CASE_HANDLERS
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.foundation.todos import Todo
from services.organizations.enums import ROSTER_WRITERS
from services.relief.actions.reviewing import REVIEWED
from services.relief.enums import FileState
from services.relief.models import Application, Household, ReturnVisit


def todos_for(user) -> list[Todo]:
    """Three queries, and none for somebody without a post that works on files."""
    keeps = scope_of(user).paths(roles=ROSTER_WRITERS)
    if not keeps:
        return []
    today = clock.today()
    return [*_checks(keeps, today), *_visits(keeps, today), *_sums(user)]


def _checks(paths, today: date) -> list[Todo]:
    """Files whose yearly check is over its day."""
    due = Household.objects.unscoped().filter(
        path_filter("path", paths), state=FileState.ON_FILE, recheck_due_on__lt=today
    )
    found = due.aggregate(n=Count("pk"), since=Min("recheck_due_on"))
    text = ngettext(
        "%(count)s hardship file is to be checked again", "%(count)s hardship files are to be checked again", found["n"]
    )
    return _todo(found, text, f"{reverse('relief_desk:files')}?recheck=overdue", overdue=True)


def _visits(paths, today: date) -> list[Todo]:
    due = ReturnVisit.objects.filter(path_filter("household__path", paths), made_on__isnull=True, due_on__lte=today)
    found = due.aggregate(n=Count("pk"), since=Min("due_on"))
    text = ngettext("%(count)s return visit is due", "%(count)s return visits are due", found["n"])
    overdue = bool(found["since"] and found["since"] < today)
    return _todo(found, text, reverse("relief_desk:return_visits"), overdue=overdue)


def _sums(user) -> list[Todo]:
    """Changed sums at her own desks that another officer asks her to agree to."""
    desks = [path for path, roles in scope_of(user).grants.items() if roles & CASE_HANDLERS]
    rows = Application.objects.unscoped().filter(
        case__desk_path__in=desks,
        case__stage__in=REVIEWED,
        changed_by__isnull=False,
        seconded_by__isnull=True,
    )
    waiting = rows.exclude(changed_by=user).exclude(amount=F("computed"))
    found = waiting.aggregate(n=Count("pk"), since=Min("case__stage_since"))
    text = ngettext(
        "%(count)s changed sum waits for a second person", "%(count)s changed sums wait for a second person", found["n"]
    )
    return _todo(found, text, f"{reverse('casework_desk:list')}?service=relief")


def _todo(found: dict, text: str, url: str, *, overdue: bool = False) -> list[Todo]:
    if not found["n"]:
        return []
    since = found["since"]
    if since is not None and not isinstance(since, datetime):
        since = make_aware(datetime.combine(since, time()))
    return [Todo(text % {"count": found["n"]}, url, overdue=overdue, since=since)]
