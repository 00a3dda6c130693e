"""Why a step of a women workers' organisation is refused, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.errors import AlreadyDone, Refused


class UnionClosed(Refused):
    code = "union_closed"
    for_staff = _("This union is closed. Nothing is set up here any more.")


class NotAUnion(Refused):
    code = "not_a_union"
    for_staff = _("Only grassroots unions keep this record.")


class DayAhead(Refused):
    code = "day_ahead"
    for_staff = _("This day lies ahead. Enter the day on which it happened.")


class DayMissing(Refused):
    code = "day_missing"
    for_staff = _("Enter the day.")


class ElectedBeforePrepared(Refused):
    code = "elected_before_prepared"
    for_staff = _("The election can't be before its preparation, which began on %(day)s.")


class ApprovedBeforeElected(Refused):
    code = "approved_before_elected"
    for_staff = _("The approval can't be before the election of %(day)s.")


class BeforeTheTermInOffice(Refused):
    code = "before_the_term_in_office"
    for_staff = _("The term in office began on %(day)s. What comes after it can't be earlier.")


class AfterTheTermEnded(Refused):
    code = "after_the_term_ended"
    for_staff = _("This term ended on %(day)s, when the next one began. It can't have begun later.")


class UnionEndsTooLate(Refused):
    code = "union_ends_too_late"
    for_staff = _("A term that runs today ends on %(latest)s at the latest. Check the year.")


class LengthNotAdmitted(Refused):
    code = "length_not_admitted"
    for_staff = _("A term of %(years)s years isn't admitted here: it is one of %(admitted)s years.")


class EndOutOfTerm(Refused):
    code = "end_out_of_term"
    for_staff = _("A term of %(years)s years that began on %(began)s ends on %(latest)s at the latest.")


class TermUnderWay(Refused):
    code = "term_under_way"
    for_staff = _("A term is being prepared or waits for approval already. Finish it or call it off first.")


class StepMissing(Refused):
    code = "step_missing"
    for_staff = _("First the preparation, then the election, then the approval: this step isn't due yet.")


class TermOver(Refused):
    code = "term_over"
    for_staff = _("This term is over or was called off.")


class TermRuns(Refused):
    code = "term_runs"
    for_staff = _("This term is in office. It ends with the next one.")


class Approved(AlreadyDone):
    code = "approved"
    for_staff = pgettext_lazy("term of office", "It is approved already.")


class FiledAlready(AlreadyDone):
    code = "filed_already"
    for_staff = _("This step is filed already.")


class CalledOff(AlreadyDone):
    code = "called_off"
    for_staff = _("It was called off already.")


class ReturnedAlready(AlreadyDone):
    code = "returned_already"
    for_staff = _("It was returned already.")


class SaidNothing(Refused):
    code = "said_nothing"
    for_staff = _("Say why: the unit and the history read it.")


class NoHead(Refused):
    code = "no_head"
    for_staff = _("A committee has a head: name her.")


class NamedTwice(Refused):
    code = "named_twice"
    for_staff = _("%(name)s is named twice. Everybody holds one seat.")


class HeadThere(Refused):
    code = "head_there"
    for_staff = _("%(name)s is the head. She leaves the seat first.")


class HeadElsewhere(Refused):
    code = "head_elsewhere"
    for_staff = _(
        "%(name)s heads the women workers' committee of %(union)s already. Correct the name, or say below why: "
        "for instance that she is another person of the same name."
    )


class CommitteeNeeded(Refused):
    code = "committee_needed"
    for_staff = _(
        "With %(women)s women members a committee is required (from %(committee_from)s on): "
        "a commissioner isn't enough."
    )


class HeadcountMissing(Refused):
    code = "headcount_missing"
    for_staff = _("First state the number of women members of the union: by it a commissioner is enough or not.")


class CommissionerAlone(Refused):
    code = "commissioner_alone"
    for_staff = _("A commissioner works alone. For more seats, set up a committee.")


class LeftBeforeSheCame(Refused):
    code = "left_before_she_came"
    for_staff = _("She can't leave before %(day)s, the day on which she came.")


class BeforeTheVacancy(Refused):
    code = "before_the_vacancy"
    for_staff = _("The seat is vacant since %(day)s: nobody takes it earlier.")


class SeatVacant(AlreadyDone):
    code = "seat_vacant"
    for_staff = _("She has left this seat already.")


class SeatFilled(AlreadyDone):
    code = "seat_filled"
    for_staff = _("Somebody has taken this seat already.")


class NothingChanged(AlreadyDone):
    code = "nothing_changed"
    for_staff = _("Nothing was changed.")


class VersionBegun(Refused):
    code = "version_begun"
    for_staff = _("Unions are judged by this version already. Add another one with a later day.")


class VersionTaken(Refused):
    code = "version_taken"
    for_staff = _("There is a version of this federation for that day already.")


class VersionInThePast(Refused):
    code = "version_in_the_past"
    for_staff = _("A version begins tomorrow at the earliest: unions aren't judged anew for days that have passed.")


class PaperRefused(Refused):
    code = "paper_refused"
    for_staff = _("This union has %(limit)s papers on record. Take one back first.")


class PaperInUse(Refused):
    code = "paper_in_use"
    for_staff = _("This paper proves an item of a self-assessment that was handed up. It stays on record.")


class PaperOfTerm(PaperInUse):
    code = "paper_of_term"
    for_staff = _(
        "This paper belongs to an election or approval that counts. Only a federation officer above takes it back."
    )


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
        "This was saved after you had opened it, by somebody else or in another window. What you typed is still here, "
        "beside what is stored."
    )


class NotWithTheUnit(Refused):
    code = "not_with_the_unit"
    for_staff = _("It was handed up and can't be changed while it is reviewed.")


class ReviewedAlready(AlreadyDone):
    code = "reviewed_already"
    for_staff = _("It was reviewed already, with other points than these. Yours aren't saved.")


class SentBackAlready(AlreadyDone):
    code = "sent_back_already"
    for_staff = _("It was returned already, with other words than these. Yours aren't saved.")


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
