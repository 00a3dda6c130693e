"""The numbers of a year: who looked, what was agreed to, asked, erased, shared. No value of a child's file."""

from datetime import date

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from services.child_files.enums import (
    Answer,
    Ended,
    FileState,
    Purpose,
    ReleaseState,
    RequestKind,
    RequestState,
    RunKind,
)
from services.child_files.models import (
    AccessGrant,
    BreakGlass,
    Child,
    ChildConsent,
    FileRead,
    ImpactAssessment,
    Incident,
    Release,
    RetentionRun,
    Sharing,
    SubjectRequest,
)
from services.exchange.models import Export
from services.foundation import clock
from services.foundation.scope import path_filter


def audit_of(paths: tuple[str, ...], year: int) -> dict:
    """About fifteen queries, whatever the number of children."""
    of_child = path_filter("child__home__host__path", paths)
    of_city = path_filter("city__path", paths)
    given = ChildConsent.objects.unscoped().filter(of_child, given_at__year=year)
    ended = ChildConsent.objects.unscoped().filter(of_child, ended_at__year=year)
    reads = FileRead.objects.unscoped().filter(of_child, at__year=year)
    wishes = SubjectRequest.objects.unscoped().filter(of_child, received_at__year=year)
    glass = BreakGlass.objects.unscoped().filter(of_child, opened_at__year=year)
    runs = RetentionRun.objects.unscoped().filter(of_city, at__year=year)
    return {
        "files": Child.objects.unscoped()
        .filter(path_filter("home__host__path", paths))
        .exclude(state__in=[FileState.ERASED, FileState.ANONYMISED])
        .count(),
        "reads": reads.aggregate(
            all=Count("pk"),
            by_post=Count("pk", filter=Q(grant__isnull=True, emergency__isnull=True, release__isnull=True)),
            by_grant=Count("pk", filter=Q(grant__isnull=False)),
            by_emergency=Count("pk", filter=Q(emergency__isnull=False)),
            revealed=Count("pk", filter=~Q(fields="file") & ~Q(fields__startswith="paper:") & Q(release__isnull=True)),
            released=Count("pk", filter=Q(release__isnull=False)),
            papers=Count("pk", filter=Q(fields__startswith="paper:")),
            people=Count("viewer", distinct=True),
        ),
        "grants": _by(AccessGrant.objects.unscoped().filter(of_child, asked_at__year=year), "state"),
        "emergencies": glass.aggregate(
            all=Count("pk"),
            reviewed=Count("pk", filter=Q(reviewed_at__isnull=False)),
            in_time=Count("pk", filter=Q(reviewed_at__lte=F("review_due"))),
            unjustified=Count("pk", filter=Q(judged="not_justified")),
        ),
        "consents": _consents(given, ended),
        "requests": [(RequestKind(kind).label, count) for kind, count in _by(wishes, "kind").items()],
        "requests_late": wishes.filter(
            Q(decided_at__date__gt=F("due_on")) | Q(decided_at__isnull=True, due_on__lt=clock.today())
        ).count(),
        "requests_refused": wishes.filter(state=RequestState.REFUSED).count(),
        "incidents": list(Incident.objects.unscoped().filter(of_city, found_at__year=year)),
        "runs": [(RunKind(kind).label, count) for kind, count in _by(runs, "kind").items()],
        "shared": Sharing.objects.unscoped().filter(of_city, at__year=year).count(),
        "releases": Release.objects.unscoped()
        .filter(path_filter("home__host__path", paths), asked_at__year=year)
        .aggregate(
            all=Count("pk"),
            released=Count("pk", filter=Q(expires_at__isnull=False)),
            refused=Count("pk", filter=Q(state=ReleaseState.REFUSED)),
            copies=Coalesce(Sum("copies"), 0),
        ),
        "exports": Export.objects.filter(listing="children", created_at__year=year).count(),
        "assessments": list(
            ImpactAssessment.objects.filter(path_filter("programme__city__path", paths), made_on__lte=_last(year))
        ),
    }


def _by(rows, field: str) -> dict[str, int]:
    return dict(rows.order_by(field).values_list(field).annotate(n=Count("pk")))


def _consents(given, ended) -> list[dict]:
    answers = given.order_by().values_list("purpose", "answer").annotate(n=Count("pk"))
    ends = ended.order_by().values_list("purpose", "ended_because").annotate(n=Count("pk"))
    found = {(purpose, what): n for rows in (answers, ends) for purpose, what, n in rows}
    return [
        {
            "purpose": purpose,
            "given": found.get((purpose, Answer.GIVEN), 0),
            "refused": found.get((purpose, Answer.REFUSED), 0),
            "withdrawn": found.get((purpose, Ended.WITHDRAWN), 0),
            "expired": found.get((purpose, Ended.EXPIRED), 0),
        }
        for purpose in Purpose
    ]


def _last(year: int) -> date:
    return date(year, 12, 31)
