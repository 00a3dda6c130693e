"""Who may read the record of a union, file its steps, decide on them, set what is required, and remind unions."""

from django.utils.translation import gettext_lazy as _

from services.coverage.enums import READERS
from services.coverage.models import SelfAssessment, Term
from services.coverage.queries.requirements import federations_for
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.organizations.policies import holds

FILERS = frozenset({Role.GRASSROOTS_OFFICER, Role.FEDERATION_OFFICER})
DECIDERS = frozenset({Role.FEDERATION_OFFICER})
# Who reminds the unions below her post.
REMINDERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER})


def may_read_records(user) -> Verdict:
    """Anywhere; what she finds, her scope decides."""
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include the women workers' organisations of unions."))


def may_file(user, organization: Organization) -> Verdict:
    """Steps of the union itself: its own officer, or a federation officer on its behalf."""
    if holds(user, organization, *FILERS):
        return ALLOWED
    return Verdict(False, _("Only officers of this union and federation officers above it file its steps."))


def is_above(user, organization: Organization) -> bool:
    """Whether she is a federation officer of a level above the union."""
    parent = organization.path[: -Organization.steplen]
    return bool(parent) and scope_of(user).covers(parent, roles=DECIDERS)


def may_decide(user, term: Term) -> Verdict:
    """Approve or return: a federation officer above the union who hasn't filed the step herself."""
    if not is_above(user, term.committee.organization):
        return Verdict(False, _("Only federation officers above the union approve or return."))
    if term.filed_by_id is not None and term.filed_by_id == user.pk:
        return Verdict(False, _("You filed this yourself. Somebody else has to decide on it."))
    return ALLOWED


def may_correct(user, organization: Organization) -> Verdict:
    """What was approved is corrected above the union, with a reason."""
    if is_above(user, organization):
        return ALLOWED
    return Verdict(False, _("Only federation officers above the union correct what was approved."))


def may_keep_requirements(user, organization: Organization | None = None) -> Verdict:
    """Set what is required of the unions of a federation: its own officers. Without one: anywhere."""
    if organization is None:
        held = federations_for(user, DECIDERS).exists()
    else:
        held = organization.kind != Kind.GRASSROOTS_UNION and bool(holds(user, organization, *DECIDERS))
    return ALLOWED if held else Verdict(False, _("Only officers of a federation set what it requires."))


def may_keep_checklists(user, organization: Organization | None = None) -> Verdict:
    """Write the checklist of a federation and put it in force: its own officers. Without one: anywhere."""
    if organization is None:
        held = federations_for(user, DECIDERS).exists()
    else:
        held = organization.kind != Kind.GRASSROOTS_UNION and bool(holds(user, organization, *DECIDERS))
    return ALLOWED if held else Verdict(False, _("Only officers of a federation set its checklist."))


def may_assess(user, organization: Organization) -> Verdict:
    """The union's own officer, or a federation officer on its behalf."""
    if holds(user, organization, *FILERS):
        return ALLOWED
    return Verdict(
        False, _("Only officers of this union and federation officers above it fill in its self-assessment.")
    )


def may_review(user, assessment: SelfAssessment) -> Verdict:
    """A federation officer above the union who hasn't handed it up herself."""
    if not is_above(user, assessment.organization):
        return Verdict(False, _("Only federation officers above the union review its self-assessment."))
    if assessment.submitted_by_id is not None and assessment.submitted_by_id == user.pk:
        return Verdict(False, _("You handed this up yourself. Somebody else has to review it."))
    return ALLOWED


def may_remind(user, organization: Organization) -> Verdict:
    """Somebody who holds a post above the union: nobody reminds herself."""
    above = organization.path[: -Organization.steplen]
    if above and scope_of(user).covers(above, roles=REMINDERS):
        return ALLOWED
    return Verdict(False, _("Only an officer of a federation above this union can remind it."))


def may_remind_somewhere(user) -> Verdict:
    if scope_of(user).paths(roles=REMINDERS):
        return ALLOWED
    return Verdict(False, _("Only officers of a federation can remind unions."))
