"""What another version of the terms would have given for the same claims (D27). Nothing is written, nobody named."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal

from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Terms

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Decided:
    """One claim as it was decided: the facts it rested on, the terms it was decided under, the sum, whether a person
    changed it by hand, and the organisation that its sums are told of."""

    facts: Facts
    terms: Terms
    amount: Decimal
    by_hand: bool = False
    place: str = ""


@dataclass(slots=True)
class Tally:
    """Counts and yuan. ``unsure``: the new terms don't say, or a fact they ask for isn't on record; where they give no
    sum at all the claim stands in neither sum."""

    claims: int = 0
    more: int = 0
    less: int = 0
    newly_paid: int = 0
    no_longer_paid: int = 0
    unsure: int = 0
    before: Decimal = NOTHING
    after: Decimal = NOTHING

    @property
    def changed(self) -> int:
        return self.more + self.less


@dataclass(slots=True)
class Simulated:
    """``by_hand``: decided against the rules by a person, left out of what follows. ``differing``: claims for which
    their own terms give another sum than was decided, though nobody changed it."""

    total: Tally = field(default_factory=Tally)
    places: dict[str, Tally] = field(default_factory=dict)
    by_hand: int = 0
    differing: int = 0


def simulate(claims: Iterable[Decided], proposed: Terms) -> Simulated:
    """Judge every claim by the proposed terms; ``before`` is what was decided. That its own terms reproduce the
    decision is checked beside it. What a person refused for a reason that no rule gives is decided by hand, too."""
    result = Simulated()
    for claim in claims:
        own = benefit(claim.terms, claim.facts).amount
        if claim.by_hand or (own and not claim.amount):
            result.by_hand += 1
            continue
        if own != claim.amount:
            result.differing += 1
        outcome = benefit(proposed, claim.facts)
        for tally in (result.total, result.places.setdefault(claim.place, Tally())):
            _count(tally, claim.amount, outcome.amount, outcome.certain)
    return result


def folded(places: dict[str, Tally], *, least: int) -> dict[str, Tally]:
    """Places with fewer than ``least`` claims are added up under an empty name, with the next smallest ones until
    that sum reaches it too, so that no difference of what is shown tells of fewer."""
    shown = dict(sorted(places.items(), key=lambda item: (item[1].claims, item[0])))
    rest = Tally()
    for name, tally in list(shown.items()):
        if tally.claims >= least and not 0 < rest.claims < least:
            break
        _add(rest, shown.pop(name))
    return shown | ({"": rest} if rest.claims else {})


def _add(total: Tally, part: Tally) -> None:
    for one in fields(Tally):
        setattr(total, one.name, getattr(total, one.name) + getattr(part, one.name))


def _count(tally: Tally, before: Decimal, after: Decimal | None, certain: bool) -> None:
    tally.claims += 1
    tally.unsure += not certain
    if after is None:
        return
    tally.before += before
    tally.after += after
    if after > before:
        tally.more += 1
        tally.newly_paid += not before
    elif after < before:
        tally.less += 1
        tally.no_longer_paid += not after
