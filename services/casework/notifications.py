"""What casework says to whom: that there is news and by which number to find it. Never what is applied for or why."""

from django.utils.translation import gettext_lazy as _

from services.messaging.enums import Channel
from services.messaging.registry import declare


def _declare(key: str, description, *, extra: tuple = (), rings: bool = True, **said) -> str:
    channels = (Channel.SMS,) if rings else ()
    return declare(key, description, slots=("number", *extra), channels=channels, **said).key


RECEIVED = _declare(
    "casework-received",
    _("Her application arrived"),
    zh=("申请已收到", "您的申请已收到，编号 {number}。我们最迟 {until} 给您第一次答复。进度可登录“我的服务”查看。"),
    en=(
        "We have your application",
        "Your application arrived. Number {number}. You get a first answer by {until}. My services shows how it goes.",
    ),
    extra=("until",),
)
BEGUN_FOR_YOU = _declare(
    "casework-begun-for-you",
    _("A representative began an application in her name"),
    zh=(
        "工会正代您填写申请",
        "按您的授权，工会工作人员正代您填写申请，编号 {number}。如非您本意，请登录“我的服务”撤销授权，或自己接着填写。",
    ),
    en=(
        "An application in your name",
        "As you authorised, a union officer is filling in an application for you. Number {number}. If that is not what "
        "you want, sign in to revoke it or to go on by yourself.",
    ),
)
ASKED = _declare(
    "casework-asked",
    _("Something is missing from her application, all of it at once"),
    zh=(
        "您的申请需要补充材料",
        "您的申请（编号 {number}）还需要补充 {count} 项材料，请登录“我的服务”一次补齐。等待期间不计入办理时限。",
    ),
    en=(
        "Something is missing",
        "Your application {number} needs {count} more things. Please sign in: all of them are listed there. The "
        "promised time stands still until then.",
    ),
    extra=("count",),
)
RESUBMITTED = _declare(
    "casework-resubmitted",
    _("The missing material arrived"),
    zh=("补充材料已收到", "您补充的材料已收到（编号 {number}），继续为您办理。"),
    en=("Your material arrived", "What you added to application {number} arrived. Work goes on."),
    rings=False,
)
MOVED_ON = _declare(
    "casework-moved-on",
    _("Her application went one step on"),
    zh=("您的申请有新进展", "您的申请（编号 {number}）已进入下一步，请在“我的服务”中查看。"),
    en=("Your application went on", "Application {number} has gone one step on. My services shows where it stands."),
    rings=False,
)
NOTICE = _declare(
    "casework-notice",
    _("Her application stands on a public notice"),
    zh=("您的申请已开始公示", "您的申请（编号 {number}）已按规定隐去个人信息后公示，至 {until} 结束。请登录查看。"),
    en=(
        "Your application is on public notice",
        "Application {number} stands on a public notice until {until}, with personal data hidden. Please sign in.",
    ),
    extra=("until",),
)
OBJECTION = _declare(
    "casework-objection",
    _("Somebody objected; she may answer"),
    zh=(
        "公示期内收到一条意见",
        "您的申请（编号 {number}）在公示期内收到意见，正在核实。请登录“我的服务”查看并说明情况。",
    ),
    en=(
        "Somebody raised a question",
        "During the public notice of application {number} somebody raised a question. Please sign in and answer it.",
    ),
)
DECIDED = _declare(
    "casework-decided",
    _("Her application was decided"),
    zh=("您的申请有结果了", "您的申请（编号 {number}）已有结果，仅您本人可见，请登录“我的服务”查看。"),
    en=("There is a decision", "Application {number} was decided. The answer is for your eyes only: please sign in."),
)
APPEALED = _declare(
    "casework-appealed",
    _("Her appeal arrived"),
    zh=("复核申请已收到", "您的复核申请已收到（编号 {number}），将由另一位工作人员在 {until} 前答复您。"),
    en=("Your appeal arrived", "Your appeal on application {number} arrived. Somebody else answers it by {until}."),
    extra=("until",),
)
REOPENED = _declare(
    "casework-reopened",
    _("Her application was opened again"),
    zh=("您的申请已重新办理", "您的申请（编号 {number}）已重新办理，请登录“我的服务”查看。"),
    en=("Your application was opened again", "Application {number} was opened again. Please sign in to see why."),
)
WITHDRAWN = _declare(
    "casework-withdrawn",
    _("An application was withdrawn"),
    zh=("申请已撤回", "您的申请（编号 {number}）已撤回。需要时可以重新申请。"),
    en=("Withdrawn", "Application {number} was withdrawn. You can apply again whenever you need."),
    rings=False,
)
HANDED_OVER = _declare(
    "casework-handed-over",
    _("To staff: a case was handed over"),
    zh=("有一件申请转交给您", "申请 {number} 已转交给您办理。"),
    en=("A case was handed to you", "Application {number} was handed over to you."),
    rings=False,
)
REVOKED = _declare(
    "casework-consent-ended",
    _("To the representative: she ended the authorisation"),
    zh=("授权已结束", "申请 {number} 的代办授权已由本人结束，您不能再代为办理。"),
    en=(
        "An authorisation ended",
        "The applicant of {number} ended your authorisation. You can't act for her any more.",
    ),
    rings=False,
)
HARMFUL_FILE = _declare(
    "casework-harmful-file",
    _("A file of hers was found harmful and deleted"),
    zh=(
        "有一份材料未能通过安全检查",
        "您申请（编号 {number}）中的一份文件未通过安全检查，已删除。请登录“我的服务”重新拍照上传。其他材料不受影响。",
    ),
    en=(
        "One file was not taken in",
        "A file of your application {number} did not pass the security check and was deleted. Please sign in and "
        "send a photo of the paper instead. Everything else is kept.",
    ),
)
YOUR_TURN = _declare(
    "casework-your-turn",
    _("Her application has waited for her material for a week"),
    zh=(
        "您的申请还在等您补充材料",
        "您的申请（编号 {number}）还在等您补充材料，补齐并提交后继续办理。请登录“我的服务”查看需要什么。",
    ),
    en=(
        "Your application waits for you",
        "Application {number} still waits for what was asked of you. Please sign in: all of it is listed there. Work "
        "goes on once you have sent it.",
    ),
)
OVERDUE = declare(
    "casework-overdue",
    _("To staff: a case in her hands has become overdue"),
    slots=("count",),
    zh=("您手上有超期的申请", "您手上有 {count} 件申请已超过办理时限，请尽快办理。"),
    en=("An application is overdue", "{count} applications in your hands are overdue. Please see to them."),
).key
COMPLAINT_ANSWERED = _declare(
    "casework-complaint-answered",
    _("Her complaint was answered"),
    zh=("您的意见已有答复", "您反映的问题（编号 {number}）已有答复，请登录“我的服务”查看。"),
    en=(
        "There is an answer for you",
        "What you wrote to us, number {number}, was answered. Please sign in to read it.",
    ),
)
