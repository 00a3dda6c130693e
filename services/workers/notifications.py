"""What a woman is told about her record. No name, number or finding is in any text."""

from django.utils.translation import gettext_lazy as _

from services.messaging.registry import declare

CLAIM_CONFIRMED = "record_claim_confirmed"
CLAIM_REFUSED = "record_claim_refused"

declare(
    CLAIM_CONFIRMED,
    _("Her union's officer has tied her account to her record"),
    zh=("已找到您的档案", "{union}已为您关联职工档案，现在可以办理各项服务。"),
    en=("Your record is found", "{union} has tied your account to your record. Services are open to you."),
    slots=("union",),
)
declare(
    CLAIM_REFUSED,
    _("Her union's officer could not find her record"),
    zh=("暂时没有找到您的档案", "{union}暂时没能找到您的职工档案，请登录查看原因和下一步。"),
    en=("Your record is not found yet", "{union} could not find your record yet. Sign in to see why."),
    slots=("union",),
)
