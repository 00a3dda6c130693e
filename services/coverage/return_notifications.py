"""What officers are told about their union's annual return. No figure and no name is in any text."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare


def _declare(key: str, description, slots: tuple[str, ...], **said: tuple[str, str]) -> str:
    return declare(key, description, slots=slots, channels=(), **said).key


DUE = _declare(
    "coverage_return_due",
    _("The annual return is due soon"),
    ("union", "year", "due"),
    zh=("年报即将到期", "{union}{year}年度统计年报请于{due}前签字上报。系统已有的数据已经带出，核对即可。"),
    en=(
        "The annual return is due soon",
        "The annual return {year} of {union} is due on {due}. What the system knows is filled in: check it and sign.",
    ),
)
OVERDUE = _declare(
    "coverage_return_overdue",
    _("The annual return is overdue"),
    ("union", "year", "due"),
    zh=("年报已逾期", "{union}{year}年度统计年报应于{due}前上报，至今尚未上报。请尽快核对、签字并上报。"),
    en=(
        "The annual return is overdue",
        "The annual return {year} of {union} was due on {due} and hasn't been submitted. Please check it, sign and "
        "submit it.",
    ),
)
REMINDED = _declare(
    "coverage_return_reminded",
    _("The level above reminds of the annual return"),
    ("union", "year", "due"),
    zh=("请报送年报", "上级工会提醒：{union}{year}年度统计年报尚未上报，报送截止日为{due}。"),
    en=("Please submit the annual return", "The annual return {year} of {union} hasn't come yet. It is due on {due}."),
)
SENT_BACK = _declare(
    "coverage_return_sent_back",
    _("The annual return was sent back"),
    ("union", "year"),
    zh=("年报已退回", "{union}{year}年度统计年报已被上级工会退回，请登录查看退回原因，修改后重新签字上报。"),
    en=(
        "The annual return was sent back",
        "The annual return {year} of {union} was sent back. Sign in to read why, correct it, sign and submit it again.",
    ),
)
