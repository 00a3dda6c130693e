"""What the homes themselves tell through their registry, for inspections and readers: premises, people, rules, life,
and what of the county counts for each of its homes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _

from services.childrens_homes.enums import ALIVE, OF_COUNTY, ON_THE_WALL, SIGNED, Chain, Vetting
from services.childrens_homes.models import CareActivity, Census, Committee, Home, Letter, ServiceLog, Volunteer
from services.childrens_homes.queries.people import standing_of, with_vetting
from services.childrens_homes.queries.readiness import asked_of, known_of
from services.childrens_homes.registry import Fact
from services.childrens_homes.rules.committees import missing_seats
from services.childrens_homes.rules.people import educated_enough
from services.foundation.scope import path_filter
from services.organizations.enums import Kind
from services.organizations.models import Organization

_QUARTER = timedelta(days=90)


def facts(homes: Sequence[Home], on: date) -> dict[int, list[Fact]]:
    """A constant number of queries."""
    known = known_of(homes, on, {})
    activities = _counted(CareActivity, homes, on)
    serving = _serving(homes, on)
    counties = _of_counties(homes)
    asked = asked_of({home.programme_id for home in homes})
    found = {}
    for home in homes:
        one = known[home.pk]
        least = asked[home.programme_id].education(home.profile)
        complete = one.committee is not None and not missing_seats(home.profile, one.committee, at_school=one.at_school)
        educated = all(educated_enough(level, least) for level in one.education) if one.education else None
        own = {
            "room_m2": home.room_m2,
            "outdoor_m2": home.outdoor_m2,
            "internet": home.internet,
            "video_call": home.video_call,
            "safe": home.safe,
            "committee": complete,
            "manager_education": educated,
            "part_time_teachers": one.teachers,
            "rules_on_wall": all(kind in one.on_wall for kind in ON_THE_WALL),
            "plans_written": {"long_term_plan", "annual_plan"} <= set(one.written),
            "activities": activities.get(home.pk, 0),
            "volunteers": serving.get(home.pk, 0),
            "electronic_archive": bool(one.committee or one.teachers or activities.get(home.pk)),
        }
        own |= counties[home.county_id]
        found[home.pk] = [Fact(code, value, _("The record of the home")) for code, value in own.items()]
    return found


def _counted(model, homes: Sequence[Home], on: date) -> dict[int, int]:
    """Within the last ninety days."""
    rows = model.objects.unscoped().filter(home__in=[home.pk for home in homes], on__lte=on, on__gt=on - _QUARTER)
    return dict(rows.order_by().values_list("home_id").annotate(n=Count("pk")))


def _serving(homes: Sequence[Home], on: date) -> dict[int, int]:
    """Volunteers on a home's roster of the last ninety days whose check counts today."""
    rows = ServiceLog.objects.unscoped().filter(
        home__in=[home.pk for home in homes], on__lte=on, on__gt=on - _QUARTER, volunteer__left_on__isnull=True
    )
    pairs = set(rows.values_list("home_id", "volunteer_id"))
    people = with_vetting(Volunteer.objects.unscoped().filter(pk__in={one for _home, one in pairs}), on)
    cleared = {one.pk for one in people if standing_of(one, on) in (Vetting.CLEARED, Vetting.EXPIRING)}
    found = defaultdict(int)
    for home, volunteer in pairs:
        found[home] += volunteer in cleared
    return found


def _of_counties(homes: Sequence[Home]) -> dict[int, dict]:
    """Leadership, letters to the townships, census, video calls: once a county, counted for each of its homes."""
    counties = {home.county_id: home.county for home in homes}
    programmes = {home.programme_id for home in homes}
    groups = defaultdict(set)
    rows = Committee.objects.unscoped().filter(organization__in=counties, dissolved_on__isnull=True, home__isnull=True)
    for place, kind in rows.values_list("organization_id", "kind"):
        groups[place].add(kind)
    counted = set(
        Census.objects.unscoped().filter(county__in=counties, programme__in=programmes).values_list("county", flat=True)
    )
    video = set(
        Home.objects.unscoped()
        .filter(county__in=counties, video_call=True, state__in=ALIVE)
        .values_list("county", flat=True)
    )
    unsigned = _unsigned_townships(counties, programmes)
    return {
        key: {
            "county_leadership": bool(groups[key] & set(OF_COUNTY)),
            "letters_signed": None if unsigned.get(key) is None else not unsigned[key],
            "letters_unsigned": unsigned.get(key),
            "census_taken": key in counted,
            "county_video": key in video,
        }
        for key in counties
    }


def _unsigned_townships(counties: dict, programmes: set[int]) -> dict[int, int]:
    """County → its townships without a letter of the governments' chain that both sides signed."""
    towns = (
        Organization.objects.open()
        .filter(path_filter("path", tuple(one.path for one in counties.values())), kind=Kind.TOWNSHIP_WF)
        .values_list("pk", "path")
    )
    paths = {one.path: key for key, one in counties.items()}
    signed = set(
        Letter.objects.unscoped()
        .filter(programme__in=programmes, chain=Chain.GOVERNMENT, state__in=SIGNED)
        .values_list("party_b", flat=True)
    )
    found: dict[int, int] = {}
    for pk, path in towns:
        county = paths.get(path[: -Organization.steplen])
        if county is not None:
            found[county] = found.get(county, 0) + (pk not in signed)
    return found
