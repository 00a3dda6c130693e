"""Who reads evaluations, sets goals and targets, works on problems, closes them, keeps the logs."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.indicators.policies import may_enter, may_keep, may_keep_somewhere, may_read, may_state_somewhere, tops
from services.organizations.models import Organization
from services.plan_reviews.enums import WRITERS
from services.plan_reviews.models import Issue

__all__ = ["may_enter", "may_keep", "may_keep_somewhere", "may_read", "may_state_somewhere", "tops"]


def may_set_target(user, organization: Organization) -> Verdict:
    """Officers of the place or above it: a district sets its own targets."""
    if scope_of(user).covers(organization.path, roles=WRITERS):
        return ALLOWED
    return Verdict(False, _("Only officers of this place or above it set its targets."))


def may_work_on(user, issue: Issue) -> Verdict:
    """Measures, what was done, visits: officers of the place or above it."""
    if scope_of(user).covers(issue.organization.path, roles=WRITERS):
        return ALLOWED
    return Verdict(False, _("Only officers of this place or above it work on its problems."))


def may_close(user, issue: Issue) -> Verdict:
    """A reviewer: never whoever handed it in."""
    allowed = may_work_on(user, issue)
    if allowed and issue.done_by_id is not None and issue.done_by_id == user.pk:
        return Verdict(False, _("You handed this in yourself. Somebody else has to close it."))
    return allowed


def may_log(user, organization: Organization) -> Verdict:
    if scope_of(user).covers(organization.path, roles=WRITERS):
        return ALLOWED
    return Verdict(False, _("Only officers of this place or above it keep its logs."))
