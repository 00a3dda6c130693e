"""What mutual aid says of joining. No illness, no scheme, no sum: a message may be read over her shoulder."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.accounts.models import User
from services.messaging.actions import Letter, notify, notify_many
from services.messaging.enums import Channel
from services.messaging.registry import declare


def _declare(key: str, description, *, channels: tuple[str, ...] = (), **said) -> str:
    return declare(key, description, channels=channels, **said).key


RETURNED = _declare(
    "mutual-aid-batch-returned",
    _("To the unit: an enrolment batch came back"),
    zh=("一个参保批次被退回", "参保批次 {number} 被退回，退回原因已写在批次页上。请一次性补正后重新提交。"),
    en=("An enrolment batch came back", "Batch {number} was returned; all reasons stand on its page."),
    slots=("number",),
)
HARMFUL_PAPER = _declare(
    "mutual-aid-harmful-paper",
    _("To the unit: a paper of an enrolment batch was harmful and was deleted"),
    zh=("一份材料未通过安全检查", "参保批次 {number} 的一份材料未通过安全检查，已删除。请换一份文件重新上传。"),
    en=("A paper didn't pass the check", "A paper of batch {number} was harmful and was deleted. Add another file."),
    slots=("number",),
)
CONFIRMED = _declare(
    "mutual-aid-batch-confirmed",
    _("To the unit: an enrolment batch was confirmed"),
    zh=("一个参保批次已确认", "参保批次 {number} 已确认，凭证已生成。"),
    en=("An enrolment batch was confirmed", "Batch {number} was confirmed; the certificates are ready."),
    slots=("number",),
)
RENEWAL_DUE = _declare(
    "mutual-aid-renewal-due",
    _("To the unit: a period ends soon and wants renewing"),
    zh=("一个参保批次即将到期", "参保批次 {number} 将于 {day} 到期。请在到期前办理续保，续保名单已备好。"),
    en=("A period ends soon", "Batch {number} ends on {day}. Please renew it in time; the list is ready."),
    slots=("number", "day"),
)
COVERED = _declare(
    "mutual-aid-covered",
    _("To her: something was arranged for her by her union"),
    zh=("工会为您办妥了一项服务", "您单位的工会为您办妥了一项服务。请登录木棉“我的服务”查看。"),
    en=("Your union arranged something for you", "Your union arranged a service for you. Please look in My services."),
    channels=(Channel.SMS,),
)
ENDS_SOON = _declare(
    "mutual-aid-ends-soon",
    _("To her: something of hers ends soon"),
    zh=("您的一项服务即将到期", "您的一项工会服务即将到期。请登录木棉“我的服务”查看，或询问您单位的工会。"),
    en=("A service of yours ends soon", "A union service of yours ends soon. Please look in My services."),
    channels=(Channel.SMS,),
)


def tell_unit(key: str, batch, *, to, **slots) -> None:
    """One line to whoever handed the batch in; leads to the batch."""
    if to is None:
        return
    link = reverse("mutual_aid_joining:batch", args=[batch.token])
    about = f"{batch.pk}-{batch.version}"
    notify(key, to=to, context={"number": batch.number, **slots}, dedupe_key=about, link=link)


def tell_women(key: str, users: Iterable[int | None], *, about: str) -> int:
    """One letter to each woman with an account; gives how many. ``about`` keeps anybody from being told twice."""
    known = User.objects.filter(pk__in=[pk for pk in users if pk], is_active=True)
    link = reverse("mutual_aid:cover")
    letters = [Letter(to=user, context={}, dedupe_key=about, link=link) for user in known]
    notify_many(key, letters)
    return len(letters)
