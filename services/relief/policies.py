"""Who may do what with files and applications. Every answer carries its reason."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from services.casework import policies as casework
from services.casework.enums import CASE_HANDLERS, WAITING_ON_HER, WAITING_ON_STAFF
from services.casework.models import Case
from services.casework.queries import is_same_person
from services.casework.queries.parties import has_recused
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS, Role
from services.organizations.policies import holds
from services.organizations.queries import ancestor_paths
from services.relief import queries
from services.relief.enums import LIVE_FILES
from services.relief.models import Application, Household
from services.workers.models import Worker

NOT_HERS = Verdict(False, _("This file isn't yours."))
UNDER_REVIEW = Verdict(False, _("The application is being reviewed: only whoever handles it may change the file."))
WITH_HER = Verdict(False, _("The application lies with her, or with whom she authorised, until it is handed in."))
OVER = Verdict(False, _("The file is closed."))
OWN_HOUSEHOLD = Verdict(False, _("Nobody works on an application of her own or of somebody of her household."))


RELATED = Verdict(False, _("A relation to the applicant was declared: a colleague has to handle this application."))


def may_read_files(user) -> Verdict:
    """Somewhere, at least; which files she sees, her scope decides."""
    if scope_of(user).paths(roles=ROSTER_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include hardship files."))


def may_keep_files(user) -> Verdict:
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't allow working on hardship files."))


def may_read_file(user, household: Household) -> Verdict:
    """Masked; whoever reads rosters of her union, or of one above it."""
    return holds(user, household.organization, *ROSTER_READERS)


def may_reveal(user, household: Household) -> Verdict:
    """A value in clear asks for a post that works on files, and for nobody's own household nor a relative's."""
    if is_own(user, household.worker) or queries.lives_in(user, household):
        return OWN_HOUSEHOLD
    if has_recused(user, [household.worker_id]):
        return RELATED
    return holds(user, household.organization, *ROSTER_WRITERS)


def may_keep_file(user, household: Household) -> Verdict:
    """What becomes of a file that lives: months, checks, suspending, leaving."""
    return may_reveal(user, household)


def may_write_file(user, household: Household, *, now: datetime) -> Verdict:
    """She or her representative while the application lies with her; whoever handles it while it is reviewed; else
    an officer of her union or of one above it."""
    if household.state not in LIVE_FILES:
        return OVER
    cases = queries.open_cases_of(household)
    with_her = [case for case in cases if case.stage in WAITING_ON_HER]
    if any(casework.speaks_for(user, case, now=now) for case in with_her):
        return ALLOWED
    if getattr(user, "is_worker", False):
        return UNDER_REVIEW if household.worker.user_id == user.pk else NOT_HERS
    reviewed = [case for case in cases if case.stage in WAITING_ON_STAFF]
    if reviewed:
        return ALLOWED if any(casework.may_handle(user, case) for case in reviewed) else UNDER_REVIEW
    return WITH_HER if with_her else may_keep_file(user, household)


def may_represent(user, worker: Worker) -> Verdict:
    """An officer of her union or of one above it may apply for her, once she has authorised it."""
    if is_own(user, worker):
        return OWN_HOUSEHOLD
    return holds(user, worker.organization, *ROSTER_WRITERS)


def may_work_on(user, application: Application) -> Verdict:
    """What belongs to the review (visits, exclusions, overlaps, the sum): whoever may handle the case."""
    return casework.may_handle(user, application.case)


def may_decide_above(user, case: Case) -> bool:
    """Holds a post with cases at an organisation above the case's desk. Where none stands above it, it decides."""
    above = ancestor_paths(case.desk_path)[:-1]
    grants = scope_of(user).grants if user else {}
    return not above or any(grants.get(path, frozenset()) & CASE_HANDLERS for path in above)


def is_own(user, worker: Worker) -> bool:
    """Her own record, by account or by the number she signs in with."""
    return is_same_person(user, worker)


STANDARD_KEEPERS = frozenset({Role.FEDERATION_OFFICER})
STANDARD_READERS = ROSTER_READERS | {Role.FINANCE_OFFICER}


def may_read_standards(user) -> Verdict:
    """Lines, tests and programmes: whoever works with applications, or pays them out."""
    if scope_of(user).paths(roles=STANDARD_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts have nothing to do with hardship relief."))


def may_keep_standards(user, organization=None) -> Verdict:
    """Federation officers of the organisation or of one above it; anywhere at all when none is named."""
    scope = scope_of(user)
    roles = STANDARD_KEEPERS
    allowed = scope.covers(organization.path, roles=roles) if organization else bool(scope.paths(roles=roles))
    return ALLOWED if allowed else Verdict(False, _("Only federation officers set the standards of relief."))
