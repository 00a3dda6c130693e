"""Why a step of a women workers' organisation is refused, in words."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class NoChecklist(Refused):
    code = "no_checklist"
    for_staff = _("No federation above this union has put a standardisation checklist in force yet.")


class YearAhead(Refused):
    code = "year_ahead"
    for_staff = _("This year hasn't begun.")


class ChecklistUnfit(Refused):
    """``why``: codes of ``rules.scoring.unfit``; said in the reader's language by the face."""

    code = "checklist_unfit"
    for_staff = _("The checklist can't be put in force: %(why)s")


class ChecklistCounts(Refused):
    code = "checklist_counts"
    for_staff = _("A version in force never changes. Write the next one.")


class CodeTwice(Refused):
    code = "item_twice"
    for_staff = _("Two items have the code %(item)s.")


class AssessmentChanged(Refused):
    code = "assessment_changed"
    for_staff = _(
        "Somebody else saved this after you had opened it. What you typed is still here, beside what is stored."
    )


class NotWithTheUnit(Refused):
    code = "not_with_the_unit"
    for_staff = _("It was handed up and can't be changed while it is reviewed.")


class NotForReview(Refused):
    code = "not_for_review"
    for_staff = _("It doesn't wait for review.")


class Incomplete(Refused):
    """``faults``: those of ``rules.scoring``, shown beside their items."""

    code = "incomplete"
    for_staff = _("Some items need attention; it says so beside each of them.")

    def __init__(self, faults):
        super().__init__()
        self.faults = list(faults)


class WordsMissing(Refused):
    code = "words_missing"
    for_staff = _("Say in words why, so that the union knows what to do.")


class HandedUpAlready(AlreadyDone):
    code = "handed_up_already"
    for_staff = _("It was handed up already.")
