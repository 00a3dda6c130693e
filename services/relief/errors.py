"""Refusals of hardship relief. No context holds a name, a number or a sum of anybody's."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class FileInvalid(Refused):
    """``faults`` (``rules.household.Fault``) say which field of which row is wrong and why."""

    code = "file_invalid"
    for_her = _("Some entries can't be right yet. They are marked below; nothing you typed is lost.")
    for_staff = _("Some entries can't be right yet. They are marked below; nothing is lost.")

    def __init__(self, faults):
        super().__init__()
        self.faults = list(faults)


class AnotherFile(Refused):
    """Somebody of this household stands in another live file. Context: ``contact``, whom to call about it.

    ``row`` is the member's place in the list; None when it is the applicant herself.
    """

    code = "another_file"
    for_her = _("This person stands in another hardship file already. Please contact %(contact)s.")
    for_staff = _("This person stands in another live hardship file. Contact %(contact)s.")

    def __init__(self, *, contact: str, row: int | None = None):
        super().__init__(contact=contact)
        self.row = row


class FileChanged(Refused):
    """Somebody else has saved the file since it was opened."""

    code = "file_changed"
    for_her = _(
        "This file was changed elsewhere since you opened it. What is stored now is shown beside what you typed; "
        "compare, then save again."
    )
    for_staff = for_her


class PaidDifferently(Refused):
    code = "paid_differently"
    for_staff = _("Another sum was paid on this application already. A further sum needs an application of its own.")


class FileClosed(Refused):
    code = "file_closed"
    for_her = _("This can't be changed any more: your application is being reviewed, or the file is closed.")
    for_staff = _("This file can't be changed in its present state.")


class NoConsent(Refused):
    code = "no_consent"
    for_her = _("Please read the privacy notice on hardship relief and agree to it first.")
    for_staff = _("She has not agreed to the privacy notice on hardship relief yet. Record her consent first.")


class NoProgramme(Refused):
    code = "no_programme"
    for_her = _("This programme isn't open at present.")
    for_staff = _("No version of this programme is in force for her union.")


class OutsideWindow(Refused):
    """Context: ``begin``, ``end`` (worded days)."""

    code = "outside_window"
    for_her = _("Applications are taken from %(begin)s to %(end)s.")
    for_staff = for_her


class AlreadyOnFile(Refused):
    code = "already_on_file"
    for_her = _("Your household is on file already. You can apply for the programmes directly.")
    for_staff = _("Her household is on file already.")


class NotReviewed(Refused):
    code = "not_reviewed"
    for_her = _("Your application isn't being reviewed at the moment.")
    for_staff = _("This belongs to the review: the case isn't being reviewed at present.")


class VisitInvalid(Refused):
    """``field`` names what is wrong."""

    code = "visit_invalid"
    field = ""


class VisitTomorrow(VisitInvalid):
    code = "visit_tomorrow"
    field = "visited_on"
    for_staff = _("A visit can't have been made after today.")


class VisitBeforeApplication(VisitInvalid):
    code = "visit_before_application"
    field = "visited_on"
    for_staff = _("This day is before the application was begun.")


class VisitAlone(VisitInvalid):
    code = "visit_alone"
    field = "companion"
    for_staff = _("Two people visit a household: write who came along.")


class VisitForeignPaper(VisitInvalid):
    code = "visit_foreign_paper"
    field = "signature"
    for_staff = _("Choose a photo of the signature among the documents of this case.")


class VisitWithoutFinding(VisitInvalid):
    code = "visit_without_finding"
    field = "finding"
    for_staff = _("Write what you found, in a sentence at least.")


class UnknownExclusion(Refused):
    code = "unknown_exclusion"
    for_staff = _("This exclusion isn't among those of the income test in force.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_her = for_staff = _("Please say why, in a few words.")


class NoOverlap(Refused):
    code = "no_overlap"
    for_staff = _("This overlap doesn't exist any more. Look at the page again.")


class SumInvalid(Refused):
    code = "sum_invalid"
    for_staff = _("Write a sum above zero, in yuan with at most two decimals.")


class SumAboveCap(Refused):
    """Context: ``cap`` in yuan, of the programme."""

    code = "sum_above_cap"
    for_staff = _("The programme allows at most %(cap)s yuan.")


class NothingToSecond(Refused):
    code = "nothing_to_second"
    for_staff = _("No changed sum is waiting for a second person.")


class SecondPersonNeeded(Refused):
    code = "second_person_needed"
    for_staff = _("A second person has to look at this: not whoever changed the sum.")


class AwardedThisYear(Refused):
    code = "awarded_this_year"
    for_her = for_staff = _("This household has been awarded this programme this year already.")


class AwardedForThisEvent(Refused):
    code = "awarded_for_this_event"
    for_her = for_staff = _("The same event has been awarded already; this programme helps once for each event.")


class StudentAidedThisYear(Refused):
    code = "student_aided_this_year"
    for_her = for_staff = _("This student has been awarded study aid for this school year already.")


class NothingToAward(Refused):
    code = "nothing_to_award"
    for_staff = _("There is no sum to award. Let the rules compute it first.")


class NoFund(Refused):
    code = "no_fund"
    for_staff = _("The programme names no fund. Add one before you approve.")


class NoLivingLine(Refused):
    code = "no_living_line"
    for_her = _("The minimum living line of your region isn't entered for this year yet.")
    for_staff = _("No minimum living line is entered for her region and day. Add it among the standards.")


class FactMissing(Refused):
    code = "fact_missing"
    for_staff = _("The income test can't be answered yet: complete members and money first.")


class MonthInvalid(Refused):
    code = "month_invalid"
    for_staff = _("Choose a month that has begun, not before the household came on file.")


class NotYetLeaving(Refused):
    """Context: ``months`` observed in a row, ``needed``."""

    code = "not_yet_leaving"
    for_staff = _("She leaves as out of hardship after %(needed)s months in a row above the line; %(months)s so far.")


class StillInHardship(Refused):
    code = "still_in_hardship"
    for_staff = _("By the rules the household is in hardship: choose another reason, or correct the figures.")


class VisitMade(Refused):
    code = "visit_made"
    for_staff = _("This return visit is on record already.")


class LineTaken(Refused):
    code = "line_taken"
    for_staff = _("A line of this region begins on that day already.")


class LineCounts(Refused):
    code = "line_counts"
    for_staff = _("This line counts already: cases were judged by it. Enter a new one from a later day on.")


class NothingToActivate(Refused):
    code = "nothing_to_activate"
    for_staff = _("There is no draft to put in force.")


class ProgrammeUnfit(Refused):
    """``faults``: (field, code) of ``rules.programmes.faults``, and of what stands beside the rules."""

    code = "programme_unfit"
    for_staff = _("This version can't be put in force yet; the list below says what is missing.")

    def __init__(self, faults):
        super().__init__()
        self.faults = list(faults)


class NotDeclared(Refused):
    code = "not_declared"
    for_her = for_staff = _("Tick that what you stated is true. Without it we can't take the application.")


class NotLetCheck(Refused):
    code = "not_let_check"
    for_her = for_staff = _("Tick that the union may check it. Without it nothing can be decided.")


class SeenOlder(Refused):
    code = "seen_older"
    for_her = for_staff = _(
        "Something was changed since you opened this page, perhaps in another window. Look through it once more, "
        "then send it."
    )
