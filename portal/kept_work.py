"""The queues of the background as the desk shows them: when a worker last took a beat of the clock out of each."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import vital_signs
from services.foundation.kept_work import Kept, Work, WorkKind

_NAMES = {"interactive": gettext_lazy("quick work"), "bulk": gettext_lazy("workbooks")}


def _found(user, now: datetime) -> Kept:
    rows = [_work(queue, now) for queue in vital_signs.QUEUES]
    return Kept(rows, len(rows))


def _work(queue: str, now: datetime) -> Work:
    age = vital_signs.age_of_beat(queue, now=now)
    late = age is None or age > vital_signs.QUEUES[queue]
    return Work(
        about=str(_NAMES[queue]),
        state=_("Nobody answers") if late else _("Running"),
        trouble=_("No worker of this queue, or the clock, shows life: tell whoever runs the machines.") if late else "",
        heard=None if age is None else now - age,
        stuck=late,
    )


QUEUES = WorkKind(gettext_lazy("Queues and the clock"), _found)
