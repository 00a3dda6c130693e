"""What screening says after the examination. That there is something to read, never what, and no illness."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare

NEWS = declare(
    "screening-news",
    _("There is something for her to read after an examination"),
    zh=("有一条给您的新消息", "您预约的服务有新消息，仅您本人可见。请登录木棉“我的服务”查看。"),
    en=("There is news for you", "There is news about a service you booked, for your eyes only. Please sign in."),
)
UNREAD = declare(
    "screening-unread",
    _("She has not yet read what waits for her"),
    zh=("还有一条消息等您查看", "您预约的服务有一条消息还没有查看，仅您本人可见。请登录木棉“我的服务”查看。"),
    en=("A message still waits for you", "Something about a service you booked still waits for you. Please sign in."),
)
APPOINTMENT = declare(
    "screening-appointment",
    _("Her appointment is near"),
    zh=(
        "预约提醒",
        "提醒您：“{title}”{when}，{site}（{address}）。预约号 {number}。如不能前往，请提前在“我的服务”中改期或取消。",
    ),
    en=(
        "Your appointment",
        "A reminder: “{title}” {when}, {site} ({address}). Number {number}. If you can't come, please move or cancel "
        "it in My services.",
    ),
    slots=("title", "when", "site", "address", "number"),
)
NEXT_ROUND = declare(
    "screening-next-round",
    _("Her next round is near"),
    zh=("又到预约的时候了", "您上次参加的服务，下一轮时间快到了。请登录木棉查看现在开放的项目。"),
    en=("Time to book again", "The next round of a service you took part in is near. Sign in to see what is open."),
)
