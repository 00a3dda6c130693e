"""What the record holds of the facts that a list of unions states."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from services.coverage.enums import UNDER_WAY, Position, TermState
from services.coverage.models import Seat, Term, WomenCommittee
from services.coverage.rules.union_list import Stated
from services.organizations.models import Organization

# Who heads a committee, and the commissioner where there is none.
HEADS = (Position.CHAIR, Position.COMMISSIONER)
_FEW = 2_000


@dataclass(slots=True)
class Held:
    """One union's record: the rows behind the facts. ``term`` is the one in office, else the one under way."""

    committee: WomenCommittee
    term: Term | None = None
    seat: Seat | None = None
    last_number: int = 0
    under_way: bool = False
    facts: Stated = field(default_factory=Stated)


def held_by(organizations: Collection[int], *, below: str = "", lock: bool = False) -> dict[int, Held]:
    """The records of these unions by the union's key: three queries, however many. ``below`` narrows a long list."""
    if not organizations:
        return {}
    few = len(organizations) <= _FEW
    wanted, value = ("organization_id__in", organizations) if few else ("organization__path__startswith", below)
    committees = WomenCommittee.objects.unscoped().filter(**{wanted: value}).order_by("pk")
    if lock:
        committees = committees.select_for_update(of=("self",))
    found = {one.organization_id: Held(one) for one in committees}
    if not found:
        return {}
    within = Q(**{f"committee__{wanted}": value})
    by_committee = {held.committee.pk: held for held in found.values()}
    living = {TermState.IN_OFFICE, *UNDER_WAY}
    # The one in office comes last and stays.
    for term in sorted(Term.objects.unscoped().filter(within), key=lambda one: one.state == TermState.IN_OFFICE):
        held = by_committee[term.committee_id]
        if term.state != TermState.CALLED_OFF:
            held.last_number = max(held.last_number, term.number)
        if term.state not in living:
            continue
        held.under_way = held.term is not None
        held.term = term
    by_term = {held.term.pk: held for held in found.values() if held.term}
    seats = Seat.objects.unscoped().filter(position__in=HEADS, until_on__isnull=True, term__in=_current(within))
    for seat in seats:
        if held := by_term.get(seat.term_id):
            held.seat = seat
    for held in found.values():
        held.facts = _facts(held)
    return found


def heads_below(top: str, names: Collection[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Who of these names leads a union in this part of the tree: by the path above the union and her name, its code and
    name. One query, however many names; two namesakes are both there."""
    if not names:
        return {}
    seats = Seat.objects.unscoped().filter(
        position__in=HEADS,
        until_on__isnull=True,
        term__state__in=[TermState.IN_OFFICE, *UNDER_WAY],
        term__committee__organization__path__startswith=top,
        term__committee__organization__closed_on__isnull=True,
    )
    if len(names) <= _FEW:
        seats = seats.filter(name__in=names)
    found: dict[tuple[str, str], dict[str, str]] = {}
    facts = ("name", *(f"term__committee__organization__{fact}" for fact in ("path", "code", "name")))
    for head, path, code, union in seats.order_by("pk").values_list(*facts):
        found.setdefault((path[: -Organization.steplen], head), {})[code] = union
    return found


def _current(within: Q):
    return Term.objects.unscoped().filter(within, state__in=[TermState.IN_OFFICE, *UNDER_WAY]).values("pk")


def _facts(held: Held) -> Stated:
    committee, term, seat = held.committee, held.term, held.seat
    return Stated(
        form=committee.form,
        prepared=committee.prepared_on,
        elected=committee.elected_on,
        approved=committee.approved_on,
        head=seat.name if seat else "",
        deputy=seat.union_post if seat else "",
        term=term.years if term else None,
        until=term.ends_on if term else None,
    )
