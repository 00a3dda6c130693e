"""Reads of inspections, findings and who may be sent."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from wagtail.log_actions import registry as log_registry

from services.childrens_homes.enums import ALIVE
from services.childrens_homes.models import Home
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.home_inspections.enums import CONCLUDED, INSPECTING, READERS, RectificationState, Round
from services.home_inspections.models import Answer, Conflict, Inspection, Inspector, Photo, Rectification
from services.home_inspections.queries.rubrics import city_path, tree_of
from services.home_inspections.rules import merging, scoring
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import ancestor_paths, in_force


def _sent(user):
    """Visits to which she was sent herself: drawn inspectors come from other counties."""
    return Exists(Inspector.objects.filter(inspection=OuterRef("pk"), user=user.pk)) | Q(third=user.pk)


def inspections_for(user) -> QuerySet[Inspection]:
    """Those within her reach, and those to which she was sent, as long as she holds a post in it."""
    paths = scope_of(user).paths(roles=READERS)
    hers = _sent(user) if paths else Q(pk__in=[])
    found = Inspection.objects.unscoped().filter(path_filter("home__host__path", paths) | hers)
    return found.select_related("home__host", "home__county", "home__programme", "rubric")


def full(inspection: Inspection) -> Inspection:
    """One with everything its page shows: a constant number of queries."""
    people = Prefetch("inspectors", Inspector.objects.select_related("user"))
    found = Inspection.objects.unscoped().select_related(
        "home__host",
        "home__county",
        "home__programme",
        "again_of",
        "inspected_again",
        "host_signature",
        "confirmed_by",
        "third",
    )
    one = found.prefetch_related(people).get(pk=inspection.pk)
    one.rubric = tree_of(one.rubric)
    return one


def answers_of(inspection: Inspection, scorer=None) -> dict[str, Answer]:
    """The sheet that counts, or that of one who scores blind."""
    found = Answer.objects.filter(inspection=inspection, scorer=scorer).select_related("criterion", "saved_by")
    return {one.criterion.code: one for one in found}


def own_sheet(inspection: Inspection, user):
    """On whose sheet she writes: her own where it is scored blind, else the common one."""
    return user if inspection.blind else None


def values_of(answer: Answer | None) -> dict:
    """What an answer says, as the rules of merging compare it."""
    return {name: getattr(answer, name) for name in merging.FIELDS} if answer else dict(merging.EMPTY)


def home_given(answers: dict[str, Answer]) -> dict[str, scoring.Given]:
    return {code: scoring.Given(one.half_points, one.not_applicable) for code, one in answers.items()}


def photos_of(inspection: Inspection) -> list[Photo]:
    found = Photo.objects.unscoped().filter(inspection=inspection, removed_at__isnull=True, rectification__isnull=True)
    return list(found.select_related("criterion", "twin__inspection__home"))


def open_findings(home: Home) -> list[Rectification]:
    found = Rectification.objects.unscoped().filter(home=home).exclude(state=RectificationState.ACCEPTED)
    return list(found.select_related("criterion", "inspection").order_by("code"))


def photos_for(user) -> QuerySet[Photo]:
    """Evidence of the visits she may read."""
    return Photo.objects.unscoped().filter(inspection__in=inspections_for(user).order_by().values("pk"))


def findings_for(user) -> QuerySet[Rectification]:
    """Those within her reach, and those of homes to which she is sent."""
    paths = scope_of(user).paths(roles=READERS)
    sent = Inspector.objects.filter(inspection__home=OuterRef("home"), user=user.pk)
    hers = Exists(sent) if paths else Q(pk__in=[])
    found = Rectification.objects.unscoped().filter(path_filter("home__host__path", paths) | hers)
    return found.select_related("home__host", "home__county", "criterion", "inspection")


def inspectors_near(path: str, *, whole_city: bool = False) -> QuerySet:
    """Who can be sent to a place: holds an inspecting post there or above it; for a visit of the city every inspector
    of the city, wherever her post is. One query."""
    near = Q(role__in=INSPECTING, organization__path__in=ancestor_paths(path))
    if whole_city:
        near |= Q(role=Role.HOME_INSPECTOR, organization__path__startswith=city_path(path))
    posts = StaffAssignment.objects.filter(near, in_force(clock.today()))
    people = get_user_model().objects.filter(is_active=True, pk__in=posts.values("user_id"))
    return people.order_by("first_name", "username")


def conflicts_at(path: str, users: Iterable | None = None) -> dict[int, str]:
    """Whose declared conflict stands against judging a place, and why."""
    found = Conflict.objects.unscoped().filter(withdrawn_at__isnull=True, organization__path__in=ancestor_paths(path))
    if users is not None:
        found = found.filter(user__in=users)
    return dict(found.values_list("user_id", "reason"))


def conflicts_of(user) -> QuerySet[Conflict]:
    found = Conflict.objects.own(user=user, withdrawn_at__isnull=True)
    return found.select_related("organization")


def places_of_conflict(user) -> QuerySet[Organization]:
    """Where she might be sent: what she can declare a conflict with."""
    found = Home.objects.unscoped().filter(state__in=ALIVE)
    paths = StaffAssignment.objects.filter(in_force(clock.today()), user=user, role__in=INSPECTING)
    reach = Q(pk__in=[])
    for path in paths.values_list("organization__path", flat=True):
        reach |= Q(host__path__startswith=path)
    homes = found.filter(reach)
    return Organization.objects.filter(
        Q(pk__in=homes.values("host_id")) | Q(pk__in=homes.values("county_id"))
    ).order_by("path")


def inspected_by_county(homes: QuerySet[Home]) -> QuerySet[Home]:
    """Those with a concluded inspection by the county."""
    done = Inspection.objects.unscoped().filter(home=OuterRef("pk"), round=Round.COUNTY, state__in=CONCLUDED)
    return homes.filter(Exists(done))


def was_inspected_by_county(home: Home) -> bool:
    return Inspection.objects.unscoped().filter(home=home, round=Round.COUNTY, state__in=CONCLUDED).exists()


def last_concluded(home: Home) -> Inspection | None:
    """The visit whose verdict stands for the home."""
    return Inspection.objects.unscoped().filter(home=home, state__in=CONCLUDED).order_by("confirmed_at", "pk").last()


def alive(programme) -> QuerySet[Home]:
    return Home.objects.unscoped().filter(programme=programme, state__in=ALIVE)


def county_progress(programme) -> list[dict]:
    """By county: homes that have to be inspected, and those that were. Two queries."""
    homes = alive(programme)
    whole = homes.values("county_id", "county__name", "county__code", "county__path").annotate(homes=Count("pk"))
    done = dict(inspected_by_county(homes).values_list("county_id").annotate(Count("pk")))
    return [
        {
            "county_id": row["county_id"],
            "name": row["county__name"],
            "code": row["county__code"],
            "path": row["county__path"],
            "homes": row["homes"],
            "done": done.get(row["county_id"], 0),
            "left": row["homes"] - done.get(row["county_id"], 0),
        }
        for row in whole.order_by("county__path")
    ]


def homes_left(programme) -> QuerySet[Home]:
    """Homes that their county hasn't inspected yet; the caller names the viewer."""
    done = Inspection.objects.unscoped().filter(home=OuterRef("pk"), round=Round.COUNTY, state__in=CONCLUDED)
    return Home.objects.filter(~Exists(done), programme=programme, state__in=ALIVE).order_by("code")


def behind(progress: list[dict]) -> list[dict]:
    return [row for row in progress if row["done"] < row["homes"]]


def history_of(thing, *, limit: int = 50) -> list:
    logged = log_registry.get_logs_for_instance(thing).select_related("user")
    return list(logged.order_by("-timestamp", "-pk")[:limit])
