"""What a union's officers are told: of what they are reminded, by whom, and where to mend it."""

from django.utils.translation import gettext_lazy as _

from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, messages

REMINDER = "coverage-reminder"

messages.register(
    REMINDER,
    MessageSpec(
        key=REMINDER,
        description=_("To a union's officers: something about its women workers' organisation is open"),
        channels=(Channel.SMS,),
        slots=("union", "about", "sender"),
        texts={
            "zh-hans": (
                "女职工组织建设提醒",
                "{sender}提醒您：{union}“{about}”。请登录木棉后台办理或更正；如情况不符，请联系{sender}。",
            ),
            "en": (
                "A reminder about your women workers' organisation",
                "{sender} reminds you: {union}, “{about}”. Sign in to put it right; if it isn't so, ask {sender}.",
            ),
        },
    ),
)
