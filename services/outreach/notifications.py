"""What is said of a page that was published, and where she leaves."""

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from services.messaging.enums import Channel
from services.messaging.registry import declare

_SALT = "outreach.leave"


def leave_token(user) -> str:
    """Names her to nobody who can't sign, and holds for ever: by an old message she leaves as well as by a new one."""
    return _signer().sign(str(user.pk))


def user_key_of(token: str) -> int | None:
    try:
        return int(_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT)


def leave_path(user) -> str:
    return reverse("outreach:leave", args=[leave_token(user)])


def once_of_page(page: int) -> str:
    """The dedupe key: a woman is told of a page once."""
    return f"page-{page}"


PUBLISHED = declare(
    "outreach-published",
    _("To women who agreed: something was published for them"),
    zh=("{title}", "{union}发布了：{title}"),
    en=("{title}", "{union} has published: {title}"),
    slots=("title", "union"),
    channels=(Channel.SMS, Channel.WECHAT),
    leave=leave_path,
).key
