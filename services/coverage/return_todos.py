"""What waits for officers in annual returns: their own union's, and those that were handed to them."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.coverage import return_policies as policies
from services.coverage.enums import NOT_HANDED_IN, ReturnState
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.todos import Todo

# A return begins to wait so long before its last day; one that was sent back waits at once.
SOON = timedelta(days=30)
_SHOWN = 5


def todos_for(user) -> list[Todo]:
    """Two queries, and none for somebody without a post that works on returns."""
    return [*_own(user), *_handed_in(user)]


def _own(user) -> list[Todo]:
    paths = [path for path, roles in scope_of(user).grants.items() if roles & policies.KEEPERS]
    if not paths:
        return []
    today = clock.today()
    open_ones = AnnualReturn.objects.unscoped().filter(
        latest=True, state__in=NOT_HANDED_IN, organization__path__in=paths, organization__closed_on__isnull=True
    )
    rows = open_ones.select_related("organization", "collection").order_by("collection__due_on", "pk")[:_SHOWN]
    return [_one(row, today) for row in rows if row.collection.due_on - today <= SOON or row.returned_because]


def _one(row: AnnualReturn, today) -> Todo:
    said = {"union": row.organization.name, "year": row.year, "day": date_format(row.collection.due_on, "DATE_FORMAT")}
    if row.state == ReturnState.RETURNED:
        text = _("Annual return %(year)s of %(union)s was sent back: correct it, sign and submit it again")
    elif row.state == ReturnState.SIGNED and row.reports_to_id is None:
        text = _("Annual return %(year)s of %(union)s is signed: lock the year")
    elif row.state == ReturnState.SIGNED:
        text = _("Annual return %(year)s of %(union)s is signed: submit it by %(day)s")
    else:
        text = _("Annual return %(year)s of %(union)s: fill in, sign and submit by %(day)s")
    since = make_aware(datetime.combine(row.collection.due_on - SOON, time()))
    link = reverse("coverage_returns:one", args=[row.year, row.organization.code])
    return Todo(text % said, link, overdue=row.collection.due_on < today, since=min(since, clock.now()))


def _handed_in(user) -> list[Todo]:
    if not any(roles & policies.CHECKERS for roles in scope_of(user).grants.values()):
        return []
    waiting = queries.waiting_for(user, roles=policies.CHECKERS).order_by().values("year")
    years = waiting.annotate(n=Count("pk"), since=Min("first_submitted_on")).order_by("year")
    return [_of_year(**found) for found in years]


def _of_year(year: int, n: int, since: date) -> Todo:
    """The list behind it shows one year at a time."""
    text = ngettext(
        "%(count)s annual return of %(year)s waits to be accepted",
        "%(count)s annual returns of %(year)s wait to be accepted",
        n,
    )
    link = f"{reverse('coverage_returns:list')}?year={year}&state={ReturnState.SUBMITTED}"
    return Todo(text % {"count": n, "year": year}, link, since=make_aware(datetime.combine(since, time())))
