"""Announcements that are being sent, as background work: of which page, where, to how many; never to whom."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.foundation.kept_work import SHOWN, Kept, Work, WorkKind
from services.outreach.models import Announcement
from services.outreach.queries import being_sent

# The clock takes up every five minutes what a sender left.
_LATE = 15 * 60


def _found(user, now: datetime) -> Kept:
    rows = being_sent(user)
    return Kept([_work(one, now) for one in rows[:SHOWN]], rows.count())


def _work(one: Announcement, now: datetime) -> Work:
    late = (now - one.made_at).total_seconds() > _LATE
    return Work(
        about=f"{one.title} · {one.organization}",
        state=one.get_state_display(),
        progress=ngettext("%(count)s woman told", "%(count)s women told", one.reached) % {"count": one.reached},
        trouble=_("The clock takes it up again every five minutes; if this line stays, the clock doesn't run.")
        if late
        else "",
        since=one.made_at,
        stuck=late,
    )


ANNOUNCEMENTS = WorkKind(gettext_lazy("Announcements being sent"), _found)
