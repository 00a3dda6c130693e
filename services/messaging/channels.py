"""Ways out of the house. Each has one method ``send(message)``: return, or raise to be tried again.

Raise ``Undeliverable`` when trying again is pointless. An installation names its own class in SMS_BACKEND or
WECHAT_BACKEND.
"""

import json
import sys

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, override

from services.foundation import clock
from services.messaging.errors import Undeliverable
from services.messaging.models import Message


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{path}"


def text_of(message: Message) -> str:
    """The words, and where she leaves if she may: at the end, in her language."""
    if not message.leave_link:
        return message.body
    language = getattr(message.recipient, "language", "") or settings.LANGUAGE_CODE
    with override(language):
        return f"{message.body} {gettext('To leave:')} {absolute(message.leave_link)}"


class FileChannel:
    """Writes one JSON file a message below MESSAGING_FILE_ROOT: the default where no provider is configured."""

    def send(self, message: Message) -> None:
        if not message.address:
            raise Undeliverable("no-address")
        folder = settings.MESSAGING_FILE_ROOT / message.channel
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        record = {
            "to": message.address,
            "subject": message.subject,
            "text": text_of(message),
            "at": clock.now().isoformat(timespec="seconds"),
        }
        path = folder / f"{message.pk:010d}.json"
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        path.chmod(0o600)


class ConsoleChannel:
    """Says on the console that a message went out, without its address or words."""

    def send(self, message: Message) -> None:
        sys.stdout.write(f"message {message.pk} {message.key} {message.channel}\n")


class EmailChannel:
    """Plain text through Django's mail settings; the link stands on a line of its own."""

    def send(self, message: Message) -> None:
        if not message.address:
            raise Undeliverable("no-address")
        body = message.body
        if message.link:
            body = f"{body}\n\n{absolute(message.link)}"
        if message.leave_link:
            body += text_of(message).removeprefix(message.body).replace(" ", "\n\n", 1)
        EmailMessage(
            subject=" ".join(message.subject.split()),
            body=body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.address],
            headers=_one_click(message),
        ).send()


def _one_click(message: Message) -> dict[str, str]:
    """What lets a mail program offer a button to leave (RFC 8058)."""
    if not message.leave_link:
        return {}
    return {
        "List-Unsubscribe": f"<{absolute(message.leave_link)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
