"""What publishing says to staff. Titles are quoted with every number taken out."""

from django.utils.translation import gettext_lazy as _

from services.messaging.enums import Channel
from services.messaging.registry import declare

WAITS, HELD, SIGNED, STILL_PUBLIC, ENDS_SOON, DECIDED = (
    "publishing-waits",
    "publishing-held",
    "publishing-signed",
    "publishing-still-public",
    "publishing-ends-soon",
    "publishing-decided",
)

declare(
    WAITS,
    _("A page waits for her approval"),
    zh=("有内容待您审核", "“{title}”已提交审核，等您处理。"),
    en=("A page waits for you", "“{title}” was submitted and waits for your approval."),
    slots=("title",),
    channels=(Channel.EMAIL,),
)
declare(
    DECIDED,
    _("What she submitted was approved or sent back"),
    zh=("您提交的内容有了审核结果", "“{title}”：{outcome}。"),
    en=("There is an answer to what you submitted", "“{title}”: {outcome}."),
    slots=("title", "outcome"),
    channels=(),
)
declare(
    HELD,
    _("Something was held back from the public and needs a second person"),
    zh=(
        "有内容被拦下，需第二人核签",
        "“{title}”中发现疑似个人信息或无法检查的文件，暂未公开。请核对后核签或退回修改。",
    ),
    en=("Held back: a second person is needed", "“{title}” holds what may not become public. Please look and sign."),
    slots=("title",),
    channels=(Channel.EMAIL,),
)
declare(
    SIGNED,
    _("What was held back of hers was signed by a second person"),
    zh=("被拦下的内容已核签", "“{title}”已由第二人核签。"),
    en=("What was held back is signed", "“{title}” was signed by a second person."),
    slots=("title",),
    channels=(),
)
declare(
    STILL_PUBLIC,
    _("The nightly check found something on a page that is public"),
    zh=("已公开的内容中发现疑似个人信息", "夜间复查发现“{title}”中有疑似个人信息，页面仍在公开。请马上处理。"),
    en=(
        "Personal data on a public page?",
        "The nightly check found something on “{title}”, which is public. Look now.",
    ),
    slots=("title",),
    channels=(Channel.EMAIL,),
)
declare(
    ENDS_SOON,
    _("A page of hers will be taken down soon"),
    zh=("页面即将到期", "“{title}”将于 {moment} 到期下线。如需继续公开，请修改到期时间。"),
    en=("A page ends soon", "“{title}” will be taken down on {moment}. Change its expiry if it should stay."),
    slots=("title", "moment"),
    channels=(),
)
