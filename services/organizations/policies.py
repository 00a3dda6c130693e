"""Who may do what in the tree. Every answer carries its reason."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import TREE_KEEPERS, WF_ROLES, Branch, Role
from services.organizations.models import Organization, StaffAssignment

# What a federation officer may hand out below herself; everything else is the platform administrator's.
LOCAL_ROLES = frozenset({Role.GRASSROOTS_OFFICER, Role.CASE_OFFICER})
# What an officer of the women's federation may hand out below herself.
WF_LOCAL_ROLES = frozenset({Role.WF_OFFICER, Role.HOME_TEACHER, Role.HOME_INSPECTOR})

NOT_HELD = Verdict(False, _("You don't hold a post here that allows this."))


def holds(user, organization: Organization, *roles: str) -> Verdict:
    """Is one of ``roles`` (any role when none is named) held at the organisation or above it?"""
    wanted = frozenset(roles) or None
    return ALLOWED if scope_of(user).covers(organization.path, roles=wanted) else NOT_HELD


def may_browse(user) -> Verdict:
    """Anybody who holds a post somewhere; what she finds, her scope decides."""
    return ALLOWED if scope_of(user).paths() else NOT_HELD


def may_see(user, organization: Organization) -> Verdict:
    return holds(user, organization)


def may_manage(user, organization: Organization) -> Verdict:
    """Edit an organisation, add below it."""
    return holds(user, organization, *TREE_KEEPERS)


def may_restructure(user, organization: Organization) -> Verdict:
    """Move or close: the post must be held above the organisation, so that nobody moves her own desk."""
    parent = organization.path[: -Organization.steplen]
    if parent and scope_of(user).covers(parent, roles=TREE_KEEPERS):
        return ALLOWED
    return Verdict(False, _("Only somebody who holds a post above this organisation can move or close it."))


def may_assign(user, organization: Organization, role: str, *, to) -> Verdict:
    """Nobody grants to herself; a federation officer grants local posts strictly below her own."""
    if role in WF_ROLES and organization.branch != Branch.WOMENS_FEDERATION:
        return Verdict(False, _("This post exists in the women's federation's branch alone."))
    if to is not None and to.pk == user.pk:
        return Verdict(False, _("Nobody can give herself a post. Ask another administrator."))
    if holds(user, organization, Role.PLATFORM_ADMINISTRATOR):
        return ALLOWED
    parent = organization.path[: -Organization.steplen]
    below_her = bool(parent) and scope_of(user).covers(parent, roles=frozenset({Role.FEDERATION_OFFICER}))
    if below_her and role in LOCAL_ROLES:
        return ALLOWED
    wf_below_her = bool(parent) and scope_of(user).covers(parent, roles=frozenset({Role.WF_OFFICER}))
    if wf_below_her and role in WF_LOCAL_ROLES:
        return ALLOWED
    return Verdict(False, _("You can't give this post here."))


def may_end(user, assignment: StaffAssignment) -> Verdict:
    return may_assign(user, assignment.organization, assignment.role, to=assignment.user)


def assignable_roles(user, organization: Organization) -> list[str]:
    """The posts she may give at this organisation, in the order of the enumeration."""
    return [role for role in Role.values if may_assign(user, organization, role, to=None)]
