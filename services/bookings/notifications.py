"""What the bookings app says to whom. The thing is named by its neutral title; no person, no illness."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import MessageSpec, declare

_SLOTS = ("title", "when", "site", "address", "number")


def _declare(key: str, description, *, extra: tuple = (), slots: tuple = _SLOTS, **said) -> MessageSpec:
    return declare(key, description, slots=(*slots, *extra), **said)


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
ENROLLED = _declare(
    "bookings-enrolled",
    _("Her union booked a place for her"),
    zh=(
        "工会已为您预约",
        "工会已为您预约“{title}”：{when}，{site}（{address}）。预约号 {number}。"
        "如时间不合适，请在“我的服务”中改期或取消。",
    ),
    en=(
        "Your union booked for you",
        "Your union booked “{title}” for you: {when}, {site} ({address}). Number {number}. If the time doesn't suit "
        "you, please move or cancel it in My services.",
    ),
)
KEPT = _declare(
    "bookings-kept",
    _("Her union keeps a place for her until she agrees"),
    zh=(
        "工会为您留了名额",
        "工会为您预留了“{title}”的名额：{when}，{site}（{address}）。"
        "是否参加由您决定：请在 {until} 前用本手机号登录确认，过时名额自动释放。预约号 {number}。",
    ),
    en=(
        "Your union keeps a place for you",
        "Your union keeps a place in “{title}” for you: {when}, {site} ({address}). It is yours to decide: please sign "
        "in with this number and answer by {until}; after that the place is free again. Number {number}.",
    ),
    extra=("until",),
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

DRAW_ENTERED = _declare(
    "bookings-draw-entered",
    _("She entered a draw"),
    zh=(
        "已参加抽签",
        "您已参加“{title}”抽签，抽签编号 {entry}。名单于 {closes} 截止，{day} 公布公开数字后排定次序，结果会通知您。",
    ),
    en=(
        "You are in the draw",
        "You are in the draw for “{title}”. Entry number {entry}. The list closes {closes}; the order follows from the "
        "public number of {day}. We tell you what comes of it.",
    ),
    slots=("title", "entry", "closes", "day"),
)
DRAWN_OFFERED = _declare(
    "bookings-drawn-offered",
    _("A draw gave her a place, to be accepted in time"),
    zh=(
        "抽签为您分到名额",
        "“{title}”抽签（编号 {entry}）为您分到名额：{when}，{site}（{address}）。"
        "请在 {until} 前登录确认，过时将顺延给下一位。预约号 {number}。",
    ),
    en=(
        "The draw has a place for you",
        "The draw for “{title}” (entry {entry}) has a place for you: {when}, {site} ({address}). Please confirm by "
        "{until}; after that it passes on. Number {number}.",
    ),
    extra=("until", "entry"),
)
DRAWN_BOOKED = _declare(
    "bookings-drawn-booked",
    _("A draw gave her a place, booked at once"),
    zh=(
        "抽签成功",
        "“{title}”抽签（编号 {entry}）已为您约好：{when}，{site}（{address}）。"
        "预约号 {number}。如不能前往，请及时取消。",
    ),
    en=(
        "Drawn and booked",
        "The draw for “{title}” (entry {entry}) booked you: {when}, {site} ({address}). Number {number}. If you can't "
        "come, please cancel.",
    ),
    extra=("entry",),
)
DRAWN_WAITING = _declare(
    "bookings-drawn-waiting",
    _("A draw put her on the waiting list"),
    zh=(
        "抽签结果：候补",
        "“{title}”抽签（编号 {entry}）您排在第 {place} 位，名额暂已分完，已按此次序为您候补。"
        "有名额会通知您，不必再操作。",
    ),
    en=(
        "Drawn: waiting list",
        "In the draw for “{title}” (entry {entry}) you are number {place}. The places are given for now; you wait in "
        "this order and are told when one is yours. Nothing for you to do.",
    ),
    slots=("title", "entry", "place"),
)
DRAW_PASSED = _declare(
    "bookings-draw-passed",
    _("A draw could not give her a place: she does not meet the rules any more"),
    zh=(
        "抽签结果",
        "“{title}”抽签（编号 {entry}）这次未能为您安排名额。原因和办法请登录“我的服务”查看，或咨询您的工会。",
    ),
    en=(
        "Result of the draw",
        "The draw for “{title}” (entry {entry}) could not give you a place this time. Please see why in My services, "
        "or ask your union.",
    ),
    slots=("title", "entry"),
)
REORDERED = _declare(
    "bookings-reordered",
    _("Her place on a waiting list was changed by an officer"),
    zh=("候补顺序有变动", "“{title}”候补名单中您的顺序有变动，原因和位次请在“我的服务”中查看。"),
    en=(
        "Your place on the list has changed",
        "Your place on the waiting list of “{title}” was changed. My services says why, and where you stand.",
    ),
    slots=("title",),
    channels=(),
)
REMINDED = _declare(
    "bookings-reminded-by-staff",
    _("Staff remind of a booking"),
    zh=(
        "预约提醒",
        "提醒您：“{title}”预约在 {when}，{site}（{address}）。预约号 {number}。"
        "如不能前往，请提前在“我的服务”中改期或取消。",
    ),
    en=(
        "A reminder",
        "A reminder: “{title}” is on {when}, {site} ({address}). Number {number}. If you can't come, please move or "
        "cancel it in My services.",
    ),
)
