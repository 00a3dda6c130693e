"""Reads of import jobs."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from services.accounts.queries import staff_within_reach
from services.exchange.enums import OPEN, RUNNING, UNFINISHED, Direction, ExportState, JobState
from services.exchange.models import Export, Job
from services.foundation.scope import path_filter, scope_of
from services.foundation.sheets import SheetSpec, sheets
from services.organizations.enums import Role
from services.organizations.models import Organization

_WATCHERS = frozenset({Role.PLATFORM_ADMINISTRATOR})
STALE_AFTER = timedelta(minutes=5)


def jobs_for(user) -> QuerySet[Job]:
    """Import jobs of sheets she may import, at units she may import them for."""
    condition = Q(pk__in=[])
    for spec in sheets:
        paths = scope_of(user).paths(roles=spec.roles)
        if paths:
            condition |= Q(spec=spec.code) & path_filter("organization__path", paths)
    rows = Job.objects.unscoped().filter(condition, direction=Direction.IMPORT)
    return rows.select_related("organization", "owner")


def open_job(spec: SheetSpec, organization: Organization) -> Job | None:
    """The unfinished import of this sheet for this unit; the database admits one."""
    rows = Job.objects.unscoped().filter(spec=spec.code, organization=organization, direction=Direction.IMPORT)
    return rows.filter(state__in=OPEN).first()


def same_file_done(job: Job) -> Job | None:
    """An earlier finished import of this very file for this unit."""
    rows = Job.objects.unscoped().filter(
        spec=job.spec, organization_id=job.organization_id, digest=job.digest, state=JobState.DONE
    )
    return rows.exclude(pk=job.pk).order_by("-finished_at").first()


def running_jobs() -> QuerySet[Job]:
    return Job.objects.unscoped().filter(state__in=(JobState.QUEUED, JobState.CHECKING, JobState.APPLYING))


def expired_jobs(now: datetime) -> QuerySet[Job]:
    """Jobs whose files have outlived their keeping time."""
    rows = Job.objects.unscoped().filter(expires_at__lte=now)
    return rows.exclude(source="", result="")


def units_for(user, spec: SheetSpec) -> QuerySet[Organization]:
    """The open units she may import this sheet for."""
    return Organization.objects.visible_to(user, roles=spec.roles).open()


def exports_of(user) -> QuerySet[Export]:
    """Her own exports, newest first: nobody sees another's."""
    return Export.objects.filter(owner=user)


def jobs_watched_by(user) -> QuerySet[Job]:
    """Imports that run or were stopped by a fault, at units a platform administrator's post reaches; newest first."""
    paths = scope_of(user).paths(roles=_WATCHERS)
    rows = Job.objects.unscoped().filter(
        path_filter("organization__path", paths), state__in=(*RUNNING, JobState.FAILED)
    )
    return rows.select_related("organization", "owner").order_by("-created_at", "-pk")


def exports_watched_by(user) -> QuerySet[Export]:
    """The same of workbooks, by the accounts of staff within her part of the tree."""
    if not scope_of(user).paths(roles=_WATCHERS):
        return Export.objects.none()
    owners = staff_within_reach(user, roles=_WATCHERS)
    rows = Export.objects.filter(owner__in=owners, state__in=(*UNFINISHED, ExportState.FAILED))
    return rows.select_related("owner").order_by("-created_at", "-pk")


def unfinished_exports(user=None) -> QuerySet[Export]:
    """Exports that wait or are being made, hers or everybody's."""
    rows = Export.objects.filter(state__in=UNFINISHED)
    return rows.filter(owner=user) if user is not None else rows


def expired_exports(now: datetime) -> QuerySet[Export]:
    return Export.objects.filter(expires_at__lte=now).exclude(file="")
