"""What an annual return refuses, in words for staff."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class YearNotOpenable(Refused):
    code = "year_not_openable"
    for_staff = _("The return of %(year)s can't be opened: from a month before its period ends, and two years back.")


class YearNotOpen(Refused):
    code = "year_not_open"
    for_staff = _("The return of %(year)s hasn't been opened by the federation yet.")


class WrongState(Refused):
    """``state``: as it stands, in words."""

    code = "wrong_state"
    for_staff = _("That isn't possible now: this return is “%(state)s”.")


class NotSigned(Refused):
    code = "not_signed"
    for_staff = _("Nothing was submitted: the return isn't signed yet.")


class LockedUnsigned(Refused):
    code = "locked_unsigned"
    for_staff = _("The year isn't locked: your own return has to be signed first.")


class SignedBefore(AlreadyDone):
    code = "signed_before"
    for_staff = _("It is signed already, by %(name)s.")


class SubmittedBefore(AlreadyDone):
    code = "submitted_before"
    for_staff = _("It was submitted before and lies with the next level up.")


class AcceptedBefore(AlreadyDone):
    code = "accepted_before"
    for_staff = _("It was accepted before.")


class LockedBefore(AlreadyDone):
    code = "locked_before"
    for_staff = _("The year was locked before.")


class NotLocked(Refused):
    code = "not_locked"
    for_staff = _(
        "A new version is only for a locked return. This one is “%(state)s”: ask the level above to send it back."
    )


class NameMissing(Refused):
    code = "name_missing"
    for_staff = _("Write the name of the head of the union who signs.")


class WordsMissing(Refused):
    code = "return_words_missing"
    for_staff = _("Say why, in a few words that the unit can act on.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_staff = _("Say why there has to be a new version.")


class GapUnexplained(Refused):
    code = "gap_unexplained"
    for_staff = _("Returns below are missing (%(missing)s). Say why before you sign.")


class PointsOpen(Refused):
    code = "points_open"
    for_staff = _(
        "Points are still open in this return (%(count)s). Settle them on the page of the figures, then sign."
    )


class FiguresImpossible(Refused):
    """``findings``: what can't be."""

    code = "figures_impossible"
    for_staff = _("Some figures can't be right. See beside them.")

    def __init__(self, findings):
        super().__init__()
        self.findings = findings


class ChangedMeanwhile(Refused):
    code = "return_changed_meanwhile"
    for_staff = _("Somebody else has changed this return meanwhile. Look at it as it stands now.")


class NothingAbove(Refused):
    code = "nothing_above"
    for_staff = _("There is no level above this union. Sign the return, then lock the year.")


class CountedAbove(Refused):
    code = "counted_above"
    for_staff = _(
        "It is counted in the signed return of %(above)s. First have that one sent back, or its signature taken back."
    )


class AboveSigned(Refused):
    code = "above_signed"
    for_staff = _("The return of %(above)s is signed already. First take its signature back, or have it sent back.")


class RemindedToday(AlreadyDone):
    code = "reminded_today"
    for_staff = _("They were reminded today already.")


class NothingToRemind(Refused):
    code = "nothing_to_remind"
    for_staff = _("It has been submitted: nothing to remind of.")


class NobodyToRemind(Refused):
    code = "return_nobody_to_remind"
    for_staff = _("Nobody holds an officer's post at %(union)s, so nobody would read it. Call the union instead.")
