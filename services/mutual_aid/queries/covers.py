"""Was she covered on D, as known on K (D15): the history of covers, asked by two dates."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from services.mutual_aid.enums import CoverState
from services.mutual_aid.models import Cover, CoverVersion, Scheme
from services.mutual_aid.rules.parts import Part
from services.mutual_aid.rules.standing import Cover as PlainCover
from services.workers.models import Worker


def known(versions: QuerySet[CoverVersion], at: datetime | None = None) -> QuerySet[CoverVersion]:
    """Those that counted for what was known at a moment; None: what is known now."""
    if at is None:
        return versions.filter(known_until__isnull=True)
    return versions.filter(Q(known_until__isnull=True) | Q(known_until__gt=at), known_from__lte=at)


def cover_on(
    worker: Worker | int, scheme: Scheme | int, on: date, *, at: datetime | None = None
) -> CoverVersion | None:
    """The version by which she was covered on a day, as known at a moment; None: she wasn't. One query.

    For whoever has asked a policy, or for herself: the caller says so by having the woman.
    """
    hers = CoverVersion.objects.own(
        worker=worker, scheme=scheme, state=CoverState.IN_FORCE, first_day__lte=on, last_day__gte=on
    )
    return known(hers, at).select_related("cover").first()


def history_of(cover: Cover) -> QuerySet[CoverVersion]:
    """Everything that was ever known of a cover, oldest first."""
    return CoverVersion.objects.own(cover=cover).select_related("terms", "by").order_by("known_from", "pk")


def present_version(cover: Cover) -> CoverVersion | None:
    return known(CoverVersion.objects.own(cover=cover)).select_related("terms__scheme").first()


def covers_of(worker: Worker | int, *, at: datetime | None = None) -> QuerySet[CoverVersion]:
    """A woman's covers that are in force, past and future ones too, newest first, as known at a moment."""
    hers = CoverVersion.objects.own(worker=worker, state=CoverState.IN_FORCE)
    return known(hers, at).select_related("cover", "scheme", "terms").order_by("-first_day")


def plain_cover(version: CoverVersion) -> PlainCover:
    """What ``rules.standing`` asks of a version."""
    return PlainCover(version.first_day, version.last_day, version.shares, version.renewal, version.held_parts)


def plain_part(version: CoverVersion) -> Part:
    """A cover of one roster as its only part."""
    return Part(version.first_day, version.last_day, version.shares, version.renewal)
