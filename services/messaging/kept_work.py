"""Messages that didn't go out, as background work: what they are about and why, never to whom or in which words."""

from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.kept_work import SHOWN, Kept, Work, WorkKind
from services.messaging import actions, policies, queries
from services.messaging.enums import MessageState
from services.messaging.models import Message


def _found(user, now: datetime) -> Kept | None:
    if not policies.may_keep_messages(user):
        return None
    rows = queries.undelivered()
    return Kept([_work(message, now) for message in rows[:SHOWN]], rows.count())


def _work(message: Message, now: datetime) -> Work:
    again = message.next_attempt_at
    return Work(
        about=f"{message.description} · {message.get_channel_display()}",
        state=message.get_state_display(),
        progress=_("attempt %(number)s") % {"number": message.attempts},
        trouble=_trouble(message),
        since=message.created_at,
        stuck=message.state == MessageState.GIVEN_UP or bool(again and again < now),
        token=message.token if message.may_go_again else "",
    )


def _trouble(message: Message) -> str:
    """Providers answer in codes of theirs: the code, and what becomes of the message."""
    said = _("The channel answered: %(code)s.") % {"code": message.error} if message.error else ""
    if message.state == MessageState.GIVEN_UP and not message.may_go_again:
        return f"{said} {_('Its words are wiped: whoever needs it asks for it once more.')}".strip()
    return said


def _retry(token: str, by, now: datetime) -> None:
    policies.may_keep_messages(by).insist()
    actions.retry_message(get_object_or_404(queries.undelivered(), token=token), by=by, now=now)


MESSAGES = WorkKind(gettext_lazy("Messages that didn't go out"), _found, _retry)
