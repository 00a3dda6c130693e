"""What a household's file can't say (§3.4): each fault names the part and the field it belongs beside."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.foundation.identifiers import whole_years
from services.relief.enums import Relation

_YOUNGER = frozenset({Relation.CHILD, Relation.GRANDCHILD})
_OLDER = frozenset({Relation.PARENT, Relation.PARENT_IN_LAW, Relation.GRANDPARENT})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What nobody's household passes. Declared by us to catch slips of the pen, not taken from a source.

    Yuan a year for one line and for the household, persons, years of age, decimals of an amount."""

    line: Decimal = Decimal(2_000_000)
    household: Decimal = Decimal(5_000_000)
    persons: int = 20
    age: int = 120
    decimals: int = 2


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Fault:
    """``part`` is ``members``, ``incoming``, ``outgoing`` or ``household``; ``index`` its row (None: the whole)."""

    code: str
    part: str
    index: int | None = None
    field: str = ""
    figures: tuple = ()

    def values(self) -> dict:
        return dict(self.figures)


@dataclass(frozen=True, slots=True)
class Person:
    """One member. ``identity`` is any text that is the same for the same identity number (a digest serves), empty when
    not known; ``number_born`` the birth date that the number says."""

    relation: str
    name: str
    birth_date: date | None
    identity: str = ""
    number_born: date | None = None
    lives_with: bool = True


@dataclass(frozen=True, slots=True)
class Amount:
    """One line of money, yuan a year; ``member`` is the index of the person whose it is (None: of all)."""

    yearly: Decimal | None
    member: int | None = None


def household_faults(
    persons: Sequence[Person],
    incoming: Sequence[Amount],
    outgoing: Sequence[Amount],
    *,
    on: date,
    declared_persons: int | None = None,
    bounds: Bounds = BOUNDS,
) -> list[Fault]:
    """Everything that can't be, all at once. ``declared_persons`` is the number said to live together (§3.2), which
    must be the number of members who do."""
    return [
        *_faults_of_persons(persons, on, bounds),
        *_faults_of_relations(persons),
        *_faults_of_the_whole(persons, declared_persons, bounds),
        *_faults_of_money("incoming", incoming, len(persons), bounds),
        *_faults_of_money("outgoing", outgoing, len(persons), bounds),
    ]


def _faults_of_persons(persons: Sequence[Person], on: date, bounds: Bounds) -> Iterator[Fault]:
    """§3.4: every member with a birth date, nobody twice."""
    numbers = Counter(person.identity for person in persons if person.identity)
    named = Counter((person.name, person.birth_date) for person in persons if person.birth_date)
    for index, person in enumerate(persons):
        born = person.birth_date
        if born is None:
            yield Fault("birth_date_missing", "members", index, "birth_date")
        elif born > on:
            yield Fault("born_in_future", "members", index, "birth_date")
        elif whole_years(born, on) > bounds.age:
            yield Fault("too_old", "members", index, "birth_date", (("age", bounds.age),))
        if born and person.number_born and born != person.number_born:
            yield Fault("birth_date_against_number", "members", index, "birth_date")
        if person.identity and numbers[person.identity] > 1:
            yield Fault("member_twice", "members", index, "id_number")
        elif born and named[person.name, born] > 1:
            yield Fault("member_twice", "members", index, "name")


def _faults_of_relations(persons: Sequence[Person]) -> Iterator[Fault]:
    """A child is younger than its parent, a grandchild too; parents and grandparents are older."""
    herself = next((person for person in persons if person.relation == Relation.SELF), None)
    hers = herself.birth_date if herself else None
    if hers is None:
        return
    for index, person in enumerate(persons):
        born = person.birth_date
        if born is None:
            continue
        if person.relation in _YOUNGER and born <= hers:
            yield Fault("child_older_than_parent", "members", index, "birth_date")
        if person.relation in _OLDER and born >= hers:
            yield Fault("parent_younger_than_child", "members", index, "birth_date")


def _faults_of_the_whole(persons: Sequence[Person], declared: int | None, bounds: Bounds) -> Iterator[Fault]:
    """She herself once (§3.4: one person one file), and as many who live together as were said."""
    herself = sum(person.relation == Relation.SELF for person in persons)
    if herself != 1:
        yield Fault("herself_once", "household", None, "relation", (("count", herself),))
    together = sum(person.lives_with for person in persons)
    if len(persons) > bounds.persons:
        yield Fault("too_many_persons", "household", None, "persons", (("most", bounds.persons),))
    if declared is not None and declared != together:
        yield Fault("persons_differ", "household", None, "persons", (("said", declared), ("listed", together)))


def _faults_of_money(part: str, amounts: Sequence[Amount], members: int, bounds: Bounds) -> Iterator[Fault]:
    """No negative, impossible or unreadable amount, and none of somebody who isn't in the household."""
    for index, amount in enumerate(amounts):
        if code := amount_fault(amount.yearly, bounds.line, bounds):
            yield Fault(code, part, index, "yearly", (("most", str(bounds.line)),))
        if amount.member is not None and not 0 <= amount.member < members:
            yield Fault("not_a_member", part, index, "member")
    total = sum((a.yearly for a in amounts if a.yearly is not None and a.yearly.is_finite()), Decimal(0))
    if total > bounds.household:
        yield Fault("household_impossible", part, None, "", (("most", str(bounds.household)),))


def amount_fault(amount: Decimal | None, most: Decimal, bounds: Bounds = BOUNDS) -> str:
    """The code of what is wrong with one amount in yuan, or an empty text."""
    if amount is None or not amount.is_finite():
        return "amount_unreadable"
    if amount < 0:
        return "amount_negative"
    if amount > most:
        return "amount_impossible"
    if -amount.as_tuple().exponent > bounds.decimals:
        return "amount_below_fen"
    return ""
