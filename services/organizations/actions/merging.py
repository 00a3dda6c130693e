"""Two organisations become one: people, records and posts go over, the old one closes and keeps its history."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.organizations import errors, policies
from services.organizations.actions.posts import sync_groups
from services.organizations.actions.tree import TREE_LOCK, be_followed, check_place, locked, tell_of
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import people_below
from services.organizations.registry import absorbers

# Numbers that only say something together: added up where both organisations state both.
STATED = (("staff_count", "women_count"), ("member_count", "women_member_count"))


@transaction.atomic
def merge_organization(organization: Organization, *, into: Organization, by, on: date, reason: str) -> Organization:
    """Close ``organization`` in favour of ``into``, which is of the same kind; returns ``into``.

    What is open below it moves along, women at work and what other apps keep (``registry.absorbers``) go over, so do
    posts; figures of past month ends stay as they were. Holds the tree's lock. Merging what is closed changes nothing.
    Raises ``PermissionDenied``, ``ReasonMissing``, ``WouldBeCircular``, ``BranchesNeverMix``, ``KindsDiffer``,
    ``ParentClosed``, ``KindNotAllowed``, ``StillInUse``.
    """
    if by is not None:
        policies.may_restructure(by, organization).insist()
        policies.may_manage(by, into).insist()
    if not reason.strip():
        raise errors.ReasonMissing()
    hold(TREE_LOCK)
    organization, into = locked(organization), locked(into)
    if organization.closed_on:
        return into
    _check_pair(organization, into)
    _move_children(organization, into, by=by)
    into = locked(into)
    for absorb in absorbers:
        absorb(organization, into=into, by=by, on=on, reason=reason.strip())
    if left := people_below([organization.path])[organization.path]:
        raise errors.StillInUse(children=0, workers=left)
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    hand_posts_over(StaffAssignment.objects.filter(running, organization=organization), into, by=by, on=on)
    _add_up(organization, into)
    organization.closed_on = on
    organization.save(update_fields=["closed_on"])
    be_followed(organization, was=organization.path, by=by)
    tell_of([organization.pk, into.pk], cause="merged", by=by)
    said = {"into": into.code, "from": organization.code, "reason": reason.strip()[:200]}
    for one in (organization, into):
        log(instance=one, action="organizations.merge", user=by, data=said)
    return into


def _check_pair(organization: Organization, into: Organization) -> None:
    if into.path.startswith(organization.path):
        raise errors.WouldBeCircular()
    if organization.branch != into.branch:
        raise errors.BranchesNeverMix()
    if organization.kind != into.kind:
        raise errors.KindsDiffer(kind=organization.get_kind_display(), other=into.get_kind_display())
    if into.closed_on:
        raise errors.ParentClosed(parent=into.name)


def _move_children(organization: Organization, into: Organization, *, by) -> None:
    """Closed ones stay where they are: they are history."""
    put_below(organization.get_children().filter(closed_on__isnull=True), into, by=by, cause="merged")


def put_below(children: Iterable[Organization], into: Organization, *, by, cause: str) -> None:
    """Move each with everything below it; whoever keeps paths follows."""
    for child in children:
        target, child = locked(into), locked(child)
        check_place(child.kind, target)
        was = child.path
        child.move(target, pos="last-child")
        moved = locked(child)
        be_followed(moved, was=was, by=by)
        tell_of(Organization.objects.below(moved.path), cause=cause, by=by)


def hand_posts_over(posts: QuerySet[StaffAssignment], into: Organization, *, by, on: date) -> int:
    """Whoever holds one of these posts, now or later, holds it there; the old one ends the day before. Gives how many
    there were."""
    last_day, found = on - timedelta(days=1), list(posts.select_related("user"))
    for post in found:
        begins, ends = max(post.valid_from, on), post.valid_until
        there, made = StaffAssignment.objects.get_or_create(
            user=post.user,
            organization=into,
            role=post.role,
            defaults={"valid_from": begins, "valid_until": ends, "granted_by": by},
        )
        if not made:
            _lengthen(there, begins, ends, on=on)
        post.valid_until = last_day
        post.save(update_fields=["valid_until"])
        sync_groups(post.user)
    return len(found)


def _lengthen(post: StaffAssignment, begins: date, ends: date | None, *, on: date) -> None:
    """The post there covers hers here as well; one that lapsed before the merge begins anew."""
    lapsed = post.valid_until is not None and post.valid_until < on
    first = begins if lapsed else min(post.valid_from, begins)
    last = None if None in (post.valid_until, ends) else max(post.valid_until, ends)
    if (first, last) != (post.valid_from, post.valid_until):
        post.valid_from, post.valid_until = first, last
        post.save(update_fields=["valid_from", "valid_until"])


def _add_up(organization: Organization, into: Organization) -> None:
    changed = []
    for pair in STATED:
        values = [getattr(one, name) for one in (organization, into) for name in pair]
        if None not in values:
            for name in pair:
                setattr(into, name, getattr(into, name) + getattr(organization, name))
                changed.append(name)
    if changed:
        into.save(update_fields=changed)
