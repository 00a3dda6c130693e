"""Writes of posts: who holds which role where, and the Wagtail group that goes with a role."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from services.foundation import clock
from services.organizations import errors, policies, rules
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import in_force
from services.organizations.registry import post_followers


def _lock_user(user):
    """The person's row under lock: two grants to one person can't pass the conflict check side by side."""
    return type(user)._default_manager.select_for_update().get(pk=user.pk)


@transaction.atomic
def assign_staff(
    user, *, organization: Organization, role: str, by, valid_from: date, valid_until: date | None = None
) -> StaffAssignment:
    """Give a staff member a post; a post she held before at the same place is renewed.

    ``by`` is who grants it, None for commands. Locks her row. Both days are included. Raises ``PermissionDenied``,
    ``NotStaff``, ``RolesConflict``, ``EndsBeforeItBegins``, ``ParentClosed``.
    """
    if by is not None:
        policies.may_assign(by, organization, role, to=user).insist()
    user = _lock_user(user)
    if user.is_worker:
        raise errors.NotStaff()
    if valid_until and valid_until < valid_from:
        raise errors.EndsBeforeItBegins()
    if organization.closed_on:
        raise errors.ParentClosed(parent=organization.name)
    _refuse_conflicts(user, role, valid_from)
    assignment, _created = StaffAssignment.objects.update_or_create(
        user=user,
        organization=organization,
        role=role,
        defaults={"valid_from": valid_from, "valid_until": valid_until, "granted_by": by},
    )
    sync_groups(user)
    log(
        instance=organization,
        action="organizations.assign",
        user=by,
        data={"to": user.get_username(), "role": role, "from": valid_from, "until": valid_until},
    )
    return assignment


def _refuse_conflicts(user, role: str, valid_from: date) -> None:
    held = set(_not_over(user, valid_from).values_list("role", flat=True))
    other = rules.conflicting(role, held)
    if other:
        raise errors.RolesConflict(role=Role(role).label, other=Role(other).label)


def _not_over(user, on: date):
    return StaffAssignment.objects.filter(user=user).exclude(valid_until__lt=on)


@transaction.atomic
def end_assignment(assignment: StaffAssignment, *, by, on: date) -> StaffAssignment:
    """End a post so that ``on`` is the first day without it; the next request is refused already.

    Locks her row. Ending it twice changes nothing. Raises ``PermissionDenied``.
    """
    if by is not None:
        policies.may_end(by, assignment).insist()
    user = _lock_user(assignment.user)
    assignment.refresh_from_db()
    last_day = on - timedelta(days=1)
    if assignment.valid_until is None or assignment.valid_until > last_day:
        assignment.valid_until = last_day
        assignment.save(update_fields=["valid_until"])
        log(
            instance=assignment.organization,
            action="organizations.end_assignment",
            user=by,
            data={"to": user.get_username(), "role": assignment.role},
        )
    sync_groups(user)
    return assignment


def sync_groups(user) -> None:
    """Make her role groups those of the posts in force today; groups that aren't roles stay as they are."""
    held = set(StaffAssignment.objects.filter(in_force(clock.today()), user=user).values_list("role", flat=True))
    user.groups.remove(*Group.objects.filter(name__in=set(Role.values) - held))
    user.groups.add(*[Group.objects.get_or_create(name=role)[0] for role in sorted(held)])
    for follow in post_followers:
        follow(user)


def end_lapsed() -> int:
    """Bring the groups of everybody in line whose posts began or ended by date. Returns how many people."""
    today = clock.today()
    over = Q(assignments__in=StaffAssignment.objects.exclude(in_force(today)), groups__name__in=Role.values)
    people = list(get_user_model().objects.filter(over | Q(assignments__valid_from=today)).distinct())
    for user in people:
        sync_groups(user)
    return len(people)
