"""Somebody who collects everything the pages show and tries to work out the rest. Shares no code with the product.

Unknown are the parts of which everything else is made: what each organisation has by itself, key by key, none of it
negative. Every number shown is an equation. A hidden number is recovered when all solutions agree on it.
"""

from dataclasses import dataclass, field
from fractions import Fraction

Equation = tuple[frozenset[str], int]


@dataclass
class Attacker:
    unknowns: list[str]
    equations: list[Equation] = field(default_factory=list)
    _table: "Simplex | None" = None
    _solved: int = -1

    def told(self, unknowns, value: int) -> None:
        """The sum of these unknowns is shown."""
        equation = (frozenset(unknowns), value)
        if equation not in self.equations:
            self.equations.append(equation)

    def recovers(self, unknowns) -> bool:
        """Whether the sum of these unknowns follows from everything told: its smallest value is its largest."""
        return self.uncertainty(unknowns) == 0

    def uncertainty(self, unknowns) -> Fraction:
        """How far the smallest and the largest value lie apart that agree with everything told."""
        if self._solved != len(self.equations):
            self._table, self._solved = Simplex(self.unknowns, self.equations), len(self.equations)
        table = self._table
        return table.largest(set(unknowns)) - table.smallest(set(unknowns))


class Simplex:
    """Linear programming in exact fractions: two phases, Bland's rule. Small systems only."""

    def __init__(self, unknowns, equations):
        self.names = list(unknowns)
        width = len(self.names)
        rows = [[Fraction(name in group) for name in self.names] + [Fraction(value)] for group, value in equations]
        self.rows, self.basis = self._first_phase(rows, width)

    def _first_phase(self, rows, width):
        height = len(rows)
        table = [row[:-1] + [Fraction(i == j) for j in range(height)] + row[-1:] for i, row in enumerate(rows)]
        basis = [width + i for i in range(height)]
        cost = [Fraction(0)] * width + [Fraction(1)] * height
        left = self._minimise(table, basis, cost)
        assert left == 0, "what was shown contradicts itself"
        for i in reversed(range(len(basis))):
            if basis[i] < width:
                continue
            column = next((j for j in range(width) if table[i][j]), None)
            if column is None:
                del table[i], basis[i]
            else:
                self._pivot(table, basis, i, column)
        return [row[:width] + row[-1:] for row in table], basis

    def smallest(self, wanted) -> Fraction:
        table, basis = [row[:] for row in self.rows], self.basis[:]
        return self._minimise(table, basis, [Fraction(name in wanted) for name in self.names])

    def largest(self, wanted) -> Fraction:
        table, basis = [row[:] for row in self.rows], self.basis[:]
        return -self._minimise(table, basis, [-Fraction(name in wanted) for name in self.names])

    def _minimise(self, table, basis, cost) -> Fraction:
        width = len(cost)
        while True:
            reduced = [
                cost[j] - sum(cost[b] * row[j] for b, row in zip(basis, table, strict=True) if row[j])
                for j in range(width)
            ]
            entering = next((j for j in range(width) if reduced[j] < 0), None)
            if entering is None:
                return sum((cost[b] * row[-1] for b, row in zip(basis, table, strict=True)), Fraction(0))
            ratios = [(row[-1] / row[entering], basis[i], i) for i, row in enumerate(table) if row[entering] > 0]
            if not ratios:
                return Fraction(-(10**9))
            self._pivot(table, basis, min(ratios)[2], entering)

    @staticmethod
    def _pivot(table, basis, i, column) -> None:
        pivot = table[i][column]
        table[i] = [value / pivot for value in table[i]]
        for k, row in enumerate(table):
            if k != i and row[column]:
                factor = row[column]
                table[k] = [a - factor * b for a, b in zip(row, table[i], strict=True)]
        basis[i] = column
