"""Who sees homes and keeps them. The level of a women's federation decides what its officer may do."""

from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import READERS
from services.childrens_homes.models import Home
from services.childrens_homes.queries.homes import cities_led_by, counties_acted_for
from services.childrens_homes.workflow import CITY, COUNTY
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role
from services.organizations.models import Organization

OFFICER = frozenset({Role.WF_OFFICER})


def may_enter(user) -> Verdict:
    """Anywhere; what she finds, her scope decides."""
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include the homes for left-behind children."))


def is_of_city(user, organization: Organization) -> bool:
    """An officer of the city's women's federation above this organisation."""
    return scope_of(user).covers(organization.path[: Organization.steplen], roles=OFFICER)


def is_of_county(user, organization: Organization) -> bool:
    """An officer of the county's women's federation above this organisation, or of the city's."""
    return scope_of(user).covers(organization.path[: 2 * Organization.steplen], roles=OFFICER)


def may_lead(user, organization: Organization) -> Verdict:
    if is_of_city(user, organization):
        return ALLOWED
    return Verdict(False, _("Only officers of the city's women's federation do this."))


def may_keep(user, home: Home) -> Verdict:
    if is_of_county(user, home.host):
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation do this."))


def may_run(user, home: Home) -> Verdict:
    """Daily work of a home: its own teacher, or an officer at or above it."""
    if scope_of(user).covers(home.host.path, roles=OFFICER | {Role.HOME_TEACHER}):
        return ALLOWED
    return Verdict(False, _("Only the home's own teachers and officers above it do this."))


def may_file_site(user, host: Organization) -> Verdict:
    """A site application: the school itself, its township, or an officer above."""
    if scope_of(user).covers(host.path, roles=OFFICER | {Role.HOME_TEACHER}):
        return ALLOWED
    return Verdict(False, _("Only the school's own teachers and officers above it apply for a site."))


def may_file_somewhere(user) -> Verdict:
    if scope_of(user).paths(roles=OFFICER | {Role.HOME_TEACHER}):
        return ALLOWED
    return Verdict(False, _("Only the school's own teachers and officers above it apply for a site."))


def may_step(user, level: str, host: Organization) -> Verdict:
    """A step of an application or a plan, by the level that takes it."""
    if level == CITY:
        return may_lead(user, host)
    if level == COUNTY:
        return may_keep_county(user, host)
    return may_file_site(user, host)


def may_keep_county(user, organization: Organization) -> Verdict:
    """What a county decides, at or below it."""
    if is_of_county(user, organization):
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation do this."))


def may_lead_somewhere(user) -> Verdict:
    """An officer of a city's women's federation."""
    if cities_led_by(user):
        return ALLOWED
    return Verdict(False, _("Only officers of the city's women's federation do this."))


def may_act_for(user, organization: Organization) -> Verdict:
    """Speak for an organisation: its own officer, or one above."""
    if scope_of(user).covers(organization.path, roles=OFFICER):
        return ALLOWED
    return Verdict(False, _("Only officers of this women's federation or of one above it do this."))


def may_act_somewhere(user) -> Verdict:
    if scope_of(user).paths(roles=OFFICER):
        return ALLOWED
    return Verdict(False, _("Only officers of a women's federation do this."))


def may_count_somewhere(user) -> Verdict:
    """Record the census of a county."""
    if counties_acted_for(user).exists():
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation do this."))
