"""Why something about a child's file is refused, in words. No word here names a child."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class NoSuchStep(Refused):
    code = "no_such_step"
    for_staff = _("A file that is “%(state)s” can't take this step.")
    for_her = _("This can't be done with the file any more.")


class ReasonNeeded(Refused):
    code = "reason_needed"
    for_staff = for_her = _("Say why.")


class NoConsent(Refused):
    code = "no_consent"
    for_staff = _("The guardian hasn't agreed to “%(purpose)s”, so this can't be stored.")


class NotAGuardian(Refused):
    code = "not_a_guardian"
    for_staff = _(
        "Somebody who only looks after the child isn't its guardian. The parents stay guardians while they are away: "
        "send one of them the link, or record proof of guardianship first."
    )
    for_her = _("Only a parent or legal guardian can answer this.")


class EvidenceMissing(Refused):
    code = "evidence_missing"
    for_staff = _("Guardianship that isn't a parent's needs proof: name the document.")


class ConsentEvidenceMissing(Refused):
    code = "consent_evidence_missing"
    for_staff = _("Say what proves it: the scanned paper, or the witness.")


class NoticeChanged(Refused):
    code = "notice_changed"
    for_staff = for_her = _("The notice has changed since this page was opened. Please read the new one.")


class NoticeNotThere(Refused):
    code = "notice_not_there"
    for_staff = for_her = _("No notice is in force for this purpose yet.")


class PurposeOff(Refused):
    code = "purpose_off"
    for_staff = _("“%(purpose)s” isn't switched on: an impact assessment comes first.")
    for_her = _("This isn't used at the moment.")


class AssessmentNeeded(Refused):
    code = "assessment_needed"
    for_staff = _("An impact assessment for this very purpose has to be on record before it is switched on.")


class AskedAlready(Refused):
    code = "asked_already"
    for_staff = _("The guardian has said no. She isn't asked again; she can change her mind on her own link.")


class OnFileAlready(Refused):
    code = "on_file_already"
    for_staff = _("A child of this name and birthday has a file in this home already: %(code)s.")


class BirthUnfit(Refused):
    code = "birth_unfit"
    for_staff = _("A child in a home is under 18 and was born before today.")


class NumberOff(Refused):
    code = "number_off"
    for_staff = _("Identity numbers of children aren't kept. This programme hasn't switched them on.")


class NumberUnfit(Refused):
    code = "number_unfit"
    for_staff = _("This identity number isn't right. Check it digit by digit.")


class CarerExcluded(Refused):
    code = "carer_excluded"
    for_staff = _("This person may not be entrusted with a child: %(why)s.")


class NotChecked(Refused):
    code = "not_checked"
    for_staff = _("Check all four grounds for exclusion first.")


class DayOdd(Refused):
    code = "day_odd"
    for_staff = _("This day can't be right.")


class NotYourFile(Refused):
    code = "not_your_file"
    for_staff = _("You may not read this file now. Ask the leader named for your county.")


class NobodyToApprove(Refused):
    code = "nobody_to_approve"
    for_staff = _("Only another officer of the same county's women's federation can approve this.")


class AskedTwice(AlreadyDone):
    code = "asked_twice"
    for_staff = _("You have asked already. It waits for approval.")


class DecidedAlready(AlreadyDone):
    code = "decided_already"
    for_staff = _("Somebody has decided this already.")


class Spent(Refused):
    code = "link_spent"
    for_staff = _("This link has been used or is over.")
    for_her = _("This link has been used or is too old. Ask the teacher for a new one.")


class CodeRefused(Refused):
    code = "code_refused"
    for_her = _("The code or the answer isn't right. Please look again.")


class TooManyTries(Refused):
    code = "too_many_tries"
    for_her = _("That was wrong too often. Ask the teacher for a new link.")


class Patience(Refused):
    code = "patience"
    for_her = _("Too many codes were sent. Please try again in %(minutes)s minutes.")


class NoPhone(Refused):
    code = "no_phone"
    for_staff = _("No phone number is on record for this guardian.")


class AnswerMissing(Refused):
    code = "answer_missing"
    for_staff = _("Write the answer: the guardian gets it in writing.")


class AppealMissing(Refused):
    code = "appeal_missing"
    for_staff = _("A refusal says where the guardian can appeal.")


class NotReportedYet(Refused):
    code = "not_reported_yet"
    for_staff = _("Say to whom it was reported and when.")


class NamesMissing(Refused):
    code = "names_missing"
    for_staff = _("Two different people have to be named.")


class NoRule(Refused):
    code = "no_retention_rule"
    for_staff = _("No retention rule is set: nothing is made anonymous before somebody decides after how many years.")


class NotShared(Refused):
    code = "not_shared"
    for_staff = _("Nothing was shared: the guardians of %(count)s of these children haven't agreed to it.")


class NotExported(Refused):
    code = "not_kept_long_enough"
    for_staff = _("This record is kept for at least three years.")


class PaperLimit(Refused):
    code = "paper_limit"
    for_staff = _("This file has %(limit)s papers. Take one out first.")


class LooksUsedUp(Refused):
    code = "looks_used_up"
    for_staff = _("You have opened %(limit)s files within an hour, which is the limit. Please go on later.")


class NumberTaken(Refused):
    code = "number_taken"
    for_staff = _("An assessment of this number is on record already.")


class NothingAsked(Refused):
    code = "nothing_asked"
    for_staff = _("Tick at least one kind of data.")


class OverBefore(Refused):
    code = "over_before"
    for_staff = _("Its time is over. Ask again if the workbook is still needed.")


class NobodyInHome(Refused):
    code = "nobody_in_home"
    for_staff = _("No child of this home has a file in use.")


class CopiesUsedUp(Refused):
    code = "copies_used_up"
    for_staff = _("This workbook was taken %(limit)s times, which is the limit. Ask again.")


class NameFixed(Refused):
    code = "name_fixed"
    for_staff = _(
        "She has answered under this name already. Somebody else is added as another guardian, and this one is ended."
    )


class LastGuardian(Refused):
    code = "last_guardian"
    for_staff = _("A child needs a guardian who can be asked. Add the other guardian first.")
