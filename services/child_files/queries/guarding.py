"""What the privacy officer looks after: requests, emergencies, approvals, proofs. She reads codes, never a file."""

from datetime import date

from django.db.models import F, QuerySet

from services.child_files.enums import GrantState, RequestKind, RequestState
from services.child_files.models import (
    AccessGrant,
    BreakGlass,
    Child,
    FileRead,
    ImpactAssessment,
    Incident,
    PurposeSwitch,
    RetentionRule,
    RetentionRun,
    Sharing,
    SubjectRequest,
)
from services.child_files.models.scoping import CITY_LENGTH
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.organizations.queries import in_force

_GUARD = frozenset({Role.PRIVACY_OFFICER})
_IN_THE_FILE = (RequestKind.CORRECT, RequestKind.COMPLETE, RequestKind.DELETE, RequestKind.COPY)
OPEN_REQUESTS = (RequestState.RECEIVED, RequestState.IDENTITY_VERIFIED, RequestState.IN_PROGRESS)


def guarded_paths(user) -> tuple[str, ...]:
    return scope_of(user).paths(roles=_GUARD)


def cities_of(user) -> QuerySet[Organization]:
    """The cities whose children's data she answers for."""
    tops = {path[:CITY_LENGTH] for path in guarded_paths(user) if len(path) == CITY_LENGTH}
    return Organization.objects.filter(path__in=tops)


def requests_for(user) -> QuerySet[SubjectRequest]:
    return SubjectRequest.objects.visible_to(user).select_related("child__home__host", "guardianship")


def teachers_wishes() -> QuerySet[SubjectRequest]:
    """What guardians ask for and only a file's teacher can do. A complaint may be about her: it isn't shown to her."""
    return SubjectRequest.objects.unscoped().filter(state__in=OPEN_REQUESTS, kind__in=_IN_THE_FILE)


def open_wishes(child: Child) -> QuerySet[SubjectRequest]:
    return teachers_wishes().filter(child=child).select_related("guardianship").order_by("due_on", "pk")


def emergencies_for(user) -> QuerySet[BreakGlass]:
    return BreakGlass.objects.visible_to(user).select_related("child__home__county", "user", "reviewed_by")


def grants_under(user) -> QuerySet[AccessGrant]:
    inside = path_filter("child__home__host__path", guarded_paths(user))
    rows = AccessGrant.objects.unscoped().filter(inside)
    return rows.select_related("child__home__county", "asked_by", "asked_of")


def grants_of_leader(user) -> QuerySet[AccessGrant]:
    """What waits for her yes, and what she decided."""
    rows = AccessGrant.objects.visible_to(user).filter(asked_of=user)
    return rows.select_related("child__home__host", "child__home__county", "asked_by", "asked_of")


def grants_asked(user) -> QuerySet[AccessGrant]:
    rows = AccessGrant.objects.visible_to(user).filter(asked_by=user)
    return rows.select_related("child__home__host", "child__home__county", "asked_by", "asked_of")


def waiting_grants(user) -> QuerySet[AccessGrant]:
    return grants_of_leader(user).filter(state=GrantState.ASKED)


def leaders_of(child, *, but) -> QuerySet:
    """Officers at the women's federation of the child's own county, without the one who asks."""
    return leaders_at(child.home.county, but=but)


def leaders_at(county: Organization, *, but) -> QuerySet:
    posts = county.assignments.filter(in_force(clock.today()), role=Role.WF_OFFICER)
    return posts.exclude(user=but).exclude(user__is_active=False).select_related("user").order_by("user__username")


def rule_in_force(city, on: date) -> RetentionRule | None:
    rows = RetentionRule.objects.unscoped().filter(city=city, valid_from__lte=on)
    return rows.order_by("-valid_from", "-pk").first()


def reads_of(child) -> QuerySet[FileRead]:
    return FileRead.objects.unscoped().filter(child=child).order_by("-at", "-pk")


def _of(model, user):
    return model.objects.visible_to(user)


def incidents_for(user) -> QuerySet[Incident]:
    return _of(Incident, user)


def runs_for(user) -> QuerySet[RetentionRun]:
    return _of(RetentionRun, user).select_related("rule", "by")


def sharings_for(user) -> QuerySet[Sharing]:
    return _of(Sharing, user).select_related("by").prefetch_related("children")


def switches_for(city) -> QuerySet[PurposeSwitch]:
    rows = PurposeSwitch.objects.filter(programme__city=city)
    return rows.select_related("programme", "assessment").order_by("-programme__year", "purpose")


def assessments_for(city) -> QuerySet[ImpactAssessment]:
    return ImpactAssessment.objects.filter(programme__city=city).order_by(F("made_on").desc(), "-pk")
