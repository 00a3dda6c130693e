"""What is said to guardians and staff. No message names a child, a file's content or a home; a link leads further."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.actions import notify
from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, declare, messages

LINK, CODE = "child-files-link", "child-files-code"
EMERGENCY, ASKED, DECIDED, REQUEST = (
    "child-files-emergency",
    "child-files-approval-asked",
    "child-files-approval-decided",
    "child-files-request",
)
RELEASE_ASKED, RELEASE_DECIDED = "child-files-release-asked", "child-files-release-decided"
# The address stands in the words, not in a slot: values of slots lose their addresses.
_ADDRESS = f"{settings.PUBLIC_BASE_URL.rstrip('/')}/children/l/{{ticket}}/"

messages.register(
    LINK,
    MessageSpec(
        key=LINK,
        description=_("To a guardian: her one-time link"),
        channels=(Channel.SMS,),
        slots=("ticket", "days"),
        texts={
            "zh-hans": (
                "",
                f"学校的妇联之家请您打开本人专用链接，逐项选择同意或不同意：{_ADDRESS} {{days}} 天内有效，请勿转发。",
            ),
            "en": (
                "",
                f"Your own link, to say yes or no to each point: {_ADDRESS} Valid for {{days}} days. Don't pass it on.",
            ),
        },
        urgent=False,
        secret=True,
    ),
)
messages.register(
    CODE,
    MessageSpec(
        key=CODE,
        description=_("To a guardian: the code that opens her link"),
        channels=(Channel.SMS,),
        slots=("code", "minutes"),
        texts={
            "zh-hans": ("", "验证码 {code}，{minutes} 分钟内有效，用于打开您的专用链接。请勿告诉任何人。"),
            "en": ("", "Code {code}, valid for {minutes} minutes: it opens your own link. Tell nobody."),
        },
        urgent=True,
        secret=True,
    ),
)
declare(
    EMERGENCY,
    _("To the officer for personal data: somebody opened a child's file in an emergency"),
    zh=("有人紧急查阅了儿童档案", "档案 {file} 被紧急查阅，请在 {day} 前复核。"),
    en=("A file was opened in an emergency", "File {file} was opened in an emergency. Please review it by {day}."),
    slots=("file", "day"),
    channels=(),
)
declare(
    ASKED,
    _("To a leader: an officer asks to read one child's file"),
    zh=("有一份儿童档案查阅申请待您审批", "同事申请查阅档案 {file}，请审批。"),
    en=("A request to read a file waits for you", "A colleague asks to read file {file}. Please decide."),
    slots=("file",),
    channels=(),
)
declare(
    DECIDED,
    _("To an officer: her request to read a file was decided"),
    zh=("您的档案查阅申请已有结果", "您申请查阅的档案 {file}：{answer}。"),
    en=("Your request to read a file was decided", "File {file}: {answer}."),
    slots=("file", "answer"),
    channels=(),
)
declare(
    REQUEST,
    _("To the officer for personal data: a guardian asks for something"),
    zh=("监护人提出了个人信息申请", "档案 {file} 的监护人提出申请，请在 {day} 前书面答复。"),
    en=("A guardian asks for something", "The guardian of file {file} asks for something. Please answer by {day}."),
    slots=("file", "day"),
    channels=(),
)
declare(
    RELEASE_ASKED,
    _("To the two who release it: somebody asks for children's files in clear"),
    zh=("有一份含姓名的儿童名单申请待您审核", "同事申请下载 {home} 的含姓名名单，需两人同意，请审核。"),
    en=("A workbook with children's names waits for you", "A colleague asks for {home} in clear. Two people decide."),
    slots=("home",),
    channels=(),
)
declare(
    RELEASE_DECIDED,
    _("To whoever asked: her workbook in clear was decided on"),
    zh=("您申请的含姓名名单已有结果", "{home} 的名单：{answer}。"),
    en=("Your workbook in clear was decided on", "{home}: {answer}."),
    slots=("home", "answer"),
    channels=(),
)


def send_link(*, phone: str, ticket: str, days: int, key: str) -> None:
    notify(LINK, to=None, phone=phone, context={"ticket": ticket, "days": days}, dedupe_key=key)


def send_code(*, phone: str, code: str, minutes: int, key: str) -> None:
    notify(CODE, to=None, phone=phone, context={"code": code, "minutes": minutes}, dedupe_key=key)


def tell(key: str, to, context: dict, *, about: str, page: str, argument: str = "") -> None:
    address = reverse(page, args=[argument]) if argument else reverse(page)
    notify(key, to=to, context=context, dedupe_key=about, link=address)
