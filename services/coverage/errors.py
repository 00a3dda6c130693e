"""Why a union isn't reminded, in words."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class NothingToRemindOf(Refused):
    code = "nothing_to_remind_of"
    for_staff = _("Nothing: “%(about)s” isn't true of this union any more.")


class RemindedAlready(Refused):
    code = "reminded_already"
    for_staff = _("It was reminded of this on %(day)s by %(who)s; that is less than %(days)s days ago.")


class NobodyToRemind(Refused):
    code = "nobody_to_remind"
    for_staff = _("Nobody holds an officer's post at this union, so nobody would read it. Contact: %(contact)s")


class StandingNotThere(Refused):
    code = "standing_not_there"
    for_staff = _("This union is closed or isn't a grassroots union.")
