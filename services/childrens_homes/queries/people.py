"""Reads of teachers, volunteers and activities."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from services.childrens_homes.enums import Vetting
from services.childrens_homes.models import (
    CareActivity,
    Committee,
    CommitteeMember,
    Home,
    HomeStaff,
    ServiceLog,
    VettingRecord,
    Volunteer,
)
from services.childrens_homes.queries.requirements import WARN
from services.organizations.models import Organization


def with_vetting(rows: QuerySet[Volunteer], on: date) -> QuerySet[Volunteer]:
    """Each with the latest check known on that day."""
    latest = VettingRecord.objects.unscoped().filter(volunteer=OuterRef("pk"), checked_on__lte=on)
    latest = latest.order_by("-checked_on", "-pk")
    return rows.annotate(
        vetted_on=Subquery(latest.values("checked_on")[:1]),
        vetting_result=Subquery(latest.values("result")[:1]),
        vetted_until=Subquery(latest.values("valid_until")[:1]),
    )


def volunteers_for(user) -> QuerySet[Volunteer]:
    return Volunteer.objects.visible_to(user).select_related("organization")


def standing_filter(standing: str, on: date) -> Q:
    """Volunteers annotated by ``with_vetting`` whose check stands so; the same as the rule, as SQL."""
    soon = on + WARN
    cleared = Q(vetting_result="cleared")
    return {
        Vetting.NEVER: Q(vetted_on__isnull=True),
        Vetting.NOT_CLEARED: Q(vetting_result="not_cleared"),
        Vetting.EXPIRED: cleared & Q(vetted_until__lt=on),
        Vetting.EXPIRING: cleared & Q(vetted_until__gte=on, vetted_until__lte=soon),
        Vetting.CLEARED: cleared & Q(vetted_until__gt=soon),
    }[standing]


def standing_of(volunteer: Volunteer, on: date) -> str:
    """Of a volunteer annotated by ``with_vetting``."""
    if volunteer.vetted_on is None:
        return Vetting.NEVER
    if volunteer.vetting_result != "cleared":
        return Vetting.NOT_CLEARED
    if volunteer.vetted_until < on:
        return Vetting.EXPIRED
    return Vetting.EXPIRING if volunteer.vetted_until - on <= WARN else Vetting.CLEARED


def volunteers_of_home(home: Home) -> QuerySet[Volunteer]:
    """Those who may be asked to this home: kept at or above its school."""
    step = Organization.steplen
    above = [home.host.path[:end] for end in range(step, len(home.host.path) + 1, step)]
    rows = Volunteer.objects.unscoped().filter(organization__path__in=above, left_on__isnull=True)
    return rows.order_by("person_name", "pk")


def hours_of(volunteer: Volunteer, until: date) -> Decimal:
    rows = ServiceLog.objects.unscoped().filter(volunteer=volunteer, on__lte=until)
    return rows.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)


def services_of(volunteer: Volunteer) -> QuerySet[ServiceLog]:
    return ServiceLog.objects.unscoped().filter(volunteer=volunteer).select_related("home__host").order_by("-on", "-pk")


def staff_for(user) -> QuerySet[HomeStaff]:
    return HomeStaff.objects.visible_to(user).select_related("home__host", "home__county")


def activities_for(user) -> QuerySet[CareActivity]:
    return CareActivity.objects.visible_to(user).select_related("home__host", "home__county")


def groups_of(place: Organization) -> QuerySet[Committee]:
    """Leading groups of a city or county with their members, those that stand first."""
    rows = Committee.objects.unscoped().filter(organization=place, home__isnull=True)
    seats = Prefetch("members", CommitteeMember.objects.unscoped().order_by("pk"))
    return rows.prefetch_related(seats).order_by(F("dissolved_on").desc(nulls_first=True), "-pk")


def month_of(day: date) -> tuple[date, date]:
    """First day of a month and of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def without_activity(homes: QuerySet[Home], month: date) -> QuerySet[Home]:
    """Homes in operation in which nothing was held in a month (B5)."""
    first, after = month_of(month)
    held = CareActivity.objects.unscoped().filter(home=OuterRef("pk"), on__gte=first, on__lt=after)
    return homes.filter(~Exists(held), state="operating")


def structure(user, on: date) -> dict[str, list[dict]]:
    """Staff by work and education, volunteers by kind, hours by month: three queries."""
    staff = HomeStaff.objects.visible_to(user).filter(until_on__isnull=True)
    kinds = Volunteer.objects.visible_to(user).filter(left_on__isnull=True)
    served = ServiceLog.objects.visible_to(user).filter(on__lte=on, on__gte=date(on.year, 1, 1))
    return {
        "education": list(staff.order_by().values("role", "education").annotate(n=Count("pk"))),
        "kinds": list(kinds.order_by().values("kind").annotate(n=Count("pk"))),
        "hours": list(
            served.order_by("on__month")
            .values(month=F("on__month"))
            .annotate(hours=Sum("hours"), n=Count("volunteer", distinct=True))
        ),
    }


def vetting_counts(user, on: date) -> dict[str, int]:
    """How many volunteers stand where, of those who haven't left."""
    rows = with_vetting(Volunteer.objects.visible_to(user).filter(left_on__isnull=True), on)
    found = rows.aggregate(**{code: Count("pk", filter=standing_filter(code, on)) for code in Vetting.values})
    return dict(found)
