"""Refusals around a claim. No context holds a name, a sum or an illness of anybody's."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class ParticularsInvalid(Refused):
    """``faults`` (``rules.typed.Fault``) say which field is wrong and why."""

    code = "particulars_invalid"
    for_her = _("Some entries can't be right yet. They are marked below; nothing you typed is lost.")
    for_staff = _("Some entries can't be right yet. They are marked below; nothing is lost.")

    def __init__(self, faults):
        super().__init__()
        self.faults = list(faults)


class ClaimChanged(Refused):
    code = "claim_changed"
    for_her = _(
        "This claim was changed elsewhere since you opened it. What is stored now is shown beside what you typed; "
        "compare, then save again."
    )
    for_staff = for_her


class ClaimClosed(Refused):
    code = "claim_closed"
    for_her = _("This can't be changed any more: your claim is being reviewed, or it is decided.")
    for_staff = _("This claim can't be changed in its present state.")


class NoConsent(Refused):
    code = "no_consent"
    for_her = _("Please read the privacy notice on mutual aid and agree to it first.")
    for_staff = _("She has not agreed to the privacy notice on mutual aid yet. Record her consent first.")


class NoCover(Refused):
    code = "no_cover"
    for_her = _("There is no cover of yours to claim on. Ask the officer of your union.")
    for_staff = _("She has no cover in this scheme.")


class ClaimsNotOpen(Refused):
    code = "claims_not_open"
    for_her = _("Claims of this scheme can't be taken here yet. Ask the officer of your union.")
    for_staff = _("The terms name no review route that is in force.")


class ClaimedAlready(Refused):
    code = "claimed_already"
    for_her = _("This cover was claimed already and ended by that claim.")
    for_staff = for_her


class ClaimUnderWay(Refused):
    code = "claim_under_way"
    for_her = _("There is a claim on this cover already. Go on with that one.")
    for_staff = _("Another claim on this cover is under way: decide that one first.")


class PaidForThisDisease(Refused):
    code = "paid_for_this_disease"
    for_staff = _("This disease was paid for already.")


class NotDeclared(Refused):
    code = "not_declared"
    for_her = _("Please confirm that what you stated is true.")
    for_staff = _("Her declaration is missing.")


class SeenOlder(Refused):
    code = "seen_older"
    for_her = _("Something was changed since you opened this page. Please look through it once more, then send it.")
    for_staff = _("Something was changed since this page was opened. Look through it once more.")


class NotUnderReview(Refused):
    code = "not_under_review"
    for_staff = _("This belongs to the review: the claim isn't in review now.")


class ReasonTooShort(Refused):
    code = "reason_too_short"
    for_her = for_staff = _("Give a reason in a few words.")


class SumInvalid(Refused):
    code = "sum_invalid"
    for_staff = _("Enter a sum above zero and below ten million yuan, with at most two digits after the point.")


class NothingToSecond(Refused):
    code = "nothing_to_second"
    for_staff = _("There is no changed sum to agree to, or it is another one by now.")


class SecondPersonNeeded(Refused):
    code = "second_person_needed"
    for_staff = _("Whoever changed the sum can't agree to it: a colleague has to.")


class NothingToPay(Refused):
    code = "nothing_to_pay"
    for_staff = _("The rules give no sum.")


class PaidDifferently(Refused):
    code = "paid_differently"
    for_staff = _("Another sum was paid on this application already. A further sum needs an application of its own.")


class NoFund(Refused):
    code = "no_fund"
    for_staff = _("The terms name no fund.")


class StatementMissing(Refused):
    code = "statement_missing"
    for_staff = _("Write the statement first.")


class NominationDecided(Refused):
    code = "nomination_decided"
    for_staff = _("Somebody else has decided about this line meanwhile.")


class TooFewToRemind(Refused):
    """Context: ``least``."""

    code = "too_few_to_remind"
    for_staff = _(
        "Fewer than %(least)s women are covered there: a reminder would tell on them. Choose a wider organisation."
    )
