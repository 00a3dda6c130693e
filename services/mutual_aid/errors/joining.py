"""Refusals of joining as a unit."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class BatchOpen(Refused):
    """``token`` leads to the one that is being prepared."""

    code = "batch_open"
    for_staff = _("A batch of this kind is being prepared for this unit already: %(number)s.")


class SchemeNotOpen(Refused):
    code = "scheme_not_open"
    for_staff = _("This scheme has no terms in force for this unit.")


class NobodyMayBeAdded(Refused):
    code = "nobody_may_be_added"
    for_staff = _("By the terms nobody is added while the period runs. They can join at the renewal.")


class NoRunningPeriod(Refused):
    code = "no_running_period"
    for_staff = _("The unit has no running period in this scheme to which anybody could be added.")


class NothingToRenew(Refused):
    code = "nothing_to_renew"
    for_staff = _("The unit has no earlier period in this scheme that could be renewed.")


class BatchClosed(Refused):
    code = "batch_closed"
    for_staff = _("The batch is not being prepared any more; nothing in it can be changed.")


class BatchMoved(Refused):
    code = "batch_moved"
    for_staff = _("The batch has changed since you opened the page. Look at it again.")


class TooManyInBatch(Refused):
    code = "too_many_in_batch"
    for_staff = _("At most %(limit)s women go into one batch.")


class SharesOverLimit(Refused):
    code = "shares_over_limit"
    for_staff = _("A person may have 1 to %(most)s shares.")


class SplitDiffers(Refused):
    code = "split_differs"
    for_staff = _("The three parts must add up to the fee of one share, %(fee)s yuan, and none may be below zero.")


class HeadcountImpossible(Refused):
    code = "headcount_impossible"
    for_staff = _("There can't be more women than staff.")


class DateAhead(Refused):
    code = "date_ahead"
    for_staff = _("This day lies in the future.")


class FirstDayTooEarly(Refused):
    code = "first_day_too_early"
    for_staff = _("The first day can't lie before the day on which the fee was paid.")


class NotReadyToHandIn(Refused):
    """``reasons``: everything that is still missing, in words, all at once."""

    code = "not_ready_to_hand_in"
    for_staff = _("The batch can't be handed in yet; the list below says what is missing.")

    def __init__(self, reasons):
        super().__init__()
        self.reasons = list(reasons)


class LinesChanged(Refused):
    code = "lines_changed"
    for_staff = _(
        "Since the batch was handed in something changed: %(lines)s lines can't be covered as they stand. They are "
        "marked below. Settle them, or return the batch."
    )


class NotToSettle(Refused):
    code = "not_to_settle"
    for_staff = _("This line doesn't wait for a look.")


class ReasonNeeded(Refused):
    code = "reason_needed"
    for_staff = _("Say why: whoever prepared the batch reads it.")


class NoWayBack(Refused):
    code = "no_way_back"
    for_staff = _("The cover has begun: it can't be withdrawn, and nothing is paid back.")


class CoverGoesOn(Refused):
    code = "cover_goes_on"
    for_staff = _("By the terms the cover of a woman who leaves goes on to its last day.")


class DayOutsideCover(Refused):
    code = "day_outside_cover"
    for_staff = _("The day must lie within the cover.")
