"""Why an action on a worker's record was refused."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class NoMatch(Refused):
    """One answer for every miss: no such record, another name, another number, tied to somebody already."""

    code = "no_match"
    for_her = _("What you entered doesn't match a record with your phone number. Check both, or ask your union.")


class TooManyTries(Refused):
    code = "too_many_tries"
    for_her = _(
        "You have tried %(limit)s times today. You can try again tomorrow, or ask your union to find your record now."
    )


class AlreadyTied(Refused):
    code = "already_tied"
    for_her = _("Your account is tied to your record already.")
    for_staff = _("This record or this account is tied already: nothing was changed.")


class AnotherRequestWaits(Refused):
    code = "another_request_waits"
    for_her = _("You have asked %(union)s already. Withdraw that request before you ask another union.")


class AlreadyDecided(Refused):
    code = "already_decided"
    for_her = _("This request has been answered already.")
    for_staff = _("This request has been answered already: nothing was changed.")


class OtherUnionsRecord(Refused):
    code = "other_unions_record"
    for_her = _("This record belongs to another union.")
    for_staff = _("This record doesn't belong to the union that was asked, or to one below it.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_her = _("A reason is missing.")
    for_staff = _("Say why: she reads it.")


class NumberInvalid(Refused):
    code = "number_invalid"
    for_staff = _("This isn't a valid identity number of a woman. Compare it with her card.")


class NumberTaken(Refused):
    code = "number_taken"
    for_staff = _("Another record carries this identity number. Look it up by number before you change anything.")


class WhyTheNumber(Refused):
    code = "why_the_number"
    for_staff = _("Say why the identity number changes: the reason goes into the history, the number doesn't.")


class UnionClosed(Refused):
    code = "union_closed"
    for_staff = _("%(union)s is closed. Choose a union that is open.")


class LineRefused(Refused):
    """What the importer of rosters would refuse, with its ``faults``."""

    code = "line_refused"
    for_staff = _("Correct what is marked: nothing was saved.")

    def __init__(self, faults):
        super().__init__()
        self.faults = faults


class OnTheRoster(Refused):
    """She is on this union's roster; ``worker`` is her record."""

    code = "on_the_roster"
    for_staff = _("She is on this roster already. This is her record; nothing was changed.")

    def __init__(self, worker):
        super().__init__()
        self.worker = worker


class SameRecord(Refused):
    code = "same_record"
    for_staff = _("Choose two different records.")


class RecordsCollide(Refused):
    """Both records hold something alive that one woman can't have twice; ``obstacles`` say what, in words."""

    code = "records_collide"
    for_staff = _("What is open under both records has to be settled first: nothing was changed.")

    def __init__(self, obstacles):
        super().__init__()
        self.obstacles = obstacles


class MergedElsewhere(Refused):
    code = "merged_elsewhere"
    for_her = _("Your record is being joined with another one of yours. Please look again in a moment.")
    for_staff = _("One of the two records has become part of a third one meanwhile: nothing was changed.")


class WhyMerged(Refused):
    code = "why_merged"
    for_staff = _("Say what you compared: it stays in the history, without numbers.")
