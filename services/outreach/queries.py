"""Whom an announcement reaches, and what is for one woman."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from services.messaging.queries import written_to
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.outreach.enums import State
from services.outreach.models import Announcement, Interest
from services.outreach.notifications import PUBLISHED, once_of_page
from services.outreach.registry import Reading, shelf
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consents
from services.workers.enums import WorkerState
from services.workers.models import Worker

# Pages older than this are no news to anybody.
NEWS = timedelta(days=90)
READINGS = 5
_WATCHERS = frozenset({Role.PLATFORM_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Reach:
    """Numbers of women: at work there, with an account, who agreed to be told and want this topic, and of these who
    weren't told of the page yet."""

    women: int
    accounts: int
    agreed: int
    left: int


def being_sent(user) -> QuerySet[Announcement]:
    """Announcements under way where a platform administrator's post reaches, the oldest first."""
    mine = Announcement.objects.visible_to(user, roles=_WATCHERS)
    return mine.filter(state=State.SENDING).select_related("organization").order_by("made_at", "pk")


def women_at(organization: Organization) -> QuerySet[Worker]:
    return Worker.objects.below(organization.path).filter(state=WorkerState.ACTIVE)


def audience(organization: Organization, topic: str, *, page: int, now: datetime) -> QuerySet[Worker]:
    """Women at or below the organisation who agreed, whose topics fit, and who weren't told of the page, by key."""
    told = written_to(PUBLISHED, once_of_page(page), OuterRef("user_id"))
    return _agreed(organization, topic, now=now).exclude(Exists(told)).order_by("pk")


def _agreed(organization: Organization, topic: str, *, now: datetime) -> QuerySet[Worker]:
    consents = standing_consents(OuterRef("user_id"), Purpose.NEWS, now=now)
    chosen = Interest.objects.filter(user=OuterRef("user_id"))
    women = women_at(organization).filter(Exists(consents), user__is_active=True)
    return women.filter(Exists(chosen.filter(topic=topic)) | ~Exists(chosen)) if topic else women


def reach_of(organization: Organization, topic: str, *, page: int, now: datetime) -> Reach:
    """In four counts."""
    women = women_at(organization)
    return Reach(
        women=women.order_by().count(),
        accounts=women.filter(user__is_active=True).order_by().count(),
        agreed=_agreed(organization, topic, now=now).order_by().count(),
        left=audience(organization, topic, page=page, now=now).order_by().count(),
    )


def announcements_of(page: int, user) -> QuerySet[Announcement]:
    """What was announced of a page within her reach, newest first."""
    return Announcement.objects.visible_to(user).filter(page=page).select_related("organization", "made_by")


def interests_of(user) -> set[str]:
    return set(Interest.objects.filter(user=user).values_list("topic", flat=True))


def readings_for(worker: Worker, *, now: datetime) -> list[Reading]:
    """The newest pages about her topics or from her union and those above it, in a constant number of queries."""
    chosen = sorted(interests_of(worker.user_id)) if worker.user_id else []
    return shelf.library.readings(
        topics=chosen,
        organizations=ancestor_paths(worker.organization.path),
        since=timezone.localdate(now) - NEWS,
        limit=READINGS,
    )
