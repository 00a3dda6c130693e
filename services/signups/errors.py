"""Refusals of signups, with words for her and for staff."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class FormMismatch(Refused):
    code = "form_mismatch"
    for_staff = _("A training has one of the three forms; another activity has none.")


class HoursMissing(Refused):
    code = "hours_missing"
    for_staff = _("Say how many hours of training it counts for.")


class SensitiveQuestion(Refused):
    code = "sensitive_question"
    for_staff = _(
        "This isn't asked when somebody signs up: identity numbers, bank cards, illness, pregnancy, marriage, income "
        "and belief are nobody's business here (“%(word)s”)."
    )


class ChoicesMissing(Refused):
    code = "choices_missing"
    for_staff = _("Give at least two different answers to choose from, and at most twelve.")


class TooManyQuestions(Refused):
    code = "too_many_questions"
    for_staff = _("At most %(most)s questions can be asked.")


class AnswersWrong(Refused):
    """``faults`` holds (question, code) of every answer that can't be taken."""

    code = "answers_wrong"
    for_her = _("Some questions are not answered yet. The messages stand beside them.")

    def __init__(self, faults=()):
        super().__init__()
        self.faults = list(faults)


class NotAsked(Refused):
    code = "not_asked"
    for_staff = _("Tick that she asked you for it: without her word nothing is done in her name.")


class PlaceElsewhere(Refused):
    code = "place_elsewhere"
    for_staff = _("A place of this name is on record at another address: %(address)s. Choose another name.")


class SessionInThePast(Refused):
    code = "session_in_the_past"
    for_staff = _("This time is in the past.")


class NotAttended(Refused):
    code = "not_attended"
    for_her = _("This is for women who took part.")


class EvaluationEarly(Refused):
    code = "evaluation_early"
    for_her = _("The evaluation opens when the session is over.")


class EvaluationOver(Refused):
    code = "evaluation_over"
    for_her = _("The time for the evaluation is over.")


class EvaluationGivenAlready(AlreadyDone):
    code = "evaluation_given"
    for_her = _("You have handed in the evaluation already. It is anonymous, so it can't be changed.")


class CommentTells(Refused):
    code = "comment_tells"
    for_her = _("Please leave out numbers of people: the evaluation is anonymous.")


class NoCertificates(Refused):
    code = "no_certificates"
    for_staff = _("This activity gives no certificates.")


class CertificatesEarly(Refused):
    code = "certificates_early"
    for_staff = _("Certificates are issued once a session is over.")


class RevokedAlready(AlreadyDone):
    code = "revoked"
    for_staff = _("The certificate was declared invalid already.")


class RevocationReasonMissing(Refused):
    code = "revocation_reason"
    for_staff = _("Say why: the record keeps it.")
