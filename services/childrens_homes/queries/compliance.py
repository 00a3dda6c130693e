"""The same standard as filters of the database, for lists and totals; ``queries.readiness`` explains each home.

Which homes fail is the same in both: a test compares them.
"""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from services.childrens_homes.enums import ALIVE, ON_THE_WALL, Profile, RegulationKind, RequirementCode, StaffRole
from services.childrens_homes.models import Committee, Home, HomeStaff, RegulationDoc, Requirement

# What a list of homes can be narrowed to.
LACKING = ("room", "outdoor", "internet", "safety", "committee", "wall_rules", "plans", "teachers")


def _least(code: str):
    """The number in force of each home's own programme."""
    rows = Requirement.objects.unscoped().filter(programme=OuterRef("programme"), code=code)
    return rows.order_by("-version").values("least")[:1]


def lacking(homes: QuerySet[Home], code: str, on: date) -> QuerySet[Home]:
    """Homes that don't have it, or haven't said."""
    return _LACKING[code](homes, on)


def _area(field: str, code: str):
    def narrow(homes, on):
        homes = homes.annotate(**{f"least_{code}": _least(code)})
        return homes.filter(Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lt": F(f"least_{code}")}))

    return narrow


def _no_internet(homes, on):
    return homes.filter(profile=Profile.SCHOOL).exclude(internet=True)


def _unsafe(homes, on):
    return homes.exclude(safe=True)


def _no_committee(homes, on):
    there = Committee.objects.unscoped().filter(home=OuterRef("pk"), dissolved_on__isnull=True)
    return homes.filter(~Exists(there))


def _document(**conditions):
    return Exists(RegulationDoc.objects.unscoped().filter(home=OuterRef("pk"), replaced_at__isnull=True, **conditions))


def _rules_missing(homes, on):
    missing = Q()
    for kind in ON_THE_WALL:
        missing |= ~Q(_document(kind=kind, on_wall=True))
    return homes.filter(missing)


def _plans_missing(homes, on):
    long_term = _document(kind=RegulationKind.LONG_TERM_PLAN)
    annual = _document(kind=RegulationKind.ANNUAL_PLAN, year=on.year)
    return homes.filter(~Q(long_term) | ~Q(annual))


def _no_teacher(homes, on):
    there = HomeStaff.objects.unscoped().filter(home=OuterRef("pk"), role=StaffRole.TEACHER, from_on__lte=on)
    return homes.filter(~Exists(there.exclude(until_on__lt=on)))


_LACKING = {
    "room": _area("room_m2", RequirementCode.ROOM),
    "outdoor": _area("outdoor_m2", RequirementCode.OUTDOOR),
    "internet": _no_internet,
    "safety": _unsafe,
    "committee": _no_committee,
    "wall_rules": _rules_missing,
    "plans": _plans_missing,
    "teachers": _no_teacher,
}


def alive(homes: QuerySet[Home]) -> QuerySet[Home]:
    return homes.filter(state__in=ALIVE)


def lacking_by_county(homes: QuerySet[Home], on: date) -> dict[str, dict[int, int]]:
    """What is lacking → county → how many homes: one query each."""
    found = {}
    for code in LACKING:
        rows = lacking(alive(homes), code, on).order_by().values("county_id").annotate(n=Count("pk"))
        found[code] = {row["county_id"]: row["n"] for row in rows}
    return found


def with_video(homes: QuerySet[Home]) -> dict[int, int]:
    """County → homes with video calls (V6)."""
    rows = alive(homes).filter(video_call=True).order_by().values("county_id").annotate(n=Count("pk"))
    return {row["county_id"]: row["n"] for row in rows}
