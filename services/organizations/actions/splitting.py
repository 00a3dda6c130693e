"""One organisation becomes two: a new one beside it takes a part of what is below it, of its people and its posts."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.organizations import errors, policies
from services.organizations.actions.merging import STATED, hand_posts_over, put_below
from services.organizations.actions.tree import TREE_LOCK, create_organization, locked, tell_of
from services.organizations.models import Organization, StaffAssignment
from services.organizations.registry import dividers

# What of the new one is stated where the two are told apart.
DETAILS = frozenset({"industry", "officer_contact", *(name for pair in STATED for name in pair)})


@transaction.atomic
def split_organization(
    organization: Organization,
    *,
    code: str,
    name: str,
    by,
    on: date,
    reason: str,
    children: Collection[Organization] = (),
    posts: Collection[StaffAssignment] = (),
    parts: Mapping[str, Collection[str]] | None = None,
    **details,
) -> Organization:
    """Set up ``name`` beside ``organization``, of the same kind, and hand it these open ``children`` with everything
    below them, these ``posts`` from ``on`` on, and by divider (``registry.dividers``) these ``parts`` of its people;
    returns the new one. What isn't named stays; figures of past month ends stay as they were.

    Numbers that are stated of the new one are taken off those of the old one. Holds the tree's lock, as merging does.
    Raises ``PermissionDenied``, ``ReasonMissing``, ``ClosedAlready``, ``PartTooLarge``, ``NotItsOwn`` and what
    ``create_organization`` raises, ``CodeTaken`` among it when it was done before.
    """
    if unknown := details.keys() - DETAILS:
        raise TypeError(f"not stated of a part: {sorted(unknown)}")
    if by is not None:
        policies.may_restructure(by, organization).insist()
    if not reason.strip():
        raise errors.ReasonMissing()
    hold(TREE_LOCK)
    organization = locked(organization)
    if organization.closed_on:
        raise errors.ClosedAlready(name=organization.name)
    going = _own_children(organization, children)
    kept = {"industry": organization.industry, "established_on": on} | details
    above = organization.get_parent()
    into = create_organization(parent=above, by=by, code=code, name=name, kind=organization.kind, **kept)
    put_below(going, into, by=by, cause="split")
    organization, into = locked(organization), locked(into)
    people = _hand_people_over(organization, into, parts or {}, by=by, on=on)
    handed = hand_posts_over(_own_posts(organization, posts, on), into, by=by, on=on)
    _take_off(organization, into)
    tell_of([organization.pk, into.pk], cause="split", by=by)
    said = {"from": organization.code, "into": into.code, "reason": reason.strip()[:200]}
    said |= {"children": len(going), "people": people, "posts": handed}
    for one in (organization, into):
        log(instance=one, action="organizations.split", user=by, data=said)
    return into


def _hand_people_over(organization: Organization, into: Organization, parts: Mapping, **how) -> int:
    return sum(dividers[key].hand_over(organization, into=into, parts=chosen, **how) for key, chosen in parts.items())


def _own_children(organization: Organization, children: Collection[Organization]) -> list[Organization]:
    keys = {child.pk for child in children}
    found = list(organization.get_children().filter(pk__in=keys, closed_on__isnull=True))
    if len(found) != len(keys):
        raise errors.NotItsOwn()
    return found


def _own_posts(organization: Organization, posts: Collection[StaffAssignment], on: date):
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return StaffAssignment.objects.filter(running, organization=organization, pk__in=[post.pk for post in posts])


def _take_off(organization: Organization, into: Organization) -> None:
    """What the new one has of staff and members the old one has no more. Raises ``PartTooLarge``."""
    changed = []
    for pair in STATED:
        values = {name: (getattr(organization, name), getattr(into, name)) for name in pair}
        if any(None in both for both in values.values()):
            continue
        left = {name: had - has for name, (had, has) in values.items()}
        everybody, women = (left[name] for name in pair)
        if not 0 <= women <= everybody:
            raise errors.PartTooLarge()
        for name, number in left.items():
            setattr(organization, name, number)
            changed.append(name)
    if changed:
        organization.save(update_fields=changed)
