"""Who sets the rubric, inspects, confirms, puts right, draws and grades."""

from django.utils.translation import gettext_lazy as _

from services.childrens_homes.policies import is_of_city, is_of_county, may_lead, may_run
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.home_inspections.enums import INSPECTING, OF_CITY, READERS
from services.home_inspections.models import Inspection, Recognition, Rectification
from services.organizations.enums import Role
from services.organizations.models import Organization

__all__ = ["may_run"]


def may_enter(user) -> Verdict:
    """Anywhere; what she finds, her scope decides."""
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include inspections of homes for left-behind children."))


def may_lead_city(user, organization: Organization) -> Verdict:
    """Rubric, draw, evaluation: the city's women's federation."""
    return may_lead(user, organization)


def may_lead_somewhere(user) -> Verdict:
    """An officer at the top of a branch, whichever city it is."""
    if any(len(path) == Organization.steplen for path in scope_of(user).paths(roles=frozenset({Role.WF_OFFICER}))):
        return ALLOWED
    return Verdict(False, _("Only officers of the city's women's federation do this."))


def may_score_county(user, county: Organization) -> Verdict:
    if is_of_county(user, county):
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation do this."))


def leads_round(user, home, round: str) -> bool:
    return is_of_city(user, home.host) if round in OF_CITY else is_of_county(user, home.host)


def may_schedule(user, home, round: str) -> Verdict:
    if leads_round(user, home, round):
        return ALLOWED
    if round in OF_CITY:
        return Verdict(False, _("Only officers of the city's women's federation do this."))
    return Verdict(False, _("Only officers of the county's women's federation do this."))


def may_schedule_somewhere(user) -> Verdict:
    """An officer of a county or city."""
    paths = scope_of(user).paths(roles=frozenset({Role.WF_OFFICER}))
    if any(len(path) <= 2 * Organization.steplen for path in paths):
        return ALLOWED
    return Verdict(False, _("Only officers of the county's women's federation do this."))


def is_inspector(user, inspection: Inspection) -> bool:
    return any(one.user_id == user.pk for one in inspection.inspectors.all())


def may_inspect(user, inspection: Inspection) -> Verdict:
    """One of those who were sent, from whichever county of the city, as long as she holds such a post."""
    if not is_inspector(user, inspection):
        return Verdict(False, _("Only the inspectors of this visit fill in its sheet."))
    city = inspection.home.host.path[: Organization.steplen]
    if not any(path.startswith(city) for path in scope_of(user).paths(roles=INSPECTING)):
        return Verdict(False, _("You don't hold an inspector's post here any more."))
    return ALLOWED


def may_settle(user, inspection: Inspection) -> Verdict:
    """The third person who was named, while she holds such a post."""
    if inspection.third_id != user.pk:
        return Verdict(False, _("Only the third person who was named settles the differences."))
    city = inspection.home.host.path[: Organization.steplen]
    if not any(path.startswith(city) for path in scope_of(user).paths(roles=INSPECTING)):
        return Verdict(False, _("You don't hold an inspector's post here any more."))
    return ALLOWED


def may_confirm(user, inspection: Inspection) -> Verdict:
    """The county confirms its own round, the city its own; never somebody who inspected."""
    led = may_schedule(user, inspection.home, inspection.round)
    if not led:
        return led
    if is_inspector(user, inspection) or inspection.third_id == user.pk:
        return Verdict(False, _("You inspected this home yourself. Somebody else has to confirm it."))
    return ALLOWED


def may_accept(user, finding: Rectification) -> Verdict:
    """The county accepts evidence, never from herself."""
    if not is_of_county(user, finding.home.host):
        return Verdict(False, _("Only officers of the county's women's federation do this."))
    if finding.sent_by_id is not None and finding.sent_by_id == user.pk:
        return Verdict(False, _("You handed this in yourself. Somebody else has to accept it."))
    return ALLOWED


def may_declare(user) -> Verdict:
    """Whoever can be sent says where she must not be."""
    if scope_of(user).paths(roles=INSPECTING):
        return ALLOWED
    return Verdict(False, _("Only inspectors declare conflicts of interest."))


def may_review_notice(user, notice: Recognition) -> Verdict:
    led = may_lead(user, notice.home.host)
    if led and notice.proposed_by_id is not None and notice.proposed_by_id == user.pk:
        return Verdict(False, _("You proposed this yourself. Somebody else has to review it."))
    return led
