"""What waits in casework for one person. Everything is derived by query; nothing is stored."""

from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework import notice_todos, queries, wording
from services.casework.models import Case
from services.casework.queries import Whose
from services.foundation import clock
from services.foundation.todos import Todo

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
    return [*_lines(mine, "mine", today), *_lines(free, "desk", today), *notice_todos.todos_for(user)]


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
