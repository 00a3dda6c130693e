"""Why an announcement can't be made."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class NothingToAnnounce(Refused):
    code = "nothing_to_announce"
    for_staff = _("This page can't be announced any more.")


class NobodyToTell(Refused):
    code = "nobody_to_tell"
    for_staff = _("Nobody there has agreed to be told, or everybody was told of this page already.")


class AnnouncedAlready(AlreadyDone):
    code = "announced_already"
    for_staff = _("This page is being announced to them already.")
