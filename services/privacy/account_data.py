"""What her account itself holds: its number, its language, when and where from she signed in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.privacy.registry import HeldData, held_data


def kinds(user) -> list[str]:
    return [
        _("Your mobile number (%(phone)s), encrypted") % {"phone": user.masked_phone},
        _("The devices you are signed in on, with their network addresses, until you sign out"),
        _("When you signed in or failed to, without address or number"),
        _("The messages we sent you, encrypted"),
    ]


def subjects(user) -> list[tuple[str, int]]:
    return [(user._meta.label_lower, user.pk)]


def register() -> None:
    held_data.register("account", HeldData(title=gettext_lazy("Your account"), kinds=kinds, subjects=subjects))
