"""What the bookings app says to whom. The thing is named by its neutral title; no person, no illness."""

from django.utils.translation import gettext_lazy as _

from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, messages

_SLOTS = ("title", "when", "site", "address", "number")


def _declare(key: str, description, *, zh: tuple[str, str], en: tuple[str, str], extra: tuple = ()) -> MessageSpec:
    spec = MessageSpec(
        key=key,
        description=description,
        channels=(Channel.SMS,),
        slots=(*_SLOTS, *extra),
        texts={"zh-hans": zh, "en": en},
    )
    return messages.register(key, spec)


BOOKED = _declare(
    "bookings-booked",
    _("A booking was confirmed"),
    zh=(
        "预约成功",
        "您已预约“{title}”：{when}，{site}（{address}）。预约号 {number}。如不能前往，请提前在“我的服务”中改期或取消。",
    ),
    en=(
        "Booked",
        "You booked “{title}”: {when}, {site} ({address}). Number {number}. If you can't come, please move or cancel "
        "it in My services.",
    ),
)
MOVED = _declare(
    "bookings-moved",
    _("A booking has a new time or site"),
    zh=("预约时间或地点已变更", "您的预约“{title}”现为：{when}，{site}（{address}）。预约号 {number} 不变。"),
    en=("New time or site", "Your booking “{title}” is now: {when}, {site} ({address}). The number stays {number}."),
)
CANCELLED = _declare(
    "bookings-cancelled",
    _("A booking was cancelled"),
    zh=("预约已取消", "您的预约“{title}”（{when}，{site}）已取消。预约号 {number}。"),
    en=("Cancelled", "Your booking “{title}” ({when}, {site}) was cancelled. Number {number}."),
)
OFFERED = _declare(
    "bookings-offered",
    _("A place from the waiting list is offered, to be accepted in time"),
    zh=(
        "候补有名额了",
        "“{title}”为您空出一个名额：{when}，{site}（{address}）。"
        "请在 {until} 前登录确认，过时将顺延给下一位。预约号 {number}。",
    ),
    en=(
        "A place is free",
        "“{title}” has a place for you: {when}, {site} ({address}). Please confirm by {until}; after that it passes "
        "on. Number {number}.",
    ),
    extra=("until",),
)
PROMOTED = _declare(
    "bookings-promoted",
    _("A place from the waiting list was booked at once"),
    zh=(
        "候补成功",
        "您候补的“{title}”已预约成功：{when}，{site}（{address}）。预约号 {number}。如不能前往，请及时取消。",
    ),
    en=(
        "You got a place",
        "“{title}” is booked for you from the waiting list: {when}, {site} ({address}). Number {number}. If you can't "
        "come, please cancel.",
    ),
)
LAPSED = _declare(
    "bookings-lapsed",
    _("An offered place lapsed"),
    zh=("候补名额已过时", "“{title}”（{when}，{site}）为您保留的名额已过确认时间，已顺延给下一位。您可以重新候补。"),
    en=(
        "The offered place has passed on",
        "The place in “{title}” ({when}, {site}) was not confirmed in time and has passed on. You can join "
        "the list again.",
    ),
)
