"""Writing messages into the outbox, delivering them, marking them read."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext, override
from wagtail.log_actions import log

from services.foundation import clock
from services.foundation.masking import redact
from services.messaging import policies, queries, rules
from services.messaging.enums import Channel, MessageState
from services.messaging.errors import Undeliverable, WordsGone
from services.messaging.models import Message, MessageTemplate
from services.messaging.registry import addresses, courier, messages

# Channels that ring in a pocket and therefore respect the quiet hours.
_RINGING = {Channel.SMS, Channel.WECHAT}
# A worker that dies while sending lets go of its message after this long.
_LEASE = timedelta(minutes=5)


def notify(key: str, *, to, context: dict, dedupe_key: str, link: str = "", phone: str = "") -> list[Message]:
    """Write one outbox row for each channel of message ``key`` and have them delivered after commit.

    ``to`` is a user or None (then only ``phone`` is addressed, by SMS). ``context`` fills the slots with text,
    dates or times; ``link`` is a path of this site. Calling again with the same ``dedupe_key`` for the same
    person writes and sends nothing new. Returns the rows with their keys, old or new; an old one's state is only in
    the database. Raises ``KeyError`` for an unregistered message or a missing slot.
    """
    letter = Letter(to=to, context=context, dedupe_key=dedupe_key, link=link, phone=phone)
    return notify_many(key, [letter])


@dataclass(frozen=True, slots=True)
class Letter:
    """One person's copy of a message; the fields are those of ``notify``."""

    to: object
    context: dict
    dedupe_key: str
    link: str = ""
    phone: str = ""

    @property
    def language(self) -> str:
        return (getattr(self.to, "language", "") or settings.LANGUAGE_CODE) if self.to else settings.LANGUAGE_CODE


def notify_many(key: str, letters: Sequence[Letter]) -> list[Message]:
    """As ``notify``, for many people at once: one query a language, and one that writes them all."""
    now = clock.now()
    edited = {language: queries.templates_of(key, language) for language in {letter.language for letter in letters}}
    rows = [row for letter in letters for row in _rows_of(key, letter, edited[letter.language], now=now)]
    return _store(rows) if rows else []


def _rows_of(key: str, letter: Letter, edited: dict, *, now: datetime) -> Iterator[Message]:
    spec = messages[key]
    values, discreet = _values(letter.context, letter.language, spec.slots)
    for channel in queries.channels_of(key):
        address = _address(channel, letter.to, letter.phone)
        template = edited.get(channel)
        if address is None or (template and not template.active and channel != Channel.IN_SITE):
            continue
        subject, body = _words(spec, template, letter.language)
        said = values if channel == Channel.IN_SITE else discreet
        row = Message(
            key=key,
            channel=channel,
            recipient=letter.to,
            address=address,
            subject=rules.fill(subject, said)[:100],
            body=rules.fill(body, said),
            link=letter.link,
            leave_link=spec.leave(letter.to) if spec.leave and letter.to else "",
            dedupe_key=_dedupe(key, letter.dedupe_key, letter.to, letter.phone, channel),
        )
        yield _scheduled(row, urgent=spec.urgent, now=now)


def deliver(ids: list[int] | None = None, *, now: datetime, limit: int = 200) -> int:
    """Send what is due (of ``ids`` when given); returns how many went out.

    Each message is claimed in a short transaction of its own (row lock, skipping rows another worker holds) and
    sent outside it, so that no lock is held while a provider answers. A worker that dies is replaced after the
    lease, which runs from the claim: a slow provider earlier in the run takes nothing from it. Failures are retried
    after 1, 5, 30 and 120 minutes, then given up.
    """
    began = clock.now()
    due = Message.objects.filter(
        Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now),
        state__in=(MessageState.WAITING, MessageState.FAILED),
    )
    if ids is not None:
        due = due.filter(pk__in=ids)
    sent = 0
    for pk in due.order_by("pk").values_list("pk", flat=True)[:limit]:
        moment = now + (clock.now() - began)
        message = _claim(pk, now=moment)
        if message is not None:
            sent += _send(message, now=moment)
    return sent


def mark_read(message: Message, *, by, now: datetime) -> None:
    """She has opened a message of hers. Anybody else's message stays as it is."""
    Message.objects.filter(pk=message.pk, recipient=by, read_at__isnull=True).update(read_at=now)


def mark_all_read(*, by, now: datetime) -> int:
    """She has seen her whole inbox; returns how many were new."""
    return queries.inbox(by).filter(read_at__isnull=True).update(read_at=now)


def retry_message(message: Message, *, by, now: datetime) -> None:
    """Put a given-up or failed message back into the queue, due at once. Raises ``PermissionDenied``, ``WordsGone``."""
    policies.may_keep_messages(by).insist()
    if message.state == MessageState.GIVEN_UP and not message.body:
        raise WordsGone()
    changed = Message.objects.filter(pk=message.pk, state__in=(MessageState.GIVEN_UP, MessageState.FAILED)).update(
        state=MessageState.WAITING, attempts=0, next_attempt_at=now, error=""
    )
    if changed:
        transaction.on_commit(lambda: courier([message.pk]), robust=True)


def edit_template(template: MessageTemplate, *, by, subject: str, body: str, active: bool) -> MessageTemplate:
    """Change the words of one message; an empty text brings the product's own words back.

    Raises ``PermissionDenied``. The form has checked slots and words.
    """
    policies.may_keep_messages(by).insist()
    spec = messages[template.key]
    original = _words(spec, None, template.language)
    subject, body = (subject.strip(), body.strip()) if body.strip() else original
    template.subject, template.body, template.active = subject, body, active
    template.edited = (subject, body) != original
    with transaction.atomic():
        template.save()
        log(instance=template, action="wagtail.edit", user=by)
    return template


def refresh_templates() -> None:
    """One row for each message, channel and language, with the product's words wherever staff changed nothing."""
    kept = {(t.key, t.channel, t.language): t for t in MessageTemplate.objects.all()}
    for spec in messages:
        for channel in queries.channels_of(spec.key):
            for language in spec.texts:
                subject, body = spec.texts[language]
                row = kept.pop((spec.key, channel, language), None)
                if row is None:
                    MessageTemplate.objects.create(
                        key=spec.key, channel=channel, language=language, subject=subject, body=body
                    )
                elif not row.edited and (row.subject, row.body) != (subject, body):
                    row.subject, row.body = subject, body
                    row.save(update_fields=["subject", "body"])
    for orphan in kept.values():
        orphan.delete()


def _values(context: dict, language: str, slots: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """The slots' values for her own inbox, and for channels that others may read over her shoulder."""
    with override(language):
        values = {name: redact(rules.safe_value(_text(context[name]))) for name in slots}
        hidden = gettext("see the portal")
    return values, {name: hidden if rules.forbidden_words(text) else text for name, text in values.items()}


def _text(value) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(value)


def _words(spec, template: MessageTemplate | None, language: str) -> tuple[str, str]:
    if template is not None and template.edited:
        return template.subject, template.body
    return spec.texts.get(language) or spec.texts[settings.LANGUAGE_CODE]


def _address(channel: str, to, phone: str) -> str | None:
    if channel == Channel.IN_SITE:
        return "" if to else None
    if channel == Channel.SMS and phone:
        return phone
    book = addresses.get(channel)
    return (book(to) if to and book else "") or None


def _dedupe(key: str, dedupe_key: str, to, phone: str, channel: str) -> str:
    whom = str(to.pk) if to else "-"
    full = f"{key}/{dedupe_key}/{whom}/{channel}"
    if to or not phone:
        return full if len(full) <= 120 else hashlib.sha256(full.encode()).hexdigest()
    return f"{full[:40]}:{Message.digest_of(f'{full}/{phone}')}"


def _scheduled(row: Message, *, urgent: bool, now: datetime) -> Message:
    if row.channel == Channel.IN_SITE:
        row.state, row.sent_at = MessageState.SENT, now
    elif row.channel in _RINGING and not urgent:
        row.next_attempt_at = rules.next_allowed(timezone.localtime(now), settings.QUIET_HOURS)
    else:
        row.next_attempt_at = now
    return row


def _store(rows: list[Message]) -> list[Message]:
    """Write new rows and learn the keys of all, in one statement: the no-op update makes it name the old ones too."""
    with transaction.atomic(savepoint=False):
        stored = Message.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["dedupe_key"], update_fields=["dedupe_key"]
        )
        waiting = [message.pk for message in stored if message.state == MessageState.WAITING]
        if waiting:
            transaction.on_commit(lambda: courier(waiting), robust=True)
    return stored


def _claim(pk: int, *, now: datetime) -> Message | None:
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            .filter(
                Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now),
                pk=pk,
                state__in=(MessageState.WAITING, MessageState.FAILED),
            )
            .first()
        )
        if message is None:
            return None
        spec = messages.get(message.key)
        if message.channel in _RINGING and not (spec and spec.urgent):
            allowed = rules.next_allowed(timezone.localtime(now), settings.QUIET_HOURS)
            if allowed > now:
                Message.objects.filter(pk=pk).update(next_attempt_at=allowed)
                return None
        Message.objects.filter(pk=pk).update(attempts=F("attempts") + 1, next_attempt_at=now + _LEASE)
        message.attempts += 1
        return message


def _send(message: Message, *, now: datetime) -> bool:
    try:
        import_string(settings.MESSAGING_CHANNELS[message.channel])().send(message)
    except Undeliverable as refusal:
        _failed(message, error=str(refusal), again=None)
        return False
    except Exception as failure:
        wait = rules.retry_after(message.attempts)
        _failed(message, error=type(failure).__name__, again=now + wait if wait else None)
        return False
    spec = messages.get(message.key)
    changes = {"state": MessageState.SENT, "sent_at": now, "error": "", "next_attempt_at": None}
    if spec is None or spec.secret:
        message.body = changes["body"] = ""
    Message.objects.filter(pk=message.pk).update(**changes)
    return True


def _failed(message: Message, *, error: str, again: datetime | None) -> None:
    changes = {"error": redact(error)[:200], "next_attempt_at": again}
    changes["state"] = MessageState.FAILED if again else MessageState.GIVEN_UP
    if again is None:
        spec = messages.get(message.key)
        if spec is None or spec.secret:
            changes["body"] = ""
    Message.objects.filter(pk=message.pk).update(**changes)
