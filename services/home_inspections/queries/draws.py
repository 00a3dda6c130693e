"""Reads of draws: for the desk, and as everybody may check them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from services.foundation import clock
from services.home_inspections.enums import DrawPurpose, DrawState, Outcome
from services.home_inspections.models import Conflict, DrawItem, HomeDraw, Seal
from services.home_inspections.queries.rubrics import city_paths, county_path
from services.home_inspections.rules import chain
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force


def draws_for(user) -> QuerySet[HomeDraw]:
    found = HomeDraw.objects.unscoped().filter(programme__city__path__in=city_paths(user))
    return found.defer("frame", "frame_csv").select_related("programme__city")


def published_draw(token: str) -> HomeDraw | None:
    """Everybody may read a draw from the moment its list is frozen: what is hidden can't be trusted."""
    found = HomeDraw.objects.unscoped().select_related("programme__city", "replaces", "replaced_by")
    return found.filter(token=token).first()


def published_draws() -> QuerySet[HomeDraw]:
    return HomeDraw.objects.unscoped().defer("frame", "frame_csv").select_related("programme__city")


def items_of(draw: HomeDraw) -> list[DrawItem]:
    found = DrawItem.objects.filter(draw=draw).select_related("home__host", "home__county", "replaced_by")
    return list(found.prefetch_related("inspectors__user").order_by("stratum", "rank"))


def links_of(draw: HomeDraw) -> list[chain.Link]:
    return [link_of(one) for one in Seal.objects.filter(draw=draw).order_by("number")]


def link_of(one: Seal) -> chain.Link:
    return chain.Link(one.number, one.kind, one.at.isoformat(), one.payload, one.previous, one.digest)


def draw_in_force(programme, purpose: str) -> HomeDraw | None:
    """The one that counts now. Homes are accepted once; each year's evaluation has a draw of its own."""
    found = HomeDraw.objects.unscoped().filter(programme=programme, purpose=purpose).exclude(state=DrawState.VOID)
    return found.exclude(purpose=DrawPurpose.EVALUATION, state=DrawState.EXECUTED).first()


def waits_for_visit(home) -> bool:
    """Whether the city's draw has called this home, and nobody was there yet."""
    called = DrawItem.objects.filter(Q(selected=True) | Q(called_in=True), home=home, outcome=Outcome.PENDING)
    return called.filter(draw__state=DrawState.PUBLISHED, draw__purpose=DrawPurpose.ACCEPTANCE).exists()


@dataclass(frozen=True, slots=True)
class Directory:
    """The inspectors of a city: ``sign`` by user, where each is at home, and where each has declared a conflict."""

    users: dict[str, int]
    homes: dict[str, set[str]]
    conflicts: dict[str, list[tuple[str, str]]]

    def excluded(self, host_path: str) -> dict[str, str]:
        """Who can't be drawn for a home, with the code of the reason."""
        found = {}
        for sign in self.users:
            if county_path(host_path) in self.homes[sign]:
                found[sign] = "own_county"
            elif any(host_path.startswith(path) for path, _why in self.conflicts[sign]):
                found[sign] = "conflict"
        return found


def directory_of(city_path: str) -> Directory:
    """Two queries. Somebody with a post at the city alone has no county of her own."""
    posts = StaffAssignment.objects.filter(
        in_force(clock.today()),
        role=Role.HOME_INSPECTOR,
        organization__path__startswith=city_path,
        user__is_active=True,
    )
    users, homes, conflicts = {}, defaultdict(set), defaultdict(list)
    for user, path in posts.order_by("user_id").values_list("user_id", "organization__path"):
        sign = f"I-{user:05d}"
        users[sign] = user
        if len(path) > len(city_path):
            homes[sign].add(county_path(path))
    by_user = {user: sign for sign, user in users.items()}
    said = Conflict.objects.unscoped().filter(withdrawn_at__isnull=True, user_id__in=by_user)
    for user, path, why in said.values_list("user_id", "organization__path", "reason"):
        conflicts[by_user[user]].append((path, why))
    return Directory(users, homes, conflicts)
