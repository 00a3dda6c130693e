"""Carries one-time codes from the accounts app to a phone."""

from django.utils.translation import gettext_lazy as _

from services.accounts.enums import CodePurpose
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


CONFIRM_CODE = messages.register(
    "confirm_code",
    MessageSpec(
        key="confirm_code",
        description=_("One-time code before a page that is for her eyes alone"),
        channels=(Channel.SMS,),
        slots=("code", "minutes"),
        texts={
            "zh-hans": (
                "",
                "验证码 {code}，{minutes} 分钟内有效，用于在木棉确认是您本人。请勿告诉任何人，工作人员不会向您索要。",
            ),
            "en": (
                "",
                "Mumian code {code}, valid for {minutes} minutes: it confirms that it is you. Tell nobody; staff never "
                "ask for it.",
            ),
        },
        urgent=True,
        secret=True,
    ),
)


def carry(*, phone: str, code: str, minutes: int, key: str, purpose: str = CodePurpose.SIGN_IN) -> None:
    """Send a code by SMS; ``key`` is unique for the code."""
    spec = CONFIRM_CODE if purpose == CodePurpose.CONFIRM else SIGN_IN_CODE
    actions.notify(spec.key, to=None, phone=phone, context={"code": code, "minutes": minutes}, dedupe_key=key)
