"""What waits for staff of public notices and objections. Everything is derived by query; nothing is stored."""

from datetime import timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import ngettext

from services.casework.enums import CASE_HANDLERS, ObjectionState
from services.casework.models import Objection
from services.casework.queries import handler_paths
from services.casework.queries.notices import waiting_for_notice
from services.foundation import clock
from services.foundation.todos import Todo

# Cases that waited for a notice this long are overdue on the desk.
LATE_NOTICE = timedelta(days=14)


def todos_for(user) -> list[Todo]:
    """Three queries at most, and none besides her posts for somebody who handles no cases."""
    if not handler_paths(user):
        return []
    return [*_to_publish(user), *_to_settle(user)]


def _to_publish(user) -> list[Todo]:
    found = waiting_for_notice(user).order_by().aggregate(cases=Count("pk"), since=Min("stage_since"))
    if not found["cases"]:
        return []
    text = ngettext(
        "%(count)s case waits for a public notice", "%(count)s cases wait for a public notice", found["cases"]
    )
    late = found["since"] < clock.now() - LATE_NOTICE
    url = reverse("casework_notices:waiting")
    return [Todo(text % {"count": found["cases"]}, url, overdue=late, since=found["since"])]


def _to_settle(user) -> list[Todo]:
    """Objections to cases that lie at her own desks."""
    mine = Objection.objects.visible_to(user, roles=CASE_HANDLERS).filter(
        state=ObjectionState.OPEN, line__case__desk_path__in=handler_paths(user)
    )
    late = Q(due_on__lt=clock.today())
    found = mine.order_by().aggregate(
        due=Count("pk", filter=~late),
        due_since=Min("received_at", filter=~late),
        late=Count("pk", filter=late),
        late_since=Min("received_at", filter=late),
    )
    url = reverse("casework_notices:objections")
    todos = []
    if found["late"]:
        text = ngettext("%(count)s objection is overdue", "%(count)s objections are overdue", found["late"])
        todos.append(Todo(text % {"count": found["late"]}, url, overdue=True, since=found["late_since"]))
    if found["due"]:
        text = ngettext(
            "%(count)s objection waits to be settled", "%(count)s objections wait to be settled", found["due"]
        )
        todos.append(Todo(text % {"count": found["due"]}, url, since=found["due_since"]))
    return todos
