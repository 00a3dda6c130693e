"""Her applications, and those that somebody files in her name."""

from datetime import date

from django.db.models import F, QuerySet

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
