"""Codes of casework with their labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.enums import Role


class Stage(models.TextChoices):
    """Where a case stands. ``workflow.EDGES`` says which verb leads from which to which."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned for more material")
    NOTICE = "notice", _("Public notice")
    OBJECTION = "objection", _("Objection under review")
    APPROVED = "approved", _("Approved")
    BEING_PAID = "being_paid", _("Being paid")
    CLOSED = "closed", _("Closed")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    APPEALED = "appealed", _("Appealed")


# Nobody has decided yet, and the case is out of her hands.
WAITING_ON_STAFF = frozenset({Stage.IN_REVIEW, Stage.NOTICE, Stage.OBJECTION, Stage.APPEALED})
WAITING_ON_HER = frozenset({Stage.DRAFT, Stage.RETURNED})
OPEN = WAITING_ON_STAFF | WAITING_ON_HER | {Stage.APPROVED, Stage.BEING_PAID}
OVER = frozenset({Stage.CLOSED, Stage.REFUSED, Stage.WITHDRAWN})


class StepKind(models.TextChoices):
    VERIFY = "verify", _("Check the papers")
    HOME_VISIT = "home_visit", _("Visit the household")
    PUBLIC_NOTICE = "public_notice", _("Public notice")
    APPROVE = "approve", _("Decide")
    FILE = "file", _("File")


class RouteState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    RETIRED = "retired", _("Replaced")


class Verb(models.TextChoices):
    """What can be done to a case; each is one row of ``workflow.EDGES`` for every stage it starts from."""

    SUBMIT = "submit", _("Submitted")
    PASS_STEP = "pass_step", _("Step passed")
    RETURN = "return", _("Returned for more material")
    RESUBMIT = "resubmit", _("Material supplied")
    PUBLISH = "publish", _("Public notice begun")
    END_NOTICE = "end_notice", _("Public notice ended")
    OBJECT = "object", _("Objection received")
    SETTLE_OBJECTION = "settle_objection", _("Objection settled")
    APPROVE = "approve", _("Approved")
    REFUSE = "refuse", pgettext_lazy("application", "Refused")
    WITHDRAW = "withdraw", _("Withdrawn")
    START_PAYMENT = "start_payment", _("Payment begun")
    CLOSE = "close", _("Closed")
    APPEAL = "appeal", _("Appealed")
    UPHOLD = "uphold", _("Refusal upheld on appeal")
    REOPEN = "reopen", _("Reopened")
    TAKE_DOWN = "take_down", _("Public notice taken down")


class Actor(models.TextChoices):
    """Who may set a verb in motion."""

    APPLICANT = "applicant", _("the applicant")
    HANDLER = "handler", _("whoever handles the step")
    SYSTEM = "system", _("the system")


class FiledBy(models.TextChoices):
    HERSELF = "herself", _("Herself")
    REPRESENTATIVE = "representative", _("A representative with her consent")


class ConsentWay(models.TextChoices):
    """How she let somebody apply in her name."""

    PAPER = "paper", _("Signed on paper")
    SCREEN = "screen", _("Signed on the screen")


class ScanState(models.TextChoices):
    """A file that is not ``clean`` is shown to nobody."""

    WAITING = "waiting", _("Being checked")
    CLEAN = "clean", _("Checked")
    QUARANTINED = "quarantined", _("Held back: the checker can't be reached")
    INFECTED = "infected", _("Refused: harmful")


class NoticeState(models.TextChoices):
    STANDING = "standing", _("Standing")
    ENDED = "ended", _("Ended")
    TAKEN_DOWN = "taken_down", _("Taken down")


class ObjectionAbout(models.TextChoices):
    """What an objection is about: the most that the applicant learns of it."""

    INCOME = "income", _("Income or property of the household")
    HOUSEHOLD = "household", _("Who belongs to the household")
    NEED = "need", _("Whether the help is needed")
    MEMBERSHIP = "membership", _("Whether she belongs to the union or the workplace")
    OTHER = "other", _("Something else")


class ComplaintAbout(models.TextChoices):
    """What a complaint about the handling of an application is about."""

    SLOW = "slow", _("It takes too long, or nobody answers")
    MANNER = "manner", _("How I was spoken to or treated")
    PAPERS = "papers", _("Papers asked for again and again, or not accepted")
    UNEQUAL = "unequal", _("I was treated differently from others")
    PRIVACY = "privacy", _("Somebody told others about me")
    FAVOUR = "favour", _("Money or a favour was asked for")
    OTHER = "other", _("Something else")


class ComplaintState(models.TextChoices):
    OPEN = "open", pgettext_lazy("complaint", "Open")
    ANSWERED = "answered", pgettext_lazy("complaint", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "Taken back")


class ComplaintOutcome(models.TextChoices):
    """She reads these words."""

    RIGHT = "right", _("You were right to complain")
    PARTLY = "partly", _("You were right in part")
    NOT = "not", _("We found nothing wrong in how it was handled")


class RecheckOutcome(models.TextChoices):
    """What a second look at a decided case found."""

    RIGHT = "right", _("Decided rightly")
    FORMAL = "formal", _("Decided rightly, with faults in how it was handled")
    WRONG = "wrong", _("Should have been decided otherwise")
    NOT_POSSIBLE = "not_possible", _("Can't be looked at any more")


class ObjectionStep(models.TextChoices):
    RECEIVED = "received", _("Received")
    ASKED = "asked", _("Question put to the applicant")
    ANSWERED = "answered", _("Answered by the applicant")
    EXTENDED = "extended", _("Time extended")
    SETTLED = "settled", _("Settled")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("Being looked into")
    SETTLED = "settled", _("Settled")


class ObjectionOutcome(models.TextChoices):
    """The class that the objector learns; never more."""

    UPHELD = "upheld", _("The objection was right")
    PARTLY = "partly", _("The objection was right in part")
    NOT_UPHELD = "not_upheld", _("The objection was not right")
    NO_BEARING = "no_bearing", _("The objection had no bearing on the decision")


# Who handles cases, where she holds the post itself.
CASE_HANDLERS = frozenset({Role.CASE_OFFICER, Role.FEDERATION_OFFICER, Role.GRASSROOTS_OFFICER})
# Who keeps the words that colleagues may choose from.
REASON_KEEPERS = frozenset({Role.CASE_OFFICER, Role.FEDERATION_OFFICER})
# The verbs whose words she reads.
WORDED = (Verb.RETURN, Verb.REFUSE, Verb.APPROVE, Verb.UPHOLD, Verb.REOPEN)

# Verbs by which somebody takes a step, and those that decide: what the rule of the second person looks at.
TAKING = frozenset({Verb.PASS_STEP, Verb.PUBLISH, Verb.RETURN, Verb.SETTLE_OBJECTION})
DECIDING = frozenset({Verb.APPROVE, Verb.REFUSE, Verb.UPHOLD})
# A case that begins again from its end has its steps taken anew.
CLOSED_REOPENING = (Verb.REOPEN, Stage.CLOSED)


class Tie(models.TextChoices):
    """Why somebody of staff keeps away from a woman's applications."""

    RELATIVE = "relative", _("Relatives, or formerly married")
    HOUSEHOLD = "household", _("One household")
    CLOSE = "close", _("Close, or in dispute with one another")
    OWN = "own", _("Her own application")


class Handling(models.TextChoices):
    """What happens to a case besides the verbs: it stays in its stage. Lines of the timeline for staff."""

    CLAIM = "claim", _("Taken on")
    HAND_OVER = "hand_over", _("Handed over")
    PUT_BACK = "put_back", _("Put back")
    TAKE_OVER = "take_over", _("Taken over")
    REROUTED = "rerouted", _("Moved to another desk: the organisations changed")
    HERS_AGAIN = "hers_again", _("Taken over by the applicant")
    SUPPLIED = "supplied", _("Marked as supplied")
    RECUSED = "recused", _("Keeps away from this case")
