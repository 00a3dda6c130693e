"""Her applications, and those that somebody files in her name."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, QuerySet

from services.casework.enums import OPEN, FiledBy
from services.casework.models import Case
from services.casework.queries.people import in_force


def cases_of(worker) -> QuerySet[Case]:
    """All her applications with the route, the newest first."""
    return Case.objects.own(worker=worker).select_related("route", "desk").order_by("-created_at", "-pk")


def her_open_cases(worker) -> QuerySet[Case]:
    """Those that aren't over, the newest first."""
    return cases_of(worker).filter(stage__in=OPEN)


def cases_represented_by(user, *, on: date) -> QuerySet[Case]:
    """What a staff member filed in women's names, as long as the authorisation counts and no woman took it over."""
    filed = Case.objects.own(
        filed_by=FiledBy.REPRESENTATIVE,
        representative=user,
        authorisation__representative=F("representative"),
    )
    return (
        filed.filter(in_force(on, "authorisation__")).select_related("worker", "route").order_by("-created_at", "-pk")
    )


def busy_representatives(user, *, now: datetime) -> list[tuple[int, int]]:
    """Representatives within her reach who filed unusually much in the last 30 days: (key of the account, how many),
    the busiest first. One query; ``CASE_REPRESENTED_A_MONTH`` says from how many on."""
    filed = represented_lately(Case.objects.visible_to(user), now=now)
    counted = filed.order_by().values_list("representative").annotate(filed=Count("pk"))
    return list(counted.filter(filed__gte=settings.CASE_REPRESENTED_A_MONTH).order_by("-filed", "representative"))


def represented_lately(cases: QuerySet[Case], *, now: datetime) -> QuerySet[Case]:
    """Those that representatives handed in within the last 30 days."""
    return cases.filter(representative__isnull=False, submitted_at__gt=now - timedelta(days=30), submitted_at__lte=now)


def busy_filings(case: Case, *, now: datetime) -> int:
    """How many cases whoever filed this one handed in within the last 30 days, wherever they lie, if that is unusually
    many; else 0. At most one query."""
    if case.representative_id is None:
        return 0
    filed = represented_lately(Case.objects.own(representative=case.representative_id), now=now).count()
    return filed if filed >= settings.CASE_REPRESENTED_A_MONTH else 0
