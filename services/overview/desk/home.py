"""The first page of the desk: her work, what is overdue first. No tile that only counts."""

from datetime import datetime

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from services.foundation import clock
from services.organizations.queries import posts_of
from services.overview.desk.starts import starts_for
from services.overview.todos import todos_for

MOST_LINES = 30


def greeting(at: datetime, name: str) -> str:
    """A sentence for the hour of the installation's day."""
    hour = timezone.localtime(at).hour
    if hour < 12:
        return _("Good morning, %(name)s.") % {"name": name}
    if hour < 18:
        return _("Good afternoon, %(name)s.") % {"name": name}
    return _("Good evening, %(name)s.") % {"name": name}


def waited(todo) -> str:
    """For how long it has waited, by the largest unit alone: nobody plans her day by the hours of a month."""
    return timesince(todo.since, clock.now(), depth=1) if todo.since else ""


class HerWork(Component):
    """Greets her, lists what waits, what she can begin and her posts; each line opens the work itself."""

    template_name = "overview/desk/her_work.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        todos = todos_for(user)
        return {
            "greeting": greeting(clock.now(), user.first_name or user.get_username()),
            "starts": starts_for(user),
            "posts": posts_of(user, on=clock.today()),
            "todos": todos[:MOST_LINES],
            "lines": [(todo, waited(todo)) for todo in todos[:MOST_LINES]],
            "more": max(0, len(todos) - MOST_LINES),
            "waiting": len(todos),
            "overdue": sum(todo.overdue for todo in todos),
        }
