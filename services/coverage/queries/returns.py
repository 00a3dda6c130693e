"""Reads of annual returns: lists, one with its versions, what lies below, what is known, how far a branch has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Left

from services.coverage.enums import COUNTED, NOT_HANDED_IN, ReturnState
from services.coverage.models import AnnualReturn, ReturnStep, ReturnYear
from services.coverage.rules.return_period import period
from services.coverage.rules.return_totals import SUMMED, Below
from services.foundation.scope import scope_of
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.organizations.registry import known_of_a_year

# A union that closed before it handed anything in is expected no longer.
GONE = Q(organization__closed_on__isnull=False, state__in=NOT_HANDED_IN)
NAMES_KEPT = 100
_WITH = ("organization", "collection", "reports_to", "reached")


def returns_listed(user) -> QuerySet[AnnualReturn]:
    """The latest version of each, within her scope."""
    return AnnualReturn.objects.visible_to(user).filter(latest=True).exclude(GONE).select_related(*_WITH)


def returns_of(user, *, year: int, code: str) -> QuerySet[AnnualReturn]:
    """All versions of one union's return of a year, the latest first; none outside her scope."""
    found = AnnualReturn.objects.visible_to(user).filter(year=year, organization__code=code)
    return found.select_related(*_WITH, "signed_by").order_by("-version")


def years_within(user) -> list[int]:
    """The years that the federations over her posts have opened, the latest first."""
    tops = {path[: Organization.steplen] for path in scope_of(user).paths()}
    years = ReturnYear.objects.filter(organization__path__in=tops).values_list("year", flat=True)
    return sorted(set(years), reverse=True)


def hers(user, *, year: int, roles: frozenset[str]) -> list[AnnualReturn]:
    """The returns of the very organisations at which she holds one of ``roles``."""
    paths = [path for path, held in scope_of(user).grants.items() if held & roles]
    found = AnnualReturn.objects.visible_to(user).filter(year=year, latest=True, organization__path__in=paths)
    return list(found.select_related(*_WITH).order_by("organization__path"))


def year_of(organization: Organization, year: int) -> ReturnYear | None:
    """The year as the federation at the top of the organisation's tree opened it."""
    top = organization.path[: Organization.steplen]
    return ReturnYear.objects.filter(organization__path=top, year=year).first()


def expected_below(organization_id: int, year: int) -> QuerySet[AnnualReturn]:
    """The returns that the union above is to count: the latest versions, whatever their state."""
    found = AnnualReturn.objects.unscoped().filter(reports_to=organization_id, year=year, latest=True)
    return found.exclude(GONE)


def below(organization_id: int, year: int) -> Below:
    """The sums of what was accepted directly below, added up by the database. Three queries at any number.

    A gap is counted by itself: what closed or moved away may still count here, and would hide one as a difference.
    """
    accepted = AnnualReturn.objects.unscoped().filter(reports_to=organization_id, year=year, state__in=COUNTED)
    numbers = {code: Cast(KeyTextTransform(code, "totals"), BigIntegerField()) for code in SUMMED}
    found = accepted.order_by().aggregate(
        counted=Count("pk"),
        **{f"sum_{code}": Sum(number) for code, number in numbers.items()},
        **{f"of_{code}": Count(number) for code, number in numbers.items()},
    )
    stated = {code: found[f"of_{code}"] for code in SUMMED if found[f"of_{code}"]}
    missing = not_counted_below(organization_id, year)
    names = missing.values_list("organization__name", flat=True)[:NAMES_KEPT]
    sums = {code: found[f"sum_{code}"] for code in stated}
    return Below(found["counted"] + missing.count(), found["counted"], sums, stated, tuple(names))


def not_counted_below(organization_id: int, year: int) -> QuerySet[AnnualReturn]:
    """Directly below, and no version of it accepted yet."""
    counted = AnnualReturn.objects.unscoped().filter(reports_to=organization_id, year=year, state__in=COUNTED)
    missing = expected_below(organization_id, year).exclude(organization__in=counted.values("organization"))
    return missing.select_related("organization", "collection").order_by("organization__path")


def last_year(annual_return: AnnualReturn) -> dict:
    """The union's own figures that counted a year ago; nothing where there are none."""
    counted = AnnualReturn.objects.unscoped().filter(
        organization=annual_return.organization_id, year=annual_return.year - 1, state__in=COUNTED
    )
    return counted.values_list("figures", flat=True).first() or {}


def known_for(organizations: Collection[int], *, year: int, today: date) -> dict[int, dict[str, list[dict]]]:
    """``{organisation: {field: [{"value", "provider", "on"}]}}``: what the apps tell, the one believed first in front.

    Queries by app, not by union. Who tells the same as another adds nothing.
    """
    first, last = period(year)
    until = min(last, today)
    found: dict[int, dict[str, list[dict]]] = {key: {} for key in organizations}
    for provider in sorted(known_of_a_year.codes(), key=lambda code: known_of_a_year[code].rank):
        known = known_of_a_year[provider]
        day = (until if known.of_period else today).isoformat()
        for key, values in known.tell(organizations, first, until).items():
            for field, value in values.items():
                told = found[key].setdefault(field, [])
                if all(one["value"] != value for one in told):
                    told.append({"value": value, "provider": provider, "on": day})
    return found


def steps_of(versions: list[AnnualReturn]) -> list[ReturnStep]:
    """Everything that happened to the versions, and acceptances and locks of the returns above that count them."""
    own = Q(annual_return__in=versions)
    one = versions[0]
    above = Q(
        annual_return__organization__path__in=ancestor_paths(one.organization.path)[:-1],
        annual_return__year=one.year,
        verb__in=["accept", "lock"],
    )
    steps = ReturnStep.objects.filter(own | above).select_related("by", "where", "annual_return__organization")
    return list(steps.order_by("-at", "-pk"))


def by_time(today: date) -> dict[str, Q]:
    """How returns stand against their last day; what is counted and what is listed by it are the same."""
    missing = Q(state__in=NOT_HANDED_IN, first_submitted_on__isnull=True)
    overdue = missing & Q(collection__due_on__lt=today)
    return {
        "missing": missing,
        "handed_in": ~missing,
        "overdue": overdue,
        "in_time": Q(first_submitted_on__lte=F("collection__due_on")),
        "late": Q(first_submitted_on__gt=F("collection__due_on")) | overdue,
    }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a branch has come: returns expected at and below its top, handed in, accepted, in time, late."""

    expected: int
    handed_in: int
    accepted: int
    in_time: int
    late: int

    @property
    def missing(self) -> int:
        return self.expected - self.handed_in


def progress(at: Organization, *, year: int, today: date) -> tuple[Progress, dict[str, Progress]]:
    """Of everything at and below a place, and of each branch directly below it by tree path. One query."""
    time = by_time(today)
    rows = AnnualReturn.objects.below(at.path).filter(year=year, latest=True).exclude(GONE)
    branches = rows.order_by().values(branch=Left("organization__path", len(at.path) + Organization.steplen))
    counted = branches.annotate(
        expected=Count("pk"),
        handed_in=Count("pk", filter=time["handed_in"]),
        accepted=Count("pk", filter=Q(state__in=COUNTED)),
        in_time=Count("pk", filter=time["in_time"]),
        late=Count("pk", filter=time["late"]),
    )
    found = {row.pop("branch"): Progress(**row) for row in counted}
    whole = Progress(*(sum(getattr(one, name) for one in found.values()) for name in Progress.__slots__))
    return whole, {path: one for path, one in found.items() if path != at.path}


def years_due(*, today: date, days: int) -> QuerySet[ReturnYear]:
    """Those whose last day comes within so many days or is past, and that aren't locked."""
    return ReturnYear.objects.filter(due_on__lte=today + timedelta(days=days), locked_at__isnull=True).order_by("pk")


def to_be_told(collection: ReturnYear, stage: int) -> QuerySet[AnnualReturn]:
    """Not handed in, of those that weren't told this stage or a later one."""
    found = AnnualReturn.objects.unscoped().filter(collection=collection, latest=True, state__in=NOT_HANDED_IN)
    return found.filter(Q(reminded__isnull=True) | Q(reminded__gt=stage), version=1).exclude(GONE)


def waiting_for(user, *, roles: frozenset[str]) -> QuerySet[AnnualReturn]:
    """Submitted to the very organisations at which she holds one of ``roles``."""
    paths = [path for path, held in scope_of(user).grants.items() if held & roles]
    return AnnualReturn.objects.unscoped().filter(latest=True, state=ReturnState.SUBMITTED, reports_to__path__in=paths)
