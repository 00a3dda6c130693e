"""What waits in casework for one person. Everything is derived by query; nothing is stored."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.accounts.models import User
from services.casework import notice_todos, queries, wording
from services.casework.models import Case
from services.casework.queries import Whose, complaints, rechecks
from services.casework.queries.late import overdue_below
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.todos import Todo
from services.organizations.enums import Role

# Her desk shows the oldest of each list; the last line of it leads to the others.
SHOWN = 5


def todos_for(user) -> list[Todo]:
    """The cases she has in hand, then those at her desks that nobody has taken yet; the one due first on top.

    Each line opens its case. A constant number of queries; none of cases for somebody who handles none.
    """
    if not queries.handler_paths(user):
        return []
    today = clock.today()
    # What she keeps away from isn't hers to take.
    mine = queries.waiting_for(user, Whose.MINE, today=today).filter(handler=user)
    free = queries.waiting_for(user, Whose.DESK, today=today).filter(handler=None)
    free = free.exclude(worker__recusals__user=user)
    lines = [*_lines(mine, "mine", today), *_lines(free, "desk", today)]
    return [
        *lines,
        *_overdue(user, today),
        *_busy(user),
        *_complaints(user, today),
        *_second_looks(user),
        *notice_todos.todos_for(user),
    ]


def _second_looks(user) -> list[Todo]:
    """Cases of samples that wait for a second look at her own posts. One query."""
    text = _("Second look at %(number)s, decided in your reach")
    return [
        Todo(
            text % {"number": item.case.number},
            reverse("casework_desk:recheck_item", args=[item.recheck.token, item.place]),
            since=item.recheck.drawn_at,
        )
        for item in rechecks.waits_for(user)[:SHOWN]
    ]


def _complaints(user, today) -> list[Todo]:
    """Complaints that lie at her own desks; and those below that weren't answered in time. One query."""
    hers, found = queries.handler_paths(user), []
    for one in complaints.open_complaints(user)[:50]:
        late = one.due_on < today
        if late or one.desk.path in hers:
            words = {"number": one.number, "day": date_format(one.due_on, "MONTH_DAY_FORMAT")}
            text = _("Complaint %(number)s: answer it by %(day)s") % words
            found.append(Todo(text, reverse("casework_desk:complaint", args=[one.token]), late, since=one.made_at))
    return found[:SHOWN]


def _busy(user) -> list[Todo]:
    """For federation officers: who filed unusually much in women's names of late (D21). Each line opens what she filed.
    Nobody is pointed out to herself."""
    if not scope_of(user).paths(roles=frozenset({Role.FEDERATION_OFFICER})):
        return []
    found = [(key, filed) for key, filed in queries.busy_representatives(user, now=clock.now()) if key != user.pk]
    people = User.objects.in_bulk([key for key, _filed in found[:SHOWN]])
    text = _("%(who)s handed in %(count)s applications in women's names within 30 days")
    return [
        Todo(
            text % {"who": people[key].full_name, "count": filed},
            f"{reverse('casework_desk:list')}?whose=all&filer={key}",
        )
        for key, filed in found[:SHOWN]
    ]


def _overdue(user, today) -> list[Todo]:
    """One line for all that is overdue at the organisations below her: where, says the page that it opens."""
    count, since = overdue_below(user, today=today)
    if not count:
        return []
    text = ngettext(
        "%(count)s case is overdue within your reach", "%(count)s cases are overdue within your reach", count
    )
    return [Todo(text % {"count": count}, reverse("casework_desk:overdue"), overdue=True, since=since)]


def _lines(cases, whose: str, today) -> list[Todo]:
    found = list(cases.prefetch_related("route__steps").select_related("route")[: SHOWN + 1])
    lines = [_line(case, today) for case in found[:SHOWN]]
    if len(found) > SHOWN:
        more = {"mine": _("More cases that you have in hand"), "desk": _("More cases that nobody has in hand yet")}
        url = f"{reverse('casework_desk:list')}?whose={whose}" + ("&free=1" if whose == "desk" else "")
        last = found[SHOWN]
        lines.append(Todo(more[whose], url, overdue=last.due_on < today, since=last.stage_since))
    return lines


def _line(case: Case, today) -> Todo:
    url = reverse("casework_desk:case", args=[case.token])
    said = {"number": case.number, "what": wording.to_do(case)}
    return Todo(_("%(number)s: %(what)s") % said, url, overdue=case.due_on < today, since=case.stage_since)
