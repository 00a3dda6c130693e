"""Who may add papers to a case, take them back and open them. A file that isn't checked is opened by nobody."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from services.casework.enums import CASE_HANDLERS, ScanState, Stage
from services.casework.models import Case, Document
from services.casework.policies import is_herself, may_handle, may_represent, may_see, unrelated
from services.casework.registry import Missing, services
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_WRITERS
from services.organizations.policies import holds

_HER_TURN = frozenset({Stage.DRAFT, Stage.RETURNED, Stage.APPEALED})
_STAFF_AT_WORK = frozenset({Stage.IN_REVIEW, Stage.NOTICE, Stage.OBJECTION, Stage.APPEALED})
_UNCHECKED = Verdict(False, _("This file has not passed the virus check yet. Nobody can open it until then."))
_MASKS_ONLY = Verdict(False, _("Your posts don't include opening the papers of cases."))


def is_applicant_side(user, case: Case, *, now: datetime) -> bool:
    """She herself, or her representative while authorised."""
    return is_herself(user, case.worker) or bool(may_represent(user, case, on=localdate(now)))


def may_add_documents(user, case: Case, *, now: datetime) -> Verdict:
    """Her side, and whoever handles the case: photos of a visit, a paper handed in at the counter."""
    return ALLOWED if is_applicant_side(user, case, now=now) else may_handle(user, case)


def open_for_documents(user, case: Case, *, now: datetime) -> bool:
    """Whether papers may come and go at the stage at which the case stands, for her side or for staff."""
    return case.stage in (_HER_TURN if is_applicant_side(user, case, now=now) else _STAFF_AT_WORK)


def kinds_for(user, case: Case, *, now: datetime) -> list[Missing]:
    """The kinds this person may add: what colleagues bring from a visit isn't for her side."""
    kinds = services[case.service].document_kinds(case)
    return hers(kinds) if is_applicant_side(user, case, now=now) else kinds


def hers(kinds: list[Missing]) -> list[Missing]:
    """Those of the kinds that can be asked of her."""
    return [kind for kind in kinds if not kind.of_staff]


def not_sent_yet(user, document: Document, case: Case) -> bool:
    """She may take back what nobody has received: everything of a draft, else what came since it is her turn again.

    Staff take back only what they added themselves.
    """
    if document.uploaded_by_id != user.pk and not is_herself(user, case.worker):
        return False
    return case.stage == Stage.DRAFT or document.uploaded_at >= case.stage_since


def may_know_of(user, document: Document) -> bool:
    """Whether the paper exists for this person at all: whoever sees the case, or keeps the roster she stands in."""
    if document.case is not None:
        return bool(may_see(user, document.case))
    return bool(is_herself(user, document.worker) or holds(user, document.worker.organization, *ROSTER_WRITERS))


def may_open_document(user, document: Document) -> Verdict:
    """Her side always; staff with a post for cases that reaches her union, once it was submitted, unless they keep away
    from her. Auditors see that a paper is there, not what stands in it."""
    if document.scan != ScanState.CLEAN:
        return _UNCHECKED
    case = document.case
    if case is None:
        return (
            ALLOWED if is_herself(user, document.worker) else holds(user, document.worker.organization, *ROSTER_WRITERS)
        )
    allowed = may_see(user, case)
    if not allowed or not user.is_authenticated or user.is_worker:
        return allowed
    reaches = scope_of(user).covers(case.path, roles=CASE_HANDLERS)
    if reaches and not (verdict := unrelated(user, case)):
        return verdict
    if may_represent(user, case, on=localdate()):
        return ALLOWED
    return services[case.service].may_open_papers(case, user) if reaches else _MASKS_ONLY
