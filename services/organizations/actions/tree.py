"""Writes of the tree: create, edit, move, close. Each takes the tree's lock, then looks, then changes."""

import re
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.organizations import errors, policies
from services.organizations.enums import ALLOWED_BELOW, Kind
from services.organizations.models import Organization
from services.organizations.queries import people_below
from services.organizations.registry import followers, restated

TREE_LOCK = "organizations.tree"
_CODE = re.compile(r"\w[\w.-]{0,39}")
EDITABLE = frozenset(
    {
        "name",
        "kind",
        "industry",
        "credit_code",
        "staff_count",
        "women_count",
        "member_count",
        "women_member_count",
        "established_on",
        "officer_contact",
    }
)


def check_place(kind: str, parent: Organization | None) -> None:
    """Raise unless ``kind`` may stand directly below ``parent``."""
    if parent is not None and Kind(kind).branch != parent.branch:
        raise errors.BranchesNeverMix()
    if kind not in ALLOWED_BELOW[parent.kind if parent else None]:
        above = parent.get_kind_display() if parent else errors.TOP
        raise errors.KindNotAllowed(kind=Kind(kind).label, parent=above)
    if parent is not None and parent.closed_on:
        raise errors.ParentClosed(parent=parent.name)


def locked(organization: Organization) -> Organization:
    """The organisation as it stands now that the tree is ours."""
    return Organization.objects.get(pk=organization.pk)


@transaction.atomic
def create_organization(*, parent: Organization | None, by, code: str, name: str, kind: str, **details) -> Organization:
    """Add an organisation below ``parent`` (None: the top of a branch, which only the system itself may add).

    ``by`` is the staff member, or None for commands. Holds the tree's lock. Raises ``PermissionDenied``,
    ``CodeTaken``, ``CodeUnusable``, ``KindNotAllowed``, ``BranchesNeverMix``, ``ParentClosed``.
    """
    if by is not None:
        (policies.may_manage(by, parent) if parent else policies.NOT_HELD).insist()
    if not _CODE.fullmatch(code):
        raise errors.CodeUnusable()
    hold(TREE_LOCK)
    parent = parent and locked(parent)
    check_place(kind, parent)
    if Organization.objects.filter(code=code).exists():
        raise errors.CodeTaken(code=code)
    fields = {"code": code, "name": name, "kind": kind, "branch": Kind(kind).branch, **details}
    made = parent.add_child(**fields) if parent else Organization.add_root(**fields)
    tell_of([made.pk], cause="created", by=by)
    log(instance=made, action="organizations.create", user=by, data={"code": code})
    return made


@transaction.atomic
def edit_organization(organization: Organization, *, by, **changes) -> Organization:
    """Change descriptive fields; the code and the place stay. Raises ``PermissionDenied``, ``KindNotAllowed``."""
    unknown = changes.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    if by is not None:
        policies.may_manage(by, organization).insist()
    hold(TREE_LOCK)
    organization = locked(organization)
    changed = sorted(name for name, value in changes.items() if getattr(organization, name) != value)
    if not changed:
        return organization
    if "kind" in changed:
        _check_kind_change(organization, changes["kind"])
    for name in changed:
        setattr(organization, name, changes[name])
    organization.save(update_fields=changed)
    tell_of([organization.pk], cause="edited", by=by)
    log(instance=organization, action="organizations.edit", user=by, data={"fields": changed})
    return organization


def _check_kind_change(organization: Organization, kind: str) -> None:
    check_place(kind, organization.get_parent())
    for child in organization.get_children().values_list("kind", flat=True).distinct():
        if child not in ALLOWED_BELOW[kind]:
            raise errors.KindNotAllowed(kind=Kind(child).label, parent=Kind(kind).label)


@transaction.atomic
def move_branch(organization: Organization, *, to: Organization, by, reason: str) -> Organization:
    """Put an organisation with everything below it under ``to``; posts and scopes follow the paths.

    Holds the tree's lock. Moving it to where it stands changes nothing. Raises ``PermissionDenied``,
    ``ReasonMissing``, ``WouldBeCircular``, ``BranchesNeverMix``, ``KindNotAllowed``, ``ParentClosed``.
    """
    if by is not None:
        policies.may_restructure(by, organization).insist()
        policies.may_manage(by, to).insist()
    if not reason.strip():
        raise errors.ReasonMissing()
    hold(TREE_LOCK)
    organization, to = locked(organization), locked(to)
    if to.path.startswith(organization.path):
        raise errors.WouldBeCircular()
    before = organization.get_parent()
    if before == to:
        return organization
    check_place(organization.kind, to)
    was = organization.path
    organization.move(to, pos="last-child")
    moved = locked(organization)
    be_followed(moved, was=was, by=by)
    tell_of(Organization.objects.below(moved.path), cause="moved", by=by)
    log(
        instance=moved,
        action="organizations.move",
        user=by,
        data={"from": before.code if before else "", "to": to.code, "reason": reason.strip()[:200]},
    )
    return moved


@transaction.atomic
def close_organization(organization: Organization, *, by, on: date, reason: str) -> Organization:
    """Close an organisation from a day on; it stays in the tree for its history, its posts end.

    Holds the tree's lock. Raises ``PermissionDenied``, ``ReasonMissing``, ``StillInUse`` while open organisations
    or women workers are below it. Closing it again changes nothing.
    """
    if by is not None:
        policies.may_restructure(by, organization).insist()
    if not reason.strip():
        raise errors.ReasonMissing()
    hold(TREE_LOCK)
    organization = locked(organization)
    if organization.closed_on:
        return organization
    children = organization.get_descendants().open().count()
    workers = people_below([organization.path])[organization.path]
    if children or workers:
        raise errors.StillInUse(children=children, workers=workers)
    organization.closed_on = on
    organization.save(update_fields=["closed_on"])
    be_followed(organization, was=organization.path, by=by)
    tell_of([organization.pk], cause="closed", by=by)
    log(instance=organization, action="organizations.close", user=by, data={"reason": reason.strip()[:200]})
    return organization


def be_followed(organization: Organization, *, was: str, by) -> None:
    """Tell those who keep paths of their own that it has moved or closed."""
    for follow in followers:
        follow(organization, was=was, by=by)


def tell_of(organizations: QuerySet[Organization] | Sequence[int], *, cause: str, by) -> None:
    """Tell whoever derives something from what these organisations say of themselves; ``cause`` is the verb."""
    for restate in restated:
        restate(organizations, cause=cause, by=by)
