"""What a federation requires, in versions: one that has begun never changes."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.coverage import errors, policies
from services.coverage.models import Requirements
from services.foundation.locks import hold
from services.organizations.models import Organization

FIELDS = (
    *("committee_from", "same_time_days", "term_years", "reminder_days"),
    *("return_due_month", "return_due_day", "source"),
)


@transaction.atomic
def set_requirements(
    organization: Organization, *, valid_from, by, now: datetime, version: Requirements | None = None, **said
) -> Requirements:
    """Write a version that begins tomorrow or later, or change ``version`` while it hasn't begun. The unions below
    follow on its first day.

    Raises ``PermissionDenied``, ``VersionBegun``, ``VersionInThePast``, ``VersionTaken``. Lock: the name space.
    """
    if unknown := said.keys() - set(FIELDS):
        raise TypeError(f"not a requirement: {sorted(unknown)}")
    policies.may_keep_requirements(by, organization).insist()
    hold("coverage.requirements")
    today = localdate(now)
    if version is not None:
        policies.may_keep_requirements(by, version.organization).insist()
        version = Requirements.objects.select_for_update(of=("self",)).get(pk=version.pk)
        if version.valid_from <= today:
            raise errors.VersionBegun()
    if valid_from <= today:
        raise errors.VersionInThePast()
    same_day = Requirements.objects.filter(organization=organization, valid_from=valid_from)
    if same_day.exclude(pk=version.pk if version else None).exists():
        raise errors.VersionTaken()
    is_new, version = version is None, version or Requirements()
    version.organization, version.valid_from, version.set_by = organization, valid_from, by
    for name, value in said.items():
        setattr(version, name, value)
    version.save()
    log(version, "wagtail.create" if is_new else "wagtail.edit", user=by)
    return version


@transaction.atomic
def drop_requirements(version: Requirements, *, by, now: datetime) -> None:
    """Take back a version that hasn't begun. Raises ``PermissionDenied``, ``VersionBegun``."""
    policies.may_keep_requirements(by, version.organization).insist()
    hold("coverage.requirements")
    held = Requirements.objects.select_for_update(of=("self",)).filter(pk=version.pk).first()
    if held is None:
        return
    if held.valid_from <= localdate(now):
        raise errors.VersionBegun()
    log(held.organization, "coverage.drop_requirements", user=by, data={"from": held.valid_from.isoformat()})
    held.delete()
