"""Small numbers stay hidden, and nobody works them out from everything that is shown together."""

import os
import random
from collections import Counter

import pytest

from services.figures.queries.published import decide, decide_in_turn
from services.figures.rules.suppression import hidden_additions, hidden_rows, hidden_totals, may_show_row
from tests.figures.attacker import Attacker

THRESHOLD = 5
KEYS = ["a", "b", "c"]
ROUNDS = 60
# Several month ends make larger systems: SUPPRESSION_ROUNDS sets how many are solved, fifteen take about ten seconds.
ROUNDS_OF_MONTHS = int(os.environ.get("SUPPRESSION_ROUNDS", "15"))


@pytest.mark.parametrize(
    ("row", "shown"),
    [((0, 0, 0), True), ((5, 9, 0), True), ((5, 4, 9), False), ((0, 37, 0), False), ((1, 1, 1), False)],
)
def test_a_row_is_shown_when_no_cell_is_small_and_no_cell_alone_says_it_of_everybody(row, shown):
    assert may_show_row(row, THRESHOLD) is shown


def test_one_small_row_takes_the_smallest_other_with_it():
    parts = {"small": (2, 6), "middle": (7, 8), "large": (50, 60)}
    assert hidden_rows(parts, THRESHOLD) == {"small", "middle"}


def test_beside_the_largest_hidden_row_the_others_reach_the_threshold_together():
    assert hidden_rows({"small": (1, 0), "middle": (7, 8), "large": (9, 9)}, THRESHOLD) == {"small", "middle", "large"}
    assert hidden_rows({"small": (5, 0), "middle": (7, 8), "large": (9, 9)}, THRESHOLD) == {"small", "middle"}


def test_small_totals_hide_until_their_sum_is_no_small_number_itself():
    assert hidden_totals({"one": 2, "two": 1, "three": 6, "four": 40}, THRESHOLD) == {"one", "two", "three"}
    assert hidden_totals({"one": 0, "two": 6}, THRESHOLD) == frozenset()
    assert hidden_totals({"one": 0, "two": 2, "three": 3}, THRESHOLD) == {"one", "two", "three"}


def test_what_was_added_hides_until_each_addition_may_be_as_wide_as_the_threshold():
    assert hidden_additions({"one": 9, "two": 0}, THRESHOLD) == frozenset()
    assert hidden_additions({"one": 1, "two": 0, "three": 8, "four": 40}, THRESHOLD) == {"one", "three"}
    assert hidden_additions({"one": 1, "two": 6, "three": 0}, THRESHOLD) == {"one", "two"}
    assert hidden_additions({"one": 1, "two": 5, "three": 0}, THRESHOLD) == {"one", "two", "three"}
    hidden_before = hidden_additions({"one": 7, "two": 8, "three": 0}, THRESHOLD, besides=frozenset({"one", "three"}))
    assert hidden_before == {"one", "two"}


class World:
    """A random tree (four characters a level) with women by key at every organisation."""

    def __init__(self, seed: int):
        dice = random.Random(seed)
        self.paths = ["0001"]
        for _ in range(dice.randint(1, 7)):
            above = dice.choice([p for p in self.paths if len(p) < 12])
            self.paths.append(f"{above}{len(self.paths) + 1:04d}")
        most = dice.choice([2, 4, 8, 15])
        self.own = {
            (path, key): dice.choice([0, 0, dice.randint(0, most), dice.randint(0, most)])
            for path in self.paths
            for key in KEYS
        }

    def below(self, path: str) -> list[str]:
        return [other for other in self.paths if other.startswith(path)]

    def atoms(self, path: str, keys, *, own: bool = False) -> list[tuple[str, str]]:
        return [(at, key) for at in ([path] if own else self.below(path)) for key in keys]

    def sum(self, atoms) -> int:
        return sum(self.own[atom] for atom in atoms)

    def rows(self, levels: list[str]) -> dict:
        """What the database holds for these levels and their children; nothing where nothing is."""
        found = {}
        for path in self.paths:
            if path != levels[0] and path[:-4] not in levels:
                continue
            cells = {}
            for name, keys in [(None, KEYS), *((key, [key]) for key in KEYS)]:
                numbers = (self.sum(self.atoms(path, keys, own=True)), self.sum(self.atoms(path, keys)))
                if numbers[1]:
                    cells[name] = numbers
            if cells:
                found[path] = cells
        return found


def everything_shown(world: World, *, protect_totals: bool) -> tuple[Attacker, list]:
    """All pages of all organisations, as one person reads them; and what they hide."""
    attacker, hidden = Attacker(list(world.own)), []
    for page in world.paths:
        levels = [page[:end] for end in range(4, len(page) + 1, 4)]
        seen = decide(levels, world.rows(levels), THRESHOLD, protect_totals=protect_totals, split=True, keys=KEYS)
        children = [path for path in world.paths if path[:-4] == page]
        for path, own in [(page, False), (page, True), *((child, False) for child in children)]:
            for atoms, shown in [
                (world.atoms(path, KEYS, own=own), seen.total(path, own=own)),
                *((world.atoms(path, [key], own=own), seen.cell(path, key, own=own)) for key in KEYS),
            ]:
                if shown:
                    attacker.told(atoms, world.sum(atoms))
                elif atoms not in hidden:
                    hidden.append(atoms)
    return attacker, hidden


@pytest.mark.parametrize("protect_totals", [False, True])
def test_nobody_recovers_a_hidden_number_from_all_pages_together(protect_totals):
    met = Counter()
    for seed in range(ROUNDS):
        world = World(seed)
        attacker, hidden = everything_shown(world, protect_totals=protect_totals)
        recovered = [atoms for atoms in hidden if attacker.recovers(atoms)]
        assert recovered == [], f"seed {seed}"
        met["hidden"] += len(hidden)
        met["shown"] += len(attacker.equations)
    assert met["hidden"] > ROUNDS and met["shown"] > ROUNDS


def narrowest(world: World, attacker: Attacker, atoms) -> int:
    """How narrowly an open total may tell a hidden number beneath it: by how many women there are, and by how many
    others beneath the next row that is shown."""
    shown, there = {unknowns for unknowns, _number in attacker.equations}, {path for path, _key in atoms}
    women = sum(number for (path, _key), number in world.own.items() if path in there)
    for row in (min(there, key=len)[:end] for end in range(len(min(there, key=len)), 0, -4)):
        if set(world.below(row)) != there and all(frozenset(world.atoms(row, [key])) in shown for key in KEYS):
            return min(THRESHOLD, women, world.sum(world.atoms(row, KEYS)) - women)
    return min(THRESHOLD, women)


def test_protected_numbers_are_not_told_to_within_the_threshold():
    for seed in range(ROUNDS):
        attacker, hidden = everything_shown(World(seed), protect_totals=True)
        told = [atoms for atoms in hidden if attacker.uncertainty(atoms) < THRESHOLD]
        assert told == [], f"seed {seed}"


def test_parts_of_open_totals_are_told_no_closer_than_by_how_few_women_there_are():
    for seed in range(ROUNDS):
        world = World(seed)
        attacker, hidden = everything_shown(world, protect_totals=False)
        told = [atoms for atoms in hidden if attacker.uncertainty(atoms) < narrowest(world, attacker, atoms)]
        assert told == [], f"seed {seed}"


@pytest.mark.parametrize("protect_totals", [False, True])
def test_small_numbers_are_never_shown(protect_totals):
    for seed in range(ROUNDS):
        world = World(seed)
        attacker, _hidden = everything_shown(world, protect_totals=protect_totals)
        small = [
            value
            for atoms, value in attacker.equations
            if 0 < value < THRESHOLD and (protect_totals or len({key for _at, key in atoms}) == 1)
        ]
        assert small == [], f"seed {seed}"


def test_the_attacker_is_no_fool():
    """Without the complements she does recover what was hidden."""
    attacker = Attacker(["x", "y", "z"])
    attacker.told(["x", "y", "z"], 10)
    attacker.told(["y"], 7)
    assert not attacker.recovers(["x"])
    attacker.told(["z"], 1)
    assert attacker.recovers(["x"])


def test_the_attacker_uses_that_nothing_is_negative():
    attacker = Attacker(["x", "y"])
    attacker.told(["x", "y"], 0)
    assert attacker.recovers(["x"])


class Months:
    """Random month ends of one tree: what each added, now and then nothing or a single woman."""

    def __init__(self, seed: int, *, months: int = 3):
        dice = random.Random(seed)
        first = World(seed)
        self.paths, self.worlds = first.paths, [first]
        for _ in range(1, months):
            added, most = World(seed), dice.choice([0, 1, 3, 9, 30])
            often = dice.choice([0.1, 0.5, 1])
            added.own = {atom: dice.randint(0, most) if dice.random() < often else 0 for atom in first.own}
            self.worlds.append(added)

    def tables(self, levels: list[str]) -> list[dict]:
        """What stood at each month end: everything added so far."""
        found, so_far = [], World.__new__(World)
        so_far.paths, so_far.own = self.paths, dict.fromkeys(self.worlds[0].own, 0)
        for added in self.worlds:
            so_far.own = {atom: number + added.own[atom] for atom, number in so_far.own.items()}
            found.append(so_far.rows(levels))
        return found


def all_months_shown(months: Months, *, protect_totals: bool, with_memory: bool = True) -> tuple[Attacker, list]:
    """Every page at every month end, read by one person; and what they hide.

    A number that is hidden at one month end and shown, the same, at another is no secret: it is left out.
    """
    first = months.worlds[0]
    attacker = Attacker([(n, *atom) for n in range(len(months.worlds)) for atom in first.own])
    hidden, told = {}, set()
    given = {"protect_totals": protect_totals, "split": True, "keys": KEYS}
    for page in months.paths:
        levels = [page[:end] for end in range(4, len(page) + 1, 4)]
        tables = months.tables(levels)
        children = [path for path in months.paths if path[:-4] == page]
        for last in range(len(tables)):
            turn = tables[: last + 1] if with_memory else tables[last : last + 1]
            seen = decide_in_turn(levels, turn, THRESHOLD, **given)
            for path, own in [(page, False), (page, True), *((child, False) for child in children)]:
                whole = (first.atoms(path, KEYS, own=own), seen.total(path, own=own))
                cells = [(first.atoms(path, [key], own=own), seen.cell(path, key, own=own)) for key in KEYS]
                for atoms, shown in [whole, *cells]:
                    until = tuple((n, *atom) for n in range(last + 1) for atom in atoms)
                    number = sum(months.worlds[n].own[at, key] for n, at, key in until)
                    if shown:
                        attacker.told(until, number)
                        told.add((tuple(atoms), number))
                    else:
                        hidden[until] = (tuple(atoms), number)
    return attacker, [until for until, named in hidden.items() if named not in told]


@pytest.mark.parametrize("protect_totals", [False, True])
def test_nobody_recovers_a_hidden_number_from_several_month_ends_together(protect_totals):
    met = Counter()
    for seed in range(ROUNDS_OF_MONTHS):
        attacker, hidden = all_months_shown(Months(seed), protect_totals=protect_totals)
        recovered = [atoms for atoms in hidden if attacker.recovers(atoms)]
        assert recovered == [], f"seed {seed}"
        met["hidden"] += len(hidden)
        met["shown"] += len(attacker.equations)
    assert met["hidden"] > ROUNDS_OF_MONTHS and met["shown"] > ROUNDS_OF_MONTHS


@pytest.mark.parametrize("protect_totals", [False, True])
def test_without_memory_of_what_was_shown_they_would(protect_totals):
    """Each of these month ends is safe by itself; together they are not."""
    months = Months(22)
    attacker, hidden = all_months_shown(months, protect_totals=protect_totals, with_memory=False)
    assert any(attacker.recovers(atoms) for atoms in hidden)
    attacker, hidden = all_months_shown(months, protect_totals=protect_totals)
    assert hidden and not any(attacker.recovers(atoms) for atoms in hidden)
