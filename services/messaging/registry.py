"""What apps may say: message specs registered by key, and the two hooks that keep this app ignorant of its users."""

from collections.abc import Callable
from dataclasses import dataclass

from services.foundation.registry import Registry
from services.messaging.enums import Channel


@dataclass(frozen=True, slots=True)
class MessageSpec:
    """One message an app sends.

    ``texts`` maps a language code to (subject, body); slots are written ``{date}`` and listed in ``slots``.
    ``channels`` names the channels besides the portal's own inbox, which every recipient with an account has.
    An ``urgent`` message ignores quiet hours. A ``secret`` one is wiped once it has gone out, is never shown on
    the desk and never lies in an inbox. No text names an illness, a hardship or a person. A message that she may
    be rid of has ``leave``: a user's path of this site at which she leaves without signing in; every channel carries
    it, whatever staff make of the words.
    """

    key: str
    description: str
    channels: tuple[str, ...]
    slots: tuple[str, ...]
    texts: dict[str, tuple[str, str]]
    urgent: bool = False
    secret: bool = False
    leave: Callable[[object], str] | None = None


messages: Registry[MessageSpec] = Registry("messages")


def declare(
    key: str,
    description: str,
    *,
    zh: tuple[str, str],
    en: tuple[str, str],
    slots: tuple[str, ...] = (),
    channels: tuple[str, ...] = (Channel.SMS,),
    leave: Callable[[object], str] | None = None,
) -> MessageSpec:
    """Register a message that is neither urgent nor secret: subject and body in Chinese and in English."""
    texts = {"zh-hans": zh, "en": en}
    return messages.register(key, MessageSpec(key, description, channels, slots, texts, leave=leave))


# How a channel finds a person's address; e-mail and SMS are known here, an integration adds WeChat's.
addresses: Registry[Callable[[object], str]] = Registry("addresses")
addresses.register(Channel.SMS, lambda user: user.phone)
addresses.register(Channel.EMAIL, lambda user: user.email)


class _Courier:
    """Called with the keys of waiting messages once the transaction that wrote them has ended."""

    def __init__(self):
        self._wake: Callable[[list[int]], object] = lambda ids: None

    def employ(self, wake: Callable[[list[int]], object]) -> None:
        self._wake = wake

    def __call__(self, ids: list[int]) -> None:
        self._wake(ids)


courier = _Courier()
