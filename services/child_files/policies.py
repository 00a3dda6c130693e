"""Who reads and keeps a child's file. Every answer carries its reason; no post above the county reads one."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from services.child_files.enums import ReleaseState
from services.child_files.models import (
    AccessGrant,
    BreakGlass,
    Child,
    ProtectionConcern,
    Release,
    officer_paths,
    taught_paths,
)
from services.child_files.queries.files import way_into
from services.child_files.queries.guarding import guarded_paths
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role
from services.organizations.models import Organization

_AGGREGATES = frozenset({Role.WF_OFFICER, Role.PRIVACY_OFFICER, Role.AUDITOR})
COUNTY_LENGTH = 2 * Organization.steplen


def may_list(user) -> Verdict:
    """Masked lists: a home's teacher, an officer of a county or township."""
    if taught_paths(user) or officer_paths(user):
        return ALLOWED
    return Verdict(False, _("Files of children are for the teacher of their own home and officers of their county."))


def may_teach_somewhere(user) -> Verdict:
    if taught_paths(user):
        return ALLOWED
    return Verdict(False, _("Only teachers of a home keep its children's files."))


def may_keep(user, child: Child) -> Verdict:
    """Write in a file: the teacher of the child's own home."""
    if child.home.host.path in taught_paths(user):
        return ALLOWED
    return Verdict(False, _("Only the teacher of the child's own home writes in its file."))


def may_register(user, home) -> Verdict:
    if home.host.path in taught_paths(user):
        return ALLOWED
    return Verdict(False, _("Only the teacher of this home begins a file in it."))


def may_open(user, child: Child, now: datetime) -> Verdict:
    """Read a file: own home, an approval in force, or an emergency in force."""
    if way_into(user, child, now):
        return ALLOWED
    return Verdict(False, _("You may not read this file now. Ask the leader named for your county."))


def is_of_the_county(user, child: Child) -> bool:
    """An officer at the very county, not above it and not below."""
    path = child.home.host.path[:COUNTY_LENGTH]
    return Role.WF_OFFICER in scope_of(user).grants.get(path, frozenset())


def may_ask(user, child: Child) -> Verdict:
    if is_of_the_county(user, child):
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation ask for a file."))


def may_decide(user, grant: AccessGrant) -> Verdict:
    """The leader who was named, and never whoever asked."""
    if grant.asked_by_id == user.pk:
        return Verdict(False, _("Nobody approves her own request."))
    if grant.asked_of_id != user.pk or not is_of_the_county(user, grant.child):
        return Verdict(False, _("Only the leader who was named decides on it."))
    return ALLOWED


def may_ask_release(user, home) -> Verdict:
    """Names on a sheet: the home's teacher, or an officer at the very county."""
    county = Role.WF_OFFICER in scope_of(user).grants.get(home.county.path, frozenset())
    if county or home.host.path in taught_paths(user):
        return ALLOWED
    return Verdict(False, _("Only the home's teacher and officers of its county ask for a workbook in clear."))


def may_ask_release_somewhere(user) -> Verdict:
    if taught_paths(user) or any(len(path) == COUNTY_LENGTH for path in officer_paths(user)):
        return ALLOWED
    return Verdict(False, _("Only the home's teacher and officers of its county ask for a workbook in clear."))


def may_see_releases(user) -> Verdict:
    return may_list(user) or may_guard(user)


def may_decide_release(user, release: Release) -> Verdict:
    """First the leader who was named, then an officer for personal data above the home: never the asker, and never
    one person for both."""
    if release.asked_by_id == user.pk:
        return Verdict(False, _("Nobody approves her own request."))
    if release.state == ReleaseState.ASKED:
        held = scope_of(user).grants.get(release.home.county.path, frozenset())
        if release.leader_id == user.pk and Role.WF_OFFICER in held:
            return ALLOWED
        return Verdict(False, _("Only the leader who was named decides on it."))
    if release.leader_id == user.pk:
        return Verdict(False, _("You have released it as the leader. The second release is somebody else's."))
    return may_guard(user, release.home.host)


def may_end_release(user, release: Release) -> Verdict:
    if user.pk in (release.asked_by_id, release.leader_id):
        return ALLOWED
    return may_guard(user, release.home.host)


def may_take_copy(user, release: Release) -> Verdict:
    """The asker alone, while she holds the post by which she asked."""
    if release.asked_by_id != user.pk:
        return Verdict(False, _("Only whoever asked for the workbook takes it."))
    return may_ask_release(user, release.home)


def may_break_glass(user, child: Child) -> Verdict:
    """Officers who find the child in their list."""
    if any(child.home.host.path.startswith(path) for path in officer_paths(user)):
        return ALLOWED
    return Verdict(False, _("Only officers of the child's county or township open a file in an emergency."))


def may_record_withdrawal(user, child: Child) -> Verdict:
    """A phone call to anybody who knows the file will do: withdrawing is as easy as agreeing."""
    if may_keep(user, child) or may_break_glass(user, child) or may_guard(user, child.home.host):
        return ALLOWED
    return Verdict(False, _("Only the home's teacher and officers of its county write this down."))


def may_note_concern(user, child: Child) -> Verdict:
    """Whoever works with the child: a duty, so the circle is wide."""
    if may_keep(user, child) or may_break_glass(user, child):
        return ALLOWED
    return Verdict(False, _("Only people who work with the child note a concern here."))


def may_read_concern(user, concern: ProtectionConcern) -> Verdict:
    if user.pk in (concern.first_reader_id, concern.second_reader_id):
        return ALLOWED
    return Verdict(False, _("Two people are named for this, and nobody else reads it."))


def may_guard(user, organization: Organization | None = None) -> Verdict:
    """The officer who answers for personal data. Without an organisation: anywhere."""
    paths = guarded_paths(user)
    if paths and (organization is None or any(organization.path.startswith(path) for path in paths)):
        return ALLOWED
    return Verdict(False, _("Only the officer for personal data does this."))


def may_review(user, emergency: BreakGlass) -> Verdict:
    if emergency.user_id == user.pk:
        return Verdict(False, _("Nobody reviews her own emergency access."))
    return may_guard(user, emergency.child.home.host)


def may_read_figures(user) -> Verdict:
    """Figures with small numbers hidden: officers of every level of the women's federation, auditors."""
    if figure_paths(user):
        return ALLOWED
    return Verdict(False, _("Your posts don't include figures about children's homes."))


def figure_paths(user) -> tuple[str, ...]:
    return scope_of(user).paths(roles=_AGGREGATES)


def may_name_keepers(user, county: Organization) -> Verdict:
    return may_guard(user, county)


def may_approve_somewhere(user) -> Verdict:
    """Officers who can ask or be asked."""
    if officer_paths(user):
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation ask for a file."))
