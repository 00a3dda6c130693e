"""Why something about equipment is refused, in words."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class NoSuchStep(Refused):
    code = "no_such_step"
    for_staff = _("%(number)s is “%(state)s” and can't take this step.")


class MovedAlready(AlreadyDone):
    code = "moved_already"
    for_staff = _("%(number)s is “%(state)s” already.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_staff = _("Say why: the reason goes into the history.")


class NotOnTheCountysRegister(Refused):
    """V8: what a school uses was issued by the women's federation of its county, from that federation's register."""

    code = "not_on_the_countys_register"
    for_staff = _("%(number)s stands on the register of %(custodian)s: it can be issued to homes of that county only.")


class NoHomeNamed(Refused):
    code = "no_home_named"
    for_staff = _("Say to which home %(number)s is issued.")


class DayAhead(Refused):
    code = "day_ahead"
    for_staff = _("This day lies in the future.")


class DayTooEarly(Refused):
    code = "day_too_early"
    for_staff = _("This can't have been before %(day)s.")


class VersionCounts(Refused):
    code = "version_counts"
    for_staff = _("A version in force never changes. Write the next one.")


class ListEmpty(Refused):
    code = "list_empty"
    for_staff = _("A list without a single item that is asked for can't be put in force.")


class ListsThere(AlreadyDone):
    code = "lists_there"
    for_staff = _("This programme has its standard lists already.")


class NothingToOrder(Refused):
    code = "nothing_to_order"
    for_staff = _("Nothing is missing at these homes that this supplier brings.")


class NotAlive(Refused):
    code = "not_alive"
    for_staff = _("%(home)s is closed or reassigned: nothing is sent there.")


class DeliveryFaults(Refused):
    """``faults``: those of ``rules.deliveries``, shown beside their lines."""

    code = "delivery_faults"
    for_staff = _("Some lines need attention; it says so beside each of them.")

    def __init__(self, faults):
        super().__init__()
        self.faults = list(faults)


class ReceivedAlready(AlreadyDone):
    code = "received_already"
    for_staff = _("The receipt of this delivery is on record already.")


class SettledAlready(AlreadyDone):
    code = "settled_already"
    for_staff = _("This delivery was settled already.")


class RequestedHerself(Refused):
    code = "requested_herself"
    for_staff = _("You asked for this yourself. Somebody else has to decide on it.")


class OpenElsewhere(Refused):
    code = "open_elsewhere"
    for_staff = _("%(number)s is in a transfer, a repair or a request to scrap that isn't finished.")


class NothingChosen(Refused):
    code = "nothing_chosen"
    for_staff = _("Choose at least one item.")


class NotAtThisHome(Refused):
    code = "not_at_this_home"
    for_staff = _("%(number)s isn't in use at this home.")


class SameHome(Refused):
    code = "same_home"
    for_staff = _("Choose another home than the one that gives.")


class BothSides(Refused):
    code = "both_sides"
    for_staff = _("You confirmed the giving side. Somebody else confirms the taking side.")


class TransferOver(AlreadyDone):
    code = "transfer_over"
    for_staff = _("This transfer is “%(state)s” already.")


class NotGivenYet(Refused):
    code = "not_given_yet"
    for_staff = _("The giving side hasn't confirmed yet.")


class TakeRuns(AlreadyDone):
    code = "take_runs"
    for_staff = _("A stock-taking of this home runs already.")


class TakeNotOpen(Refused):
    code = "take_not_open"
    for_staff = _("This stock-taking is “%(state)s”: it isn't counted any more.")


class NothingToCount(Refused):
    code = "nothing_to_count"
    for_staff = _("No item of this home stands on the register: there is nothing to count.")


class DifferencesNeedReasons(Refused):
    """``lines``: keys of the lines that differ and say no reason."""

    code = "differences_need_reasons"
    for_staff = _("Say beside each line that differs why it does.")

    def __init__(self, lines):
        super().__init__()
        self.lines = list(lines)


class CountedHerself(Refused):
    code = "counted_herself"
    for_staff = _("You counted this yourself. Somebody else has to approve it.")


class TaskClosed(AlreadyDone):
    code = "task_closed"
    for_staff = _("The inspectors have accepted the evidence already.")


class TooManyPhotos(Refused):
    code = "too_many_photos"
    for_staff = _("There are %(limit)s photos already.")


class NoPhoto(Refused):
    code = "no_photo"
    for_staff = _("Choose a photo (JPEG, PNG, WEBP or HEIC).")
