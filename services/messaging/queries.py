"""Reading the outbox and the inbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from services.foundation.prepared import Prepared
from services.messaging.enums import Channel, MessageState
from services.messaging.models import Message, MessageTemplate
from services.messaging.registry import messages


def inbox(user):
    """Her messages in the portal, newest first."""
    return Message.objects.filter(recipient=user, channel=Channel.IN_SITE).order_by("-created_at", "-pk")


def unread_count(user) -> int:
    """How many of her messages in the portal she hasn't opened; 0 for a visitor."""
    if not getattr(user, "is_authenticated", False):
        return 0
    return inbox(user).filter(read_at__isnull=True).count()


def templates_of(key: str, language: str) -> dict[str, MessageTemplate]:
    """The desk's templates of one message in one language, by channel."""
    return {template.channel: template for template in _TEMPLATES.rows(key=key, language=language)}


# Asked for every message written.
_TEMPLATES = Prepared(
    lambda *, key, language: MessageTemplate.objects.filter(key=key, language=language), texts=("key", "language")
)


def channels_of(key: str) -> list[str]:
    """The channels a message may go out on: the portal's inbox first, unless the message is secret."""
    spec = messages[key]
    others = [str(c) for c in spec.channels if c != Channel.IN_SITE]
    return others if spec.secret else [str(Channel.IN_SITE), *others]


def written_to(key: str, dedupe_key: str, recipient) -> QuerySet[Message]:
    """The message of this key and dedupe key in the inbox of ``recipient``, who may be an ``OuterRef`` to a key of a
    user: found by the unique index, as ``actions`` spells it. The dedupe key is short (``actions`` digests long ones).
    """
    spelt = Concat(Value(f"{key}/{dedupe_key}/"), Cast(recipient, CharField()), Value(f"/{Channel.IN_SITE}"))
    return Message.objects.filter(dedupe_key=spelt)


def undelivered() -> QuerySet[Message]:
    """What failed or was given up, newest first, without its words."""
    rows = Message.objects.filter(state__in=(MessageState.FAILED, MessageState.GIVEN_UP))
    return rows.defer("body", "subject", "address").order_by("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the outbox still holds. ``due`` could have gone out by now, ``late`` is for how long the first of it could,
    ``age`` for how long the oldest unsent one has existed."""

    due: int
    failed: int
    given_up: int
    late: timedelta
    age: timedelta


def backlog(*, now: datetime) -> Backlog:
    unsent = Q(state__in=(MessageState.WAITING, MessageState.FAILED))
    due = unsent & (Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now))
    found = Message.objects.exclude(state=MessageState.SENT).aggregate(
        due=Count("pk", filter=due),
        failed=Count("pk", filter=Q(state=MessageState.FAILED)),
        given_up=Count("pk", filter=Q(state=MessageState.GIVEN_UP)),
        since=Min(Coalesce("next_attempt_at", "created_at"), filter=due),
        oldest=Min("created_at", filter=unsent),
    )
    late, age = (max(now - (found.pop(name) or now), timedelta()) for name in ("since", "oldest"))
    return Backlog(late=late, age=age, **found)
