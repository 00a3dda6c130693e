"""Who may see, handle, take over and move a case. Every answer carries its reason.

Rights come from posts: a case is handled by whoever holds a post with cases at the very organisation of its desk;
those above may look and take over; the auditor looks. Nobody touches a case of her own or one that she filed, and
nobody decides about what she prepared.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.casework import queries, workflow
from services.casework.enums import CASE_HANDLERS, REASON_KEEPERS, FiledBy, Stage, StepKind, Verb
from services.casework.models import Case, Objection, PublicNotice, ReviewRoute
from services.casework.policies.complaints import may_complain as may_complain
from services.casework.policies.complaints import may_read_complaint as may_read_complaint
from services.casework.policies.party import may_recuse as may_recuse
from services.casework.policies.party import no_party as no_party
from services.casework.policies.party import unrelated as unrelated
from services.casework.policies.rechecks import may_enter_number as may_enter_number
from services.casework.policies.rechecks import may_look_again_at as may_look_again_at
from services.casework.policies.rechecks import may_recheck as may_recheck
from services.casework.policies.rechecks import may_recheck_anywhere as may_recheck_anywhere
from services.casework.queries.ahead import deputy_for
from services.casework.queries.desks import step_of
from services.casework.queries.people import counts, decided_before
from services.casework.registry import services
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS, Role
from services.organizations.policies import holds
from services.organizations.queries import reach_everything

NOT_HERS = Verdict(False, _("This is for the applicant herself."))
NOT_HERSELF = _("Nobody represents herself.")
_NOT_HERE = Verdict(False, _("You hold no post with cases where this case lies."))
_SECOND = Verdict(False, _("You took an earlier step of this case: a second person has to decide."))
_DECIDED = Verdict(False, _("You decided about this application before: a colleague has to look at it again."))
_SYSTEM = Verdict(False, _("This happens by itself when its time has come."))
_PERSON = Verdict(False, _("A person has to do this."))
_NO_STEP = Verdict(False, _("This isn't possible at this stage."))

# What the system may do in her place.
_SYSTEM_TOO = frozenset({Verb.WITHDRAW})
# What a representative may do beside filing; the rest is the applicant's alone.
_REPRESENTED = frozenset({Verb.SUBMIT, Verb.RESUBMIT, Verb.APPEAL})
_SECOND_PERSON_VERBS = frozenset({Verb.PASS_STEP, Verb.PUBLISH, Verb.APPROVE, Verb.REFUSE})
# After an appeal none of these is for whoever decided before.
_ANEW = _SECOND_PERSON_VERBS | {Verb.RETURN}


def decides_anew(user, case: Case) -> Verdict:
    """After an appeal nothing of a decision is for whoever decided before."""
    return _DECIDED if user.pk in decided_before(case) else ALLOWED


def is_herself(user, worker) -> bool:
    return bool(user and user.is_authenticated and worker.user_id and worker.user_id == user.pk)


def is_representative(user, case: Case) -> bool:
    return bool(user and case.representative_id and case.representative_id == user.pk)


def may_represent(user, case: Case, *, on: date) -> Verdict:
    """The representative, as long as the authorisation counts and the applicant hasn't taken the case over."""
    if (
        user
        and user.is_authenticated
        and case.filed_by == FiledBy.REPRESENTATIVE
        and case.representative_id == user.pk
        and case.authorisation.representative_id == user.pk
        and counts(case.authorisation, on=on)
    ):
        return ALLOWED
    return Verdict(False, _("Her authorisation has ended or doesn't cover this."))


def speaks_for(user, case: Case, *, now: datetime) -> Verdict:
    """She herself, or her representative while the authorisation counts."""
    return ALLOWED if is_herself(user, case.worker) else may_represent(user, case, on=timezone.localdate(now))


def may_open_for(user, worker) -> Verdict:
    """Begin an application: she herself; staff within whose reach her union lies (with her authorisation)."""
    if is_herself(user, worker):
        return ALLOWED
    return holds(user, worker.organization, *CASE_HANDLERS)


def may_see(user, case: Case) -> Verdict:
    """She herself, her representative while authorised, and staff by their posts once it was submitted."""
    if is_herself(user, case.worker) or may_represent(user, case, on=clock.today()):
        return ALLOWED
    if case.submitted_at is not None and scope_of(user).covers(case.path, roles=ROSTER_READERS):
        return ALLOWED
    return _NOT_HERE


def may_handle(user, case: Case) -> Verdict:
    """Holds a post with cases at the desk itself, or has taken the case over from above; is no party to it."""
    at_desk = scope_of(user).grants.get(case.desk_path, frozenset()) & CASE_HANDLERS
    if not at_desk and not (case.handler_id == user.pk and _reaches_desk(user, case)):
        return _NOT_HERE
    return no_party(user, case)


def may_take_over(user, case: Case) -> Verdict:
    """Holds a post with cases at the desk or above it; is no party to the case."""
    return no_party(user, case) if _reaches_desk(user, case) else _NOT_HERE


def may_move(user, case: Case, verb: str) -> Verdict:
    """Whether this person (None: the system) may set ``verb`` in motion as the case stands.

    Rights alone: what is still missing, and what the service objects to, ``actions.move`` asks.
    """
    edge = workflow.edge_of(verb, case.stage)
    if edge is None:
        return _NO_STEP
    if edge.actor == workflow.SYSTEM:
        return ALLOWED if user is None else _SYSTEM
    if user is None:
        return ALLOWED if verb in _SYSTEM_TOO else _PERSON
    if edge.actor == workflow.APPLICANT:
        return _may_as_applicant(user, case, verb)
    return _may_as_handler(user, case, edge)


def _may_as_applicant(user, case: Case, verb: str) -> Verdict:
    if is_herself(user, case.worker):
        return ALLOWED
    if verb in _REPRESENTED or (verb == Verb.WITHDRAW and case.stage == Stage.DRAFT):
        return may_represent(user, case, on=clock.today())
    return NOT_HERS


def _may_as_handler(user, case: Case, edge: workflow.Edge) -> Verdict:
    allowed = may_handle(user, case)
    if not allowed:
        return allowed
    if case.handler_id not in (None, user.pk) and case.handler_id not in deputy_for(case, user, on=clock.today()):
        return Verdict(False, _("A colleague is working on this case. Take it over if you want to go on in her place."))
    if needs_second_person(case, edge) and user.pk in queries.acted_before(case, whole=edge.second):
        return _SECOND
    if edge.verb in _ANEW and not (anew := decides_anew(user, case)):
        return anew
    return services[case.service].may_carry_out(case, edge.verb, by=user)


def needs_second_person(case: Case, edge: workflow.Edge) -> bool:
    """Objections, appeals and the deciding step always do; other steps where the route says so."""
    if edge.second:
        return True
    if edge.verb not in _SECOND_PERSON_VERBS:
        return False
    step = step_of(case)
    return step is not None and (step.kind == StepKind.APPROVE or step.second_person)


def verbs_for(user, case: Case) -> list[workflow.Edge]:
    """What she may do to the case now, in the order of the table: the buttons of its page."""
    step = step_of(case)
    edges = workflow.edges_from(case.stage, kind=step.kind if step else "")
    return [edge for edge in edges if may_move(user, case, edge.verb)]


def _reaches_desk(user, case: Case) -> bool:
    return bool(case.desk_path) and scope_of(user).covers(case.desk_path, roles=CASE_HANDLERS)


def may_authorise(user, worker) -> Verdict:
    """Put her authorisation on record: staff within whose reach her union lies; she herself."""
    return may_open_for(user, worker)


def may_appoint_deputy(user, absent) -> Verdict:
    """She herself, or a federation officer whose post lies at or above all posts of the absent one."""
    if user.pk == absent.pk:
        return ALLOWED
    paths = queries.handler_paths(absent)
    scope = scope_of(user)
    if paths and all(scope.covers(path, roles=frozenset({Role.FEDERATION_OFFICER})) for path in paths):
        return ALLOWED
    return Verdict(False, _("Only she herself or a federation officer above her can name her deputy."))


def may_keep_route(user, route: ReviewRoute) -> Verdict:
    """Edit drafts and put them in force: federation officers at or above the organisation that keeps the route."""
    return may_keep_routes_of(user, route.organization)


def may_keep_routes_of(user, organization) -> Verdict:
    return holds(user, organization, Role.FEDERATION_OFFICER)


def may_keep_routes_anywhere(user) -> Verdict:
    if scope_of(user).paths(roles=frozenset({Role.FEDERATION_OFFICER})):
        return ALLOWED
    return Verdict(False, _("Review routes are kept by federation officers."))


def may_keep_reasons_of(user, organization) -> Verdict:
    """Words to choose from: federation and case officers at or above the organisation that keeps them."""
    return holds(user, organization, *REASON_KEEPERS)


def may_keep_reasons_anywhere(user) -> Verdict:
    if scope_of(user).paths(roles=REASON_KEEPERS):
        return ALLOWED
    return Verdict(False, _("Words to choose from are kept by federation and case officers."))


def may_deputise(user) -> Verdict:
    """Deputies concern whoever handles cases."""
    return ALLOWED if scope_of(user).paths(roles=CASE_HANDLERS) else _NOT_HERE


def may_keep_days(user) -> Verdict:
    """The calendar counts for everybody: federation officers and administrators at the top of a tree."""
    roles = frozenset({Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR})
    if reach_everything(scope_of(user).paths(roles=roles)):
        return ALLOWED
    return Verdict(False, _("The calendar counts for everybody: it is kept at the top of the tree."))


def may_enter_desk(user) -> Verdict:
    """The list of cases: whoever holds a post that reads women's records somewhere; scope decides what is in it."""
    if scope_of(user).paths(roles=ROSTER_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include cases."))


def may_open_names(user) -> Verdict:
    """Names in clear in a file: whoever may open them one by one, somewhere."""
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, _("Your posts read masked records only."))


def may_publish(user, organization) -> Verdict:
    """A notice: whoever holds a post with cases at the very organisation."""
    at_desk = scope_of(user).grants.get(organization.path, frozenset()) & CASE_HANDLERS
    return ALLOWED if at_desk else _NOT_HERE


def may_take_down(user, notice: PublicNotice) -> Verdict:
    """A notice with a mistake comes off at once: whoever handles cases at its organisation."""
    return may_publish(user, notice.organization)


def may_settle(user, case: Case) -> Verdict:
    """An objection: whoever handles the case and took no step of it so far."""
    return may_move(user, case, Verb.SETTLE_OBJECTION)


def may_read_objection(user, objection: Objection) -> Verdict:
    """What was objected and by whom: those who settle it, and afterwards whoever did."""
    if objection.is_open:
        return may_settle(user, objection.line.case)
    return ALLOWED if user.pk == objection.settled_by_id else _NOT_HERE


def may_answer(user, objection: Objection) -> Verdict:
    """The applicant herself, and nobody for her."""
    return (
        ALLOWED
        if is_herself(user, objection.line.case.worker)
        else Verdict(False, _("This is for the applicant herself."))
    )


def may_enter_notices(user) -> Verdict:
    """The desk of notices and objections: posts that handle cases somewhere, and the auditor's."""
    return ALLOWED if scope_of(user).paths(roles=ROSTER_READERS) else _NOT_HERE
