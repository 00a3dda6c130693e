"""What casework refuses, in words for her and for staff."""

from django.utils.translation import gettext_lazy as _

from services.casework.errors.documents import (
    AlreadySent as AlreadySent,
)
from services.casework.errors.documents import (
    DocumentRefused as DocumentRefused,
)
from services.casework.errors.documents import (
    EmptyFile as EmptyFile,
)
from services.casework.errors.documents import (
    NotAccepted as NotAccepted,
)
from services.casework.errors.documents import (
    NotAPicture as NotAPicture,
)
from services.casework.errors.documents import (
    NotKept as NotKept,
)
from services.casework.errors.documents import (
    NotOpenForDocuments as NotOpenForDocuments,
)
from services.casework.errors.documents import (
    OfdFile as OfdFile,
)
from services.casework.errors.documents import (
    PaperActive as PaperActive,
)
from services.casework.errors.documents import (
    PaperBroken as PaperBroken,
)
from services.casework.errors.documents import (
    PaperLocked as PaperLocked,
)
from services.casework.errors.documents import (
    PaperTooLong as PaperTooLong,
)
from services.casework.errors.documents import (
    PartOutOfPlace as PartOutOfPlace,
)
from services.casework.errors.documents import (
    PictureBroken as PictureBroken,
)
from services.casework.errors.documents import (
    PictureTooLarge as PictureTooLarge,
)
from services.casework.errors.documents import (
    TooLarge as TooLarge,
)
from services.casework.errors.documents import (
    TooManyDocuments as TooManyDocuments,
)
from services.casework.errors.documents import (
    TooManyUploads as TooManyUploads,
)
from services.casework.errors.documents import (
    UnknownKind as UnknownKind,
)
from services.casework.errors.documents import (
    UploadIncomplete as UploadIncomplete,
)
from services.casework.errors.documents import (
    WrongDigest as WrongDigest,
)
from services.foundation.errors import AlreadyDone, Refused


class UnknownService(Refused):
    code = "unknown_service"
    for_her = for_staff = _("This service doesn't take applications here.")


class NoRoute(Refused):
    """Context: ``route``, the code under which no route is in force."""

    code = "no_route"
    for_her = _("Applications for this can't be taken at the moment. Please ask your union.")
    for_staff = _("No review route “%(route)s” is in force. Put one in force first.")


class ConsentMissing(Refused):
    """Somebody else would act for her without an authorisation in force for exactly this."""

    code = "consent_missing"
    for_her = for_staff = _(
        "Her authorisation for this is missing, has ended or was revoked. Ask her to sign one first."
    )


class ConsentTooLong(Refused):
    """Context: ``days``, the longest time an authorisation may last."""

    code = "consent_too_long"
    for_her = for_staff = _("An authorisation lasts %(days)s days at most and can't begin in the future.")


class ChangedMeanwhile(Refused):
    """The case isn't as it was when somebody decided about it. Context: ``what``, the last thing done to it."""

    code = "changed_meanwhile"
    for_her = _("Your application was changed meanwhile (%(what)s). Nothing was carried out. Please look at it again.")
    for_staff = _(
        "Somebody else has worked on this case meanwhile (%(what)s). Nothing was carried out: look at it again."
    )


class DoneBefore(AlreadyDone):
    """Somebody else has done the very same to what this person saw. Context: ``what`` was done, ``who``, ``at`` and
    ``stage``, all in words."""

    code = "done_before"
    for_her = _("%(what)s already, on %(at)s. Nothing was done a second time.")
    for_staff = _("%(what)s already: %(who)s, %(at)s. It stands at “%(stage)s”. Nothing was done a second time.")


class NotPossibleNow(Refused):
    """Context: ``verb`` and ``stage`` in words."""

    code = "not_possible_now"
    for_her = for_staff = _("“%(verb)s” isn't possible: the case stands at “%(stage)s”.")


class NotAtThisStep(Refused):
    """Context: ``verb`` and ``step`` in words."""

    code = "not_at_this_step"
    for_her = for_staff = _("“%(verb)s” isn't possible at the step “%(step)s”.")


class ReasonMissing(Refused):
    code = "reason_missing"
    for_her = _("Please say why, in your own words.")
    for_staff = _("Say why: these are the words that the applicant reads.")


class NotComplete(Refused):
    """``missing`` lists all of it at once (``registry.Missing``)."""

    code = "not_complete"
    for_her = _("Something is still missing: %(count)s items. They are all listed below.")
    for_staff = _("%(count)s items are still missing. They are all listed below.")

    def __init__(self, missing=()):
        super().__init__(count=len(missing))
        self.missing = list(missing)


class Obstructed(Refused):
    """``findings`` are the service's reasons why this can't be done yet."""

    code = "obstructed"
    for_her = for_staff = _("This can't be done yet. The reasons are listed below.")

    def __init__(self, findings=()):
        super().__init__()
        self.findings = list(findings)


class Obstructs(Refused):
    """The same in one sentence, for a line of a table. Context: ``why``."""

    code = "obstructs"
    for_her = for_staff = _("This can't be done yet: %(why)s")


class OpenObjection(Refused):
    code = "open_objection"
    for_her = _("An objection is still being looked into.")
    for_staff = _("An objection is still open. Settle it first: there you say whether the case goes on or is refused.")


class NoticeStanding(Refused):
    """Context: ``until``, the last day of the notice; empty when none stood."""

    code = "notice_standing"
    for_her = for_staff = _("The public notice has not stood its full time yet.")


class AppealTooLate(Refused):
    """Context: ``days``, ``until`` (the last day)."""

    code = "appeal_too_late"
    for_her = for_staff = _(
        "The time to appeal ended on %(until)s, %(days)s days after the decision. A new application is still possible."
    )


class AppealedAlready(Refused):
    code = "appealed_already"
    for_her = for_staff = _("This refusal was looked at again already. A new application is still possible.")


class NothingAsked(Refused):
    code = "nothing_asked"
    for_her = for_staff = _("Name at least one thing that is missing.")


class AskedTwice(Refused):
    """Context: ``items``."""

    code = "asked_twice"
    for_her = for_staff = _("One thing stands twice in the list: %(items)s.")


class SuppliedAlready(Refused):
    """Context: ``items``: what she handed in already and may be asked for again only with a reason."""

    code = "supplied_already"
    for_her = for_staff = _("She has supplied this already: %(items)s. Say for each why she should send it again.")


class ClaimedByAnother(Refused):
    """Context: ``who``, a colleague's name."""

    code = "claimed_by_another"
    for_her = for_staff = _("%(who)s is working on this case. Take it over if you want to go on in her place.")


class NotYours(Refused):
    code = "not_yours"
    for_her = for_staff = _("This case isn't on your desk.")


class CantReceive(Refused):
    """Context: ``who``; ``why`` in words."""

    code = "cant_receive"
    for_her = for_staff = _("%(who)s can't take this case: %(why)s")


class DeputyWithoutPost(Refused):
    """Context: ``who``, ``place``."""

    code = "deputy_without_post"
    for_her = for_staff = _(
        "%(who)s holds no post with cases at %(place)s. Deputising lends no rights: give her the post first."
    )


class DeputyIsHerself(Refused):
    code = "deputy_is_herself"
    for_her = for_staff = _("Nobody can be her own deputy.")


class DeputyTwice(Refused):
    code = "deputy_twice"
    for_her = for_staff = _("She is the deputy on some of these days already.")


class EndsBeforeItBegins(Refused):
    code = "ends_before_it_begins"
    for_her = for_staff = _("The last day can't lie before the first.")


class RouteFaulty(Refused):
    """``faults`` are codes of ``rules.routes``; ``wording.route_fault`` words them."""

    code = "route_faulty"
    for_her = for_staff = _("This route can't be put in force. What has to be changed is listed below.")

    def __init__(self, faults=()):
        super().__init__()
        self.faults = list(faults)


class RouteInForce(Refused):
    code = "route_in_force"
    for_her = for_staff = _("A version that was put in force never changes. Make a new version.")


class DayTaken(Refused):
    code = "day_taken"
    for_her = for_staff = _("There is an exception for this day already. Change that one.")


class NobodyOnNotice(Refused):
    code = "nobody_on_notice"
    for_her = for_staff = _("Choose at least one case for the notice.")


class TooManyOnNotice(Refused):
    """Context: ``most``."""

    code = "too_many_on_notice"
    for_her = for_staff = _("A notice holds %(most)s lines at most. Choose fewer cases and publish a second notice.")


class NotForThisNotice(Refused):
    """Context: ``number`` of the case."""

    code = "not_for_this_notice"
    for_her = for_staff = _("Case %(number)s doesn't wait for a notice of this organisation.")


class ChangedSincePreview(Refused):
    code = "changed_since_preview"
    for_her = for_staff = _("What would be public has changed since the preview. Nothing was published: look again.")


class NoticeIsOver(Refused):
    code = "notice_is_over"
    for_her = for_staff = _("This notice is over already.")


class WindowClosed(Refused):
    code = "window_closed"
    for_her = for_staff = _(
        "The time for objections to this line is over. You can still call the number of the notice."
    )


class AnswerMissing(Refused):
    code = "answer_missing"
    for_her = for_staff = _("Please write your answer.")


class QuestionMissing(Refused):
    code = "question_missing"
    for_her = for_staff = _("Write the question that the applicant is to answer.")


class ComplaintEmpty(Refused):
    code = "complaint_empty"
    for_her = for_staff = _("Please write what happened.")


class ComplaintEnded(AlreadyDone):
    code = "complaint_ended"
    for_her = for_staff = _("This complaint was answered or taken back already.")


class NumberKnown(Refused):
    code = "number_known"
    for_her = for_staff = _("Choose a day that lies ahead: a number that is known already could be chosen to fit.")


class NothingDecided(Refused):
    code = "nothing_decided"
    for_her = for_staff = _("Nothing was decided in these days.")


class ListTooLong(Refused):
    code = "list_too_long"
    for_her = for_staff = _("More than %(most)s applications were decided in these days. Choose fewer days.")


class NumberUnfit(Refused):
    code = "number_unfit"
    for_her = for_staff = _("Enter its digits, %(fewest)s to %(most)s of them.")


class NumberNotYet(Refused):
    code = "number_not_yet"
    for_her = for_staff = _("The number is entered on %(day)s or later.")


class DrawnAlready(Refused):
    code = "drawn_already"
    for_her = for_staff = _("The sample was drawn with another number already. It isn't drawn again.")


class ListChanged(Refused):
    code = "list_changed"
    for_her = for_staff = _("The frozen list was changed since: nothing is drawn from it. Tell the administrator.")


class FindingMissing(Refused):
    code = "finding_missing"
    for_her = for_staff = _("Say what you found.")


class LookedAtAlready(AlreadyDone):
    code = "looked_at_already"
    for_her = for_staff = _("A colleague has looked at it already: nothing was changed.")


class SettledAlready(Refused):
    code = "settled_already"
    for_her = for_staff = _("This objection was settled already.")


class OthersOpen(Refused):
    code = "others_open"
    for_her = for_staff = _("Another objection to the same line is still open. Settle it first.")


class NoMoreTime(Refused):
    """Context: ``times``, ``days``: how often, and by how many working days at most, the time may be extended."""

    code = "no_more_time"
    for_her = for_staff = _("The time can be extended %(times)s times, each by 1 to %(days)s working days.")


class NotSheHerself(Refused):
    code = "not_she_herself"
    for_her = _("Only the applicant herself, or somebody of her union whom she has authorised, can do this.")
    for_staff = _("Record her authorisation first: what is signed for, how, and until when.")
