"""Why a month end can't be written, or a target not be set."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class Immutable(Refused):
    code = "immutable"
    for_staff = _("Month-end figures are written once and never changed.")


class MonthNotOver(Refused):
    code = "month_not_over"
    for_staff = _("The month isn't over yet: its figures can still change.")


class MonthLongOver(Refused):
    code = "month_long_over"
    for_staff = _("Only the month that has just ended can be kept: figures of the past are not reconstructed.")


class NothingDrawn(Refused):
    code = "nothing_drawn"
    for_staff = _("Nothing is on this map. Write at least one name.")


class StrangersDrawn(Refused):
    code = "strangers_drawn"
    for_staff = _("Something on this map doesn't lie directly below the organisation. Open the page anew.")


class TargetOutOfRange(Refused):
    code = "target_out_of_range"
    for_staff = _("A rate lies between 0 and 100 per cent, a number is not negative.")
