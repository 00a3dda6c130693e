"""Who may do what with claims. Every answer carries its reason.

The unit states what it knows and sees no diagnosis, no medical paper and no finding of the rules that tells of one.
Whoever holds a post with cases above the units may open them, each time on record.
"""

from django.utils.translation import gettext_lazy as _

from services.casework import policies as casework
from services.casework.models import Case
from services.casework.queries import is_same_person
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.mutual_aid.models import Claim
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS, Kind, Role
from services.organizations.models import Organization
from services.organizations.policies import holds
from services.workers.models import Worker

ADJUDICATORS = frozenset({Role.CASE_OFFICER, Role.FEDERATION_OFFICER})
CLAIM_READERS = ROSTER_READERS | {Role.FINANCE_OFFICER}
OWN = Verdict(False, _("Nobody works on a claim of her own."))
NO_DIAGNOSIS = Verdict(False, _("The unit's officers don't see the diagnosis: it is for whoever decides."))
_NOT_HERE = Verdict(False, _("Your posts have nothing to do with claims."))
_NO_NOMINATIONS = Verdict(False, _("The list of condolence visits is for officers of her unions."))
_NO_REMINDER = Verdict(False, _("Only federation officers send such a reminder."))


def may_represent(user, worker: Worker) -> Verdict:
    """An officer of her union or of one above it may claim for her, once she has authorised it."""
    if is_same_person(user, worker):
        return OWN
    return holds(user, worker.organization, *ROSTER_WRITERS)


def may_work_on(user, claim: Claim) -> Verdict:
    """What belongs to the review: whoever may handle the case."""
    return casework.may_handle(user, claim.case)


def may_see_health(user, claim: Claim) -> Verdict:
    """Diagnosis, grade, hospital, medical papers: posts with cases above the units, and no party to the case."""
    case = claim.case
    if is_same_person(user, case.worker):
        return OWN
    return sees_health_of(user, case)


def sees_health_of(user, case: Case) -> Verdict:
    """By her post alone. A post at a grassroots union never suffices, whatever its role."""
    step = Organization.steplen
    holding = {path for path, roles in scope_of(user).grants.items() if roles & ADJUDICATORS}
    above = {case.path[:end] for end in range(step, len(case.path) + 1, step)} & holding
    if not above:
        return NO_DIAGNOSIS
    places = Organization.objects.filter(path__in=above).exclude(kind=Kind.GRASSROOTS_UNION)
    return ALLOWED if places.exists() else NO_DIAGNOSIS


def whose_health_is_open(user, cases: list[Case]) -> list[Case]:
    """Those of the cases of which she may see it, as ``may_see_health``; one query."""
    holding = {path for path, roles in scope_of(user).grants.items() if roles & ADJUDICATORS}
    places = Organization.objects.filter(path__in=holding).exclude(kind=Kind.GRASSROOTS_UNION)
    above = tuple(places.values_list("path", flat=True))
    return [case for case in cases if case.path.startswith(above) and not is_same_person(user, case.worker)]


def may_adjudicate(user, claim: Claim) -> Verdict:
    """Judge the papers, change the sum, decide: whoever handles the case, may see what it is about and didn't decide
    about it before."""
    allowed = may_work_on(user, claim)
    allowed = may_see_health(user, claim) if allowed else allowed
    return casework.decides_anew(user, claim.case) if allowed else allowed


def may_read_claims(user) -> Verdict:
    """What was granted: whoever reads rosters or funds somewhere; scope decides what is in the list."""
    return ALLOWED if scope_of(user).paths(roles=CLAIM_READERS) else _NOT_HERE


def may_read_flagged(user) -> Verdict:
    """Decided claims that were marked: whoever decides about claims somewhere above the units."""
    return ALLOWED if scope_of(user).paths(roles=ADJUDICATORS) else _NOT_HERE


def may_look_again(user, claim: Claim) -> Verdict:
    """Say that a marked decision stands: whoever may see what it rests on and is no party to the case."""
    sees = may_see_health(user, claim)
    return casework.no_party(user, claim.case) if sees else sees


def may_read_nominations(user) -> Verdict:
    return ALLOWED if scope_of(user).paths(roles=ROSTER_WRITERS) else _NO_NOMINATIONS


def may_decide_nomination(user, organization: Organization) -> Verdict:
    return holds(user, organization, *ROSTER_WRITERS)


def may_draw_up(user) -> Verdict:
    """The year's list: federation officers, for everything within their reach."""
    return ALLOWED if scope_of(user).paths(roles=frozenset({Role.FEDERATION_OFFICER})) else _NO_NOMINATIONS


def may_look_back(user, organization: Organization | None = None) -> Verdict:
    """Federation officers of the place or of one above it; never for a unit alone, where a letter tells on somebody."""
    roles = frozenset({Role.FEDERATION_OFFICER})
    if organization is None:
        return ALLOWED if scope_of(user).paths(roles=roles) else _NO_REMINDER
    if organization.kind == Kind.GRASSROOTS_UNION:
        return _NO_REMINDER
    return holds(user, organization, *roles)


def may_represent_somebody(user) -> Verdict:
    return ALLOWED if scope_of(user).paths(roles=ROSTER_WRITERS) else _NOT_HERE
