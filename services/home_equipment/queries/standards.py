"""Reads of the standard lists."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from services.childrens_homes.models import Home
from services.foundation.scope import path_filter, scope_of
from services.home_equipment.enums import READERS, StandardState
from services.home_equipment.models import EquipmentStandard, StandardLine
from services.home_equipment.rules.standard import Asked
from services.organizations.models import Organization


def standards_for(user) -> QuerySet[EquipmentStandard]:
    """The lists of her city: they lie above most posts, and bind them all."""
    cities = {path[: Organization.steplen] for path in scope_of(user).paths(roles=READERS)}
    rows = EquipmentStandard.objects.own().filter(path_filter("programme__city__path", tuple(cities)))
    return rows.select_related("programme__city").prefetch_related("lines")


def in_force(programmes: Iterable[int]) -> dict[tuple[int, str], EquipmentStandard]:
    """By programme and profile, with their lines: two queries however many there are."""
    rows = EquipmentStandard.objects.unscoped().filter(programme__in=set(programmes), state=StandardState.IN_FORCE)
    return {(one.programme_id, one.profile): one for one in rows.prefetch_related("lines")}


def standard_of(home: Home) -> EquipmentStandard | None:
    return in_force([home.programme_id]).get((home.programme_id, home.profile))


def last_version(programme, profile: str) -> int:
    rows = EquipmentStandard.objects.unscoped().filter(programme=programme, profile=profile)
    return rows.aggregate(last=Max("version"))["last"] or 0


def source_of(standard: EquipmentStandard) -> str:
    return f"{standard.source} v{standard.version}"


def asked(line: StandardLine, source: str = "") -> Asked:
    """The line as the rule takes it."""
    return Asked(
        code=line.code,
        name=line.name,
        minimum=line.minimum,
        tolerance=line.tolerance,
        each_kind=line.each_kind,
        kinds=tuple(line.kinds),
        applicable=line.applicable,
        source=source,
    )


def asked_of(standard: EquipmentStandard | None) -> list[Asked]:
    if standard is None:
        return []
    source = source_of(standard)
    return [asked(line, source) for line in standard.lines.all()]
