"""What signups say to whom. The activity is named by its neutral title; no person, no answer."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare

REMINDER = declare(
    "signups-reminder",
    _("An activity she signed up for is near"),
    zh=(
        "活动提醒",
        "提醒您：“{title}”{when}，{site}（{address}）。报名号 {number}。"
        "如不能参加，请提前在“我的服务”中取消，把名额让给别人。",
    ),
    en=(
        "Your activity",
        "A reminder: “{title}” {when}, {site} ({address}). Number {number}. If you can't come, please cancel in My "
        "services: somebody else can use the place.",
    ),
    slots=("title", "when", "site", "address", "number"),
)
EVALUATE = declare(
    "signups-evaluate",
    _("She is asked what she thought of an activity"),
    zh=("请您评一评", "感谢参加“{title}”。请花一分钟匿名评一评，{until} 前有效。登录木棉“我的服务”即可填写。"),
    en=(
        "What did you think of it?",
        "Thank you for taking part in “{title}”. Please evaluate it, anonymously and in a minute, by {until}.",
    ),
    slots=("title", "until"),
)
CERTIFICATE = declare(
    "signups-certificate",
    _("Her certificate is ready"),
    zh=("您的证书已生成", "“{title}”的证书（{number}）已生成，登录木棉“我的服务”即可查看和打印。"),
    en=("Your certificate is ready", "The certificate of “{title}” ({number}) is ready to be read and printed."),
    slots=("title", "number"),
)
OFF_LIST = declare(
    "signups-off-list",
    _("Her union took her off a waiting list, as she asked"),
    zh=("已退出候补", "应您的要求，工会已将您移出“{title}”的候补名单。如果不是您本人提出的，请联系所在单位工会。"),
    en=(
        "Off the waiting list",
        "As you asked, your union took you off the waiting list of “{title}”. If you didn't ask for it, please call "
        "your union.",
    ),
    slots=("title",),
)
