"""What waits for an officer about records: requests to be tied to one."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from services.foundation import clock
from services.foundation.todos import Todo
from services.workers.queries import waiting_by_union

ANSWER_WITHIN = timedelta(days=3)


def todos_for(user) -> list[Todo]:
    """One line for each union in which women wait to be tied to their records. One query."""
    return [
        Todo(
            text=ngettext(
                "%(union)s: %(count)s woman waits for her record to be confirmed",
                "%(union)s: %(count)s women wait for their records to be confirmed",
                line["waiting"],
            )
            % {"union": line["organization__name"], "count": line["waiting"]},
            url=reverse("workers_desk:claims"),
            overdue=clock.now() - line["since"] > ANSWER_WITHIN,
            since=line["since"],
        )
        for line in waiting_by_union(user)
    ]
