"""Who keeps away from a case because she has a part in it herself: refused before any right of hers is asked about.

The sentences name nobody: a colleague reads them too, when the case can't be handed over.
"""

from django.utils.translation import gettext_lazy as _

from services.casework.enums import CASE_HANDLERS, Stage
from services.casework.models import Case
from services.casework.queries.parties import parties_of
from services.casework.queries.people import filers_of
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict

_OWN = Verdict(False, _("Nobody handles her own application: a colleague has to."))
_RECUSED = Verdict(False, _("A relation to the applicant was declared: a colleague has to handle this application."))
_HOUSEHOLD = Verdict(False, _("Nobody handles an application of her own household: a colleague has to."))
_FILED = Verdict(False, _("Whoever filed an application in a woman's name doesn't handle it: a colleague has to."))


def no_party(user, case: Case) -> Verdict:
    """Not the applicant, nobody of her household, nobody who declared a relation, nobody who filed it in her name."""
    verdict = unrelated(user, case)
    if not verdict:
        return verdict
    return _FILED if user.pk in filers_of(case) else ALLOWED


def unrelated(user, case: Case) -> Verdict:
    """The same without whoever filed it: she knows what stands in it."""
    parties = parties_of(case)
    if user.pk in parties.own or user.pk == case.worker.user_id:
        return _OWN
    if user.pk in parties.recused:
        return _RECUSED
    return _HOUSEHOLD if user.pk in parties.household else ALLOWED


def may_recuse(user, case: Case) -> Verdict:
    """Declare that she keeps away: whoever of staff might come to handle it, by a post at its union or above it."""
    if case.stage == Stage.DRAFT or not scope_of(user).covers(case.path, roles=CASE_HANDLERS):
        return Verdict(False, _("You hold no post with cases where this case lies."))
    return ALLOWED
