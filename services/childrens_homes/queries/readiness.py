"""Homes judged against the standard: the facts of a page of them in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from services.childrens_homes import registry
from services.childrens_homes.enums import SiteType, StaffRole
from services.childrens_homes.models import Committee, Home, HomeStaff, RegulationDoc, Requirement
from services.childrens_homes.queries.requirements import asked_by
from services.childrens_homes.registry import Fact
from services.childrens_homes.rules.readiness import Known, readiness
from services.foundation.verdict import Finding

# What `home_equipment` tells: whether everything that the standard lists is there.
EQUIPMENT = "equipment_complete"


def judged(
    homes: Sequence[Home], on: date, facts: dict[int, dict[str, Fact]] | None = None
) -> dict[int, list[Finding]]:
    """Findings by home. Seven queries at most beside those of the registered facts."""
    if facts is None:
        facts = registry.facts_of(homes, on)
    asked = asked_of({home.programme_id for home in homes})
    known = known_of(homes, on, facts)
    return {home.pk: readiness(known[home.pk], asked[home.programme_id]) for home in homes}


def asked_of(programmes: set[int]) -> dict:
    """What each programme asks for: one query."""
    found = {pk: {} for pk in programmes}
    for one in Requirement.objects.unscoped().filter(programme__in=programmes).order_by("version"):
        found[one.programme_id][one.code] = one
    return {pk: asked_by(requirements) for pk, requirements in found.items()}


def known_of(homes: Sequence[Home], on: date, facts: dict[int, dict[str, Fact]]) -> dict[int, Known]:
    keys = [home.pk for home in homes]
    members = _members(keys)
    on_wall, written = _regulations(keys, on)
    teachers, education = _staff(keys, on)
    found = {}
    for home in homes:
        equipment = facts.get(home.pk, {}).get(EQUIPMENT)
        found[home.pk] = Known(
            profile=home.profile,
            room_m2=home.room_m2,
            outdoor_m2=home.outdoor_m2,
            internet=home.internet,
            safe=home.safe,
            committee=members.get(home.pk),
            at_school=home.site_type == SiteType.VILLAGE_PRIMARY,
            on_wall=on_wall[home.pk],
            written=written[home.pk],
            teachers=teachers[home.pk],
            education=education[home.pk],
            equipment=equipment.value if equipment else None,
            equipment_source=equipment.source if equipment else "",
        )
    return found


def _members(keys: list[int]) -> dict[int, list[tuple[str, str]]]:
    rows = Committee.objects.unscoped().filter(home__in=keys, dissolved_on__isnull=True)
    found = defaultdict(list)
    for home, position, post in rows.values_list("home_id", "members__position", "members__post"):
        found[home] += [(position, post)] if position else []
    return found


def _regulations(keys: list[int], on: date) -> tuple[dict, dict]:
    """Rules that hang on the wall, and plans: an annual plan is that of the year."""
    on_wall, written = defaultdict(set), defaultdict(set)
    rows = RegulationDoc.objects.unscoped().filter(home__in=keys, replaced_at__isnull=True)
    for home, kind, year, wall in rows.values_list("home_id", "kind", "year", "on_wall"):
        if wall:
            on_wall[home].add(kind)
        if kind != "annual_plan" or year == on.year:
            written[home].add(kind)
    return on_wall, written


def _staff(keys: list[int], on: date) -> tuple[dict, dict]:
    """Teachers at work, and the education of the managers; where there is none, of the teachers, who then manage."""
    teachers, of_role = defaultdict(int), defaultdict(lambda: defaultdict(list))
    rows = HomeStaff.objects.unscoped().filter(home__in=keys, from_on__lte=on).exclude(until_on__lt=on)
    for home, role, education in rows.values_list("home_id", "role", "education"):
        teachers[home] += role == StaffRole.TEACHER
        of_role[home][role].append(education)
    education = defaultdict(list)
    for home, found in of_role.items():
        education[home] = found[StaffRole.MANAGER] or found[StaffRole.TEACHER]
    return teachers, education
