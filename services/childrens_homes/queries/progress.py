"""Milestones and letters of a programme, as far as she reaches."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.childrens_homes.enums import READERS, SIGNED, Chain, Level
from services.childrens_homes.models import Letter, Milestone, MilestoneDone, Programme
from services.childrens_homes.rules import milestones as rules
from services.foundation.scope import scope_of
from services.organizations.enums import Kind
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part of a milestone."""

    organization: Organization
    due: date
    done: MilestoneDone | None
    standing: str


@dataclass(frozen=True, slots=True)
class Step:
    milestone: Milestone
    parts: list[Part]

    @property
    def late(self) -> list[Part]:
        return [part for part in self.parts if part.standing == rules.LATE]


def counties_in(programme: Programme) -> list[Organization]:
    return list(programme.city.get_children().filter(closed_on__isnull=True).order_by("path"))


def _reached(user, places: Iterable[Organization]) -> list[Organization]:
    """Places at, above or below a post of hers."""
    paths = scope_of(user).paths(roles=READERS)
    return [one for one in places if any(one.path.startswith(p) or p.startswith(one.path) for p in paths)]


def timeline(user, programme: Programme, today: date) -> list[Step]:
    """Every milestone with the parts within her reach, and that of the city: three queries."""
    counties = _reached(user, counties_in(programme))
    done = {
        (one.milestone_id, one.organization_id): one
        for one in MilestoneDone.objects.unscoped().filter(milestone__programme=programme)
    }
    found = []
    for milestone in Milestone.objects.unscoped().filter(programme=programme).order_by("code"):
        milestone.programme = programme
        who = [programme.city] if milestone.owner != Level.COUNTY else []
        who += counties if milestone.owner != Level.CITY else []
        parts = [_part(milestone, one, done.get((milestone.pk, one.pk)), today) for one in who]
        found.append(Step(milestone, parts))
    return found


def _part(milestone: Milestone, organization: Organization, done: MilestoneDone | None, today: date) -> Part:
    due = milestone.due(county=organization.depth > 1)
    standing = rules.standing(begins=milestone.from_on, due=due, done=done and done.done_on, today=today)
    return Part(organization, due, done, standing)


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation with its letter of a chain; ``letter`` None: nobody has written one."""

    organization: Organization
    letter: Letter | None
    below: list["Node"]

    @property
    def signed(self) -> bool:
        return self.letter is not None and self.letter.state in SIGNED


def letter_tree(user, programme: Programme) -> dict[str, list[Node]]:
    """Chain → counties with their townships, as far as she reaches: two queries."""
    letters = {
        (one.chain, one.party_b_id): one
        for one in Letter.objects.unscoped().filter(programme=programme).select_related("party_a", "party_b")
    }
    rows = Organization.objects.below(programme.city.path).open().filter(kind__in=[Kind.COUNTY_WF, Kind.TOWNSHIP_WF])
    below = defaultdict(list)
    counties = []
    for one in _reached(user, rows.order_by("path")):
        if one.kind == Kind.COUNTY_WF:
            counties.append(one)
        else:
            below[one.path[: -Organization.steplen]].append(one)
    return {
        chain: [
            Node(
                county,
                letters.get((chain, county.pk)),
                [Node(town, letters.get((chain, town.pk)), []) for town in below[county.path]],
            )
            for county in counties
        ]
        for chain in Chain.values
    }


def letters_for(user):
    """Letters whose lower side lies within her reach."""
    rows = Letter.objects.visible_to(user)
    return rows.select_related("party_a", "party_b", "parent", "programme__city")


def letter_below(letter: Letter, user) -> list[Letter]:
    return list(letters_for(user).filter(parent=letter).order_by("party_b__path"))
