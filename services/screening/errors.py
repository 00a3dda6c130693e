"""What screening refuses, with words for her and for staff."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class TermsNotPublished(Refused):
    """Nobody may book, and a programme may not open, before it is said who is eligible."""

    code = "terms_not_published"
    for_her = _("This programme isn't open yet.")
    for_staff = _("Publish the terms first: without them nobody can see whether she is eligible.")


class ChangeNoteMissing(Refused):
    code = "change_note_missing"
    for_her = for_staff = _("Say what changed and why: women and colleagues read it beside the new version.")


class ConsentMissing(Refused):
    """Her consent to the notice in force is missing; it is hers to give, so staff can't skip it."""

    code = "consent_missing"
    for_her = _("Please read and agree to how your data is used for screening first.")
    for_staff = _("She has not agreed to the notice in force. She can do so after signing in with her phone.")


class NotEligible(Refused):
    """``assessment`` carries the findings that explain it."""

    code = "not_eligible"
    for_her = _("You can't take part this time. The rules below say why, and what would change it.")
    for_staff = _("She doesn't meet the terms; the findings say which.")

    def __init__(self, assessment, **context):
        super().__init__(**context)
        self.assessment = assessment


class NeedsFacts(NotEligible):
    """Something is unknown: that is not a no."""

    code = "needs_facts"
    for_her = _("We need to know a little more before you can book.")
    for_staff = _("A fact is missing; the findings say which.")


class StatementInFuture(Refused):
    code = "statement_in_future"
    for_her = for_staff = _("The date of the last screening can't lie in the future.")


class NobodyChosen(Refused):
    code = "nobody_chosen"
    for_her = for_staff = _("Choose at least one woman.")


class TooManyWomen(Refused):
    """Context: ``limit``."""

    code = "too_many_women"
    for_her = for_staff = _("At most %(limit)s women can be enrolled at once. Enrol them in several groups.")


class SomeDontFit(Refused):
    """All or nothing was asked for, and the preview says of some woman that she doesn't fit."""

    code = "some_dont_fit"
    for_her = for_staff = _("Not all of them fit. Enrol those who fit, or take the others off the list first.")


class PaperNotAdmitted(Refused):
    code = "paper_not_admitted"
    for_her = for_staff = _("The terms of this programme don't admit consent on paper. She agrees by signing in.")


class HasAccount(Refused):
    code = "has_account"
    for_her = for_staff = _("She has an account: she agrees there herself.")


class NotAttended(Refused):
    """A result belongs to an examination: whoever was not there can have none."""

    code = "not_attended"
    for_her = for_staff = _("She was not checked in at this examination, so it can have no result.")


class ResultConsentMissing(Refused):
    """Her consent was withdrawn, or the notice is newer than it: nothing may be kept here."""

    code = "result_consent_missing"
    for_her = for_staff = _(
        "Her consent to keeping health data here doesn't stand. Hand the result to her yourself; don't enter it."
    )


class ResultContradicts(Refused):
    """``codes`` are those of ``rules.results.contradictions``."""

    code = "result_contradicts"
    for_her = for_staff = _("The values contradict each other. Please compare them with the report.")

    def __init__(self, codes=(), **context):
        super().__init__(**context)
        self.codes = tuple(codes)


class CorrectionReasonMissing(Refused):
    code = "correction_reason_missing"
    for_her = for_staff = _(
        "A result is entered already. Say why it is corrected: she reads the reason, and the earlier version is kept."
    )


class NextDueNotAhead(Refused):
    code = "next_due_not_ahead"
    for_her = for_staff = _("The next examination must lie after this one.")


class FollowUpEnded(Refused):
    """Nobody contacts her any more."""

    code = "follow_up_ended"
    for_her = for_staff = _("This follow-up has ended. She must not be contacted about it any more.")


class OutcomeMissing(Refused):
    code = "outcome_missing"
    for_her = for_staff = _("Say how it ended.")


class TooFewAttempts(Refused):
    """Context: ``needed``, ``made``, in days."""

    code = "too_few_attempts"
    for_her = for_staff = _(
        "“Can't be reached” needs tries on %(needed)s different days; %(made)s are on record. Write down each try."
    )


class AttemptInFuture(Refused):
    code = "attempt_in_future"
    for_her = for_staff = _("A try can't lie in the future, nor before the follow-up began.")


class ForeignSheet(Refused):
    """A workbook with women of another site: taken for a mix-up, refused whole. Context: ``rows``, their numbers."""

    code = "foreign_sheet"
    for_her = for_staff = _(
        "This workbook names bookings of another site (row %(rows)s). Nothing was taken from it. Choose the workbook "
        "of this site."
    )


class NoRowOfTheDay(Refused):
    code = "no_row_of_the_day"
    for_her = for_staff = _("No row of this workbook belongs to this site on this day. Nothing was taken from it.")


class LateWithinCutoff(Refused):
    """Context: ``hours``, the cut-off after which she can't cancel by herself at all."""

    code = "late_within_cutoff"
    for_her = for_staff = _(
        "Nothing would ever count as late: women can cancel only until %(hours)s hours before the session. Give a "
        "higher number, or lower that one."
    )


class DutyInterval(Refused):
    """Context: ``shortest``, ``longest``: what regions demand of employers, in months."""

    code = "duty_interval"
    for_her = for_staff = _(
        "An employer's check-up is due every %(shortest)s to %(longest)s months, as the region says. Choose the "
        "region, or give its figure."
    )
