"""Whom an officer may put into a group: the women at work in her unions, narrowed as she asks, each judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from services.bookings.queries import sessions_ahead
from services.organizations.enums import ROSTER_WRITERS
from services.organizations.models import Organization
from services.screening.enums import RowPlan
from services.screening.models import Enrolment, Programme
from services.screening.queries.groups import Judged, judge_group, terms_or_refuse
from services.screening.queries.programmes import organizations_in
from services.screening.rules import Standing
from services.workers.enums import WorkerState
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What she asked for; ages in whole years as of today. ``standing`` is a ``RowPlan``, empty for all."""

    name: str = ""
    union: str = ""
    age_from: int | None = None
    age_to: int | None = None
    standing: str = ""
    with_booked: bool = False


@dataclass(frozen=True, slots=True)
class Choosable:
    """One woman to tick: how she stands as of the days ahead."""

    judged: Judged
    standing: RowPlan

    @property
    def worker(self) -> Worker:
        return self.judged.known.worker


@dataclass(frozen=True, slots=True)
class Choice:
    """``rows`` after narrowing; ``more`` says that the limit was reached before all women were looked at."""

    rows: Sequence[Choosable]
    looked_at: int
    more: bool


def unions_to_enrol(programme: Programme, user) -> QuerySet[Organization]:
    """Unions of the programme's branch whose women she may enrol, highest first."""
    reach = Organization.objects.visible_to(user, roles=ROSTER_WRITERS)
    return organizations_in(programme, user).filter(pk__in=reach.values("pk"))


def women_to_choose(
    programme: Programme, organization: Organization, narrowed: Narrowed, user, *, now: datetime
) -> Choice:
    """At most the limit of a group, by union and name. Five queries. Raises ``TermsNotPublished``."""
    terms = terms_or_refuse(programme)
    women = _asked(organization, narrowed, user, today=timezone.localdate(now))
    keys = list(women.order_by("organization__path", "name", "pk").values_list("pk", flat=True)[: _limit() + 1])
    shown = Worker.objects.unscoped().filter(pk__in=keys[: _limit()])
    starts = sessions_ahead(programme.offering, now).values_list("starts_at", flat=True)
    days = sorted({timezone.localdate(moment) for moment in starts})
    judged = judge_group(programme, terms, shown.order_by("organization__path", "name", "pk"), days, now=now)
    rows = [Choosable(one, _standing(one)) for one in judged]
    rows = [
        row
        for row in rows
        if (narrowed.with_booked or row.judged.booking is None)
        and (not narrowed.standing or row.standing == narrowed.standing)
    ]
    return Choice(rows, len(judged), len(keys) > _limit())


def _limit() -> int:
    return settings.ENROLMENT_MAX_ROWS


def _standing(one: Judged) -> RowPlan:
    if one.booking is not None or one.assessment.verdict is Standing.NOT_ELIGIBLE:
        return RowPlan.REFUSE
    return RowPlan.UNKNOWN if one.assessment.verdict is Standing.NEEDS_FACTS else RowPlan.BOOK


def _asked(organization: Organization, narrowed: Narrowed, user, *, today: date) -> QuerySet[Worker]:
    women = Worker.objects.visible_to(user, roles=ROSTER_WRITERS).filter(
        organization__path__startswith=organization.path, state=WorkerState.ACTIVE
    )
    if narrowed.name:
        women = women.filter(name__icontains=narrowed.name)
    if narrowed.union:
        women = women.filter(Q(organization__code=narrowed.union) | Q(organization__name__icontains=narrowed.union))
    if narrowed.age_from is not None:
        women = women.filter(birth_date__lte=_years_before(today, narrowed.age_from))
    if narrowed.age_to is not None:
        women = women.filter(birth_date__gt=_years_before(today, narrowed.age_to + 1))
    return women


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def groups_of(programme: Programme, user) -> QuerySet[Enrolment]:
    """Groups of her unions in the programme, the newest first."""
    rows = Enrolment.objects.visible_to(user).filter(programme=programme)
    return rows.select_related("organization", "created_by", "done_by")
