"""A woman leaves her unit: what becomes of her cover says the scheme (§1.4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.mutual_aid import errors, policies
from services.mutual_aid.actions.covers import rewrite
from services.mutual_aid.enums import CoverChange, CoverState, Leaving
from services.mutual_aid.models import Cover, CoverVersion
from services.workers.enums import WorkerState


@transaction.atomic
def end_for_leaving(cover: Cover, *, on: date, by, now: datetime) -> CoverVersion:
    """Her cover ends with the day on which she left, where the terms say so; what is known of it before stays.

    Raises ``PermissionDenied``, ``CoverGoesOn``, ``DayOutsideCover``, ``DateAhead``. Lock: the cover.
    """
    policies.may_change_cover(by, cover).insist()
    if on > localdate(now):
        raise errors.DateAhead()
    version = CoverVersion.objects.own(cover=cover).select_related("terms").get(known_until=None)
    if version.terms.leaving != Leaving.ENDS:
        raise errors.CoverGoesOn()
    if not version.first_day <= on <= version.last_day:
        raise errors.DayOutsideCover()
    log(cover, "mutual_aid.end_cover", user=by)
    return rewrite(cover, change=CoverChange.LEFT, by=by, now=now, last_day=on)


def end_covers_of_leavers(*, today: date, now: datetime) -> int:
    """Covers of women whom their roster no longer has at work end today, where the terms say so; gives how many."""
    versions = CoverVersion.objects.unscoped().filter(
        known_until=None,
        state=CoverState.IN_FORCE,
        first_day__lte=today,
        last_day__gt=today,
        terms__leaving=Leaving.ENDS,
        worker__state=WorkerState.LEFT,
    )
    covers = list(Cover.objects.unscoped().filter(pk__in=versions.values("cover")))
    for cover in covers:
        rewrite(cover, change=CoverChange.LEFT, by=None, now=now, last_day=today)
    return len(covers)
