"""Ways out of the house. Each has one method ``send(message)``: return, or raise to be tried again.

Raise ``Undeliverable`` when trying again is pointless. An installation names its own class in SMS_BACKEND or
WECHAT_BACKEND.
"""

import json
import sys

from django.conf import settings
from django.core.mail import EmailMessage

from services.foundation import clock
from services.messaging.errors import Undeliverable
from services.messaging.models import Message


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
            "text": message.body,
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
            body = f"{body}\n\n{settings.PUBLIC_BASE_URL.rstrip('/')}{message.link}"
        EmailMessage(
            subject=" ".join(message.subject.split()),
            body=body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[message.address],
        ).send()
