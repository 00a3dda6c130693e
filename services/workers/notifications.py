"""What a woman is told about her record. No name, number or finding is in any text."""

from django.utils.translation import gettext_lazy as _

from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, messages

CLAIM_CONFIRMED = "record_claim_confirmed"
CLAIM_REFUSED = "record_claim_refused"

messages.register(
    CLAIM_CONFIRMED,
    MessageSpec(
        key=CLAIM_CONFIRMED,
        description=_("Her union's officer has tied her account to her record"),
        channels=(Channel.SMS,),
        slots=("union",),
        texts={
            "zh-hans": ("已找到您的档案", "{union}已为您关联职工档案，现在可以办理各项服务。"),
            "en": ("Your record is found", "{union} has tied your account to your record. Services are open to you."),
        },
    ),
)
messages.register(
    CLAIM_REFUSED,
    MessageSpec(
        key=CLAIM_REFUSED,
        description=_("Her union's officer could not find her record"),
        channels=(Channel.SMS,),
        slots=("union",),
        texts={
            "zh-hans": ("暂时没有找到您的档案", "{union}暂时没能找到您的职工档案，请登录查看原因和下一步。"),
            "en": ("Your record is not found yet", "{union} could not find your record yet. Sign in to see why."),
        },
    ),
)
