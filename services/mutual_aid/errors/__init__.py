"""Refusals of mutual aid. No context holds a name, a number, a sum or an illness of anybody's."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class TermsUnfit(Refused):
    """``lacks``: what ``rules.fitness`` and the desk found, each with its field."""

    code = "terms_unfit"
    for_staff = _("These terms can't be put in force yet; the list below says what is missing.")

    def __init__(self, lacks):
        super().__init__()
        self.lacks = list(lacks)


class NothingToActivate(Refused):
    code = "nothing_to_activate"
    for_staff = _("There is no draft to put in force.")


class CodeTaken(Refused):
    code = "code_taken"
    for_staff = _("A scheme with this code exists already.")


class NobodyKeepsIt(Refused):
    code = "nobody_keeps_it"
    for_staff = _("Nobody keeps this scheme yet: load the samples again once there is a union.")


class DraftChanged(Refused):
    """Somebody else has saved the draft since it was opened."""

    code = "draft_changed"
    for_staff = _("The draft was changed by somebody else since you opened it. Look at it again, then save.")


class CoveredAlready(Refused):
    code = "covered_already"
    for_her = for_staff = _("She is covered by this scheme on some of these days already.")


class CoverOver(Refused):
    code = "cover_over"
    for_staff = _("This cover is void: it can't be changed any more.")


class DaysCross(Refused):
    code = "days_cross"
    for_staff = _("The last day lies before the first.")


class NothingToSimulate(Refused):
    code = "nothing_to_simulate"
    for_staff = _("There is no version in force to compare the draft with.")


class PeriodInvalid(Refused):
    code = "period_invalid"
    for_staff = _("Choose a first and a last day, the last not before the first and not after today.")
