"""Carries one-time codes from the accounts app to a phone."""

from django.utils.translation import gettext_lazy as _

from services.messaging import actions
from services.messaging.enums import Channel
from services.messaging.registry import MessageSpec, messages

SIGN_IN_CODE = messages.register(
    "sign_in_code",
    MessageSpec(
        key="sign_in_code",
        description=_("One-time code for signing in"),
        channels=(Channel.SMS,),
        slots=("code", "minutes"),
        texts={
            "zh-hans": (
                "",
                "验证码 {code}，{minutes} 分钟内有效，仅用于登录木棉。请勿告诉任何人，工会工作人员不会向您索要。",
            ),
            "en": (
                "",
                "Your Mumian code is {code}, valid for {minutes} minutes. Tell nobody; union staff never ask for it.",
            ),
        },
        urgent=True,
        secret=True,
    ),
)


def carry(*, phone: str, code: str, minutes: int, key: str) -> None:
    """Send a code by SMS; ``key`` is unique for the code."""
    actions.notify(SIGN_IN_CODE.key, to=None, phone=phone, context={"code": code, "minutes": minutes}, dedupe_key=key)
