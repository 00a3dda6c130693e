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
