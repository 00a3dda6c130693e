"""Reads of children's files: within somebody's reach, by token, and who holds a way into one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from services.child_files.enums import LISTED, Answer, GrantState, PaperKind, Purpose
from services.child_files.models import (
    AccessGrant,
    BreakGlass,
    CareRules,
    Child,
    ChildConsent,
    ChildPaper,
    GuardianshipLink,
    taught_paths,
)


def files_for(user) -> QuerySet[Child]:
    """What lists show her: nothing of a file that is locked or emptied."""
    rows = Child.objects.visible_to(user).filter(state__in=LISTED)
    return rows.select_related("home__host", "home__county", "home__programme")


def file_for(user, token: str) -> Child | None:
    return files_for(user).filter(token=token).first()


def locked(child: Child) -> Child:
    """The row under its lock, with what every action asks of it. Only inside a transaction."""
    rows = Child.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("home__host", "home__county", "home__programme").get(pk=child.pk)


@dataclass(frozen=True, slots=True)
class Way:
    """By what somebody may read a file now: ``post`` (her own home), ``grant``, ``emergency``, or nothing."""

    kind: str = ""
    grant: AccessGrant | None = None
    emergency: BreakGlass | None = None

    def __bool__(self) -> bool:
        return bool(self.kind)

    @property
    def until(self) -> datetime | None:
        held = self.grant or self.emergency
        return held.expires_at if held else None


def way_into(user, child: Child, now: datetime) -> Way:
    """At most two queries; none for the home's own teacher."""
    if child.home.host.path in taught_paths(user):
        return Way("post")
    grants = AccessGrant.objects.unscoped().filter(
        child=child, asked_by=user, state=GrantState.APPROVED, expires_at__gt=now
    )
    if grant := grants.order_by("-expires_at").first():
        return Way("grant", grant=grant)
    glass = BreakGlass.objects.unscoped().filter(child=child, user=user, expires_at__gt=now)
    emergency = glass.order_by("-expires_at").first()
    return Way("emergency", emergency=emergency) if emergency else Way()


def consents_standing(child: Child) -> dict[str, ChildConsent]:
    """What the guardian agrees to at this moment, by purpose. One query."""
    given = ChildConsent.objects.unscoped().filter(child=child, answer=Answer.GIVEN, ended_at__isnull=True)
    return {one.purpose: one for one in given.select_related("notice", "giver__guardian")}


def agrees(child: Child, purpose: str) -> bool:
    given = ChildConsent.objects.unscoped().filter(child=child, answer=Answer.GIVEN, ended_at__isnull=True)
    return given.filter(purpose=purpose).exists()


def guardians_of(child: Child) -> QuerySet[GuardianshipLink]:
    return GuardianshipLink.objects.unscoped().filter(child=child).select_related("guardian")


def rules_of(programme) -> CareRules:
    """What the programme set, or the numbers as they stand in the columns' defaults."""
    return CareRules.objects.filter(programme=programme).first() or CareRules(programme=programme)


def papers_of(child: Child) -> QuerySet[ChildPaper]:
    return ChildPaper.objects.unscoped().filter(child=child, removed_at__isnull=True).order_by("-added_at", "-pk")


def papers_shown(child: Child, standing: dict[str, ChildConsent]) -> QuerySet[ChildPaper]:
    """Without the guardian's yes no photo is shown; asked at every look, so a withdrawal counts at once."""
    rows = papers_of(child)
    return rows if Purpose.PHOTO_INSIDE in standing else rows.exclude(kind=PaperKind.PHOTO)


def all_papers() -> QuerySet[ChildPaper]:
    return ChildPaper.objects.unscoped()


def states_in(homes) -> QuerySet:
    """Rows of ``home``, ``state``, ``files``: one query for any number of homes."""
    rows = Child.objects.unscoped().filter(home__in=homes).order_by()
    return rows.values("home", "state").annotate(files=Count("pk"), full=Count("pk", filter=Q(complete=True)))
