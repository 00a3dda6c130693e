"""The rows of a return as pages, paper and workbooks show them: asked, known, said, below, together."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from services.coverage import return_points, return_policies
from services.coverage import return_wording as wording
from services.coverage.enums import ReturnGroup, ReturnSum
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.coverage.rules import return_checks
from services.coverage.rules.return_fields import BY_CODE, YUAN, Field, of_form
from services.coverage.rules.return_totals import Below
from services.foundation.verdict import Finding

HIDDEN = _("not shown here: your posts don't read these lists")


@dataclass(slots=True)
class Row:
    """``own``, ``below``, ``total`` in words; ``gap`` says how many below stated nothing."""

    field: Field
    label: str
    part: bool
    known: str = ""
    hidden_known: bool = False
    own: str = ""
    below: str = ""
    total: str = ""
    gap: int = 0
    reason: str = ""
    findings: list[str] = field(default_factory=list)
    open: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A return as somebody may read it. ``below`` are the sums that count for it: as signed, else as they stand.

    ``upper``: it adds up what lies below, whatever the form it was opened with.
    """

    groups: list[tuple[str, list[Row]]]
    sums: list[tuple[str, str]]
    below: Below
    live: bool
    upper: bool
    open_points: int


def shown(annual_return: AnnualReturn, *, user, today: date, on_paper: bool = False) -> Shown:
    """``on_paper``: small numbers of hardship and illness are left out, as paper goes from hand to hand.

    Of a return that nobody has written in yet, what the system knows is read anew.
    """
    place = annual_return.organization_id, annual_return.year
    signed, begun = bool(annual_return.signed_name), bool(annual_return.figures)
    below = Below.from_json(annual_return.below) if signed else queries.below(*place)
    found = return_points.findings(annual_return, user=user) if begun and not signed else []
    if not begun:
        key = annual_return.organization_id
        annual_return.known = queries.known_for([key], year=annual_return.year, today=today)[key]
    reader = _Reader(annual_return, user, below, found, on_paper)
    rows = [reader.row(one) for one in of_form(annual_return.form)]
    labels = dict(ReturnGroup.choices)
    groups = [(str(labels[group]), list(some)) for group, some in groupby(rows, key=lambda row: row.field.group)]
    return Shown(groups, _sums(annual_return), below, not signed, reader.upper, sum(row.open for row in rows))


def _sums(annual_return: AnnualReturn) -> list[tuple[str, str]]:
    """Numbers of unions; of a form for one union they say nothing new."""
    if not annual_return.is_upper:
        return []
    totals = annual_return.totals
    return [(str(one.label), wording.value("", totals.get(one))) for one in ReturnSum]


class _Reader:
    def __init__(self, annual_return: AnnualReturn, user, below: Below, found: list[Finding], on_paper: bool):
        self.annual_return, self.below, self.on_paper = annual_return, below, on_paper
        self.upper = annual_return.is_upper or below.expected > 0
        path = annual_return.organization.path
        self.known = return_points.readable_known(annual_return.known, user=user, path=path)
        self.reads_protected = return_policies.may_read_protected(user, path)
        self.found = found

    def row(self, asked: Field) -> Row:
        code, one = asked.code, self.annual_return
        row = Row(asked, wording.label(code), bool(asked.at_most), reason=one.reasons.get(code, ""))
        row.hidden_known = code in one.known and code not in self.known
        hushed = self._hushed(asked)
        if code in self.known and not hushed:
            row.known = wording.known(code, self.known[code])
        row.own, row.below, row.total = self._numbers(asked)
        if self.upper and asked.adds_up:
            row.gap = self.below.counted - self.below.stated.get(code, 0)
        if hushed or self._hides(asked):
            row.reason = ""
            return row
        about = [found for found in self.found if found.figures["field"] == code]
        row.findings = [wording.finding(found) for found in about]
        row.open = bool(return_checks.blocking(about) or return_checks.unexplained(about, one.reasons))
        return row

    def _numbers(self, asked: Field) -> tuple[str, str, str]:
        if self._hides(asked):
            return str(HIDDEN), "", ""
        own, below, total = self._parts(asked)
        if self._hushed(asked):
            # A small part beside the whole would tell itself by subtraction.
            whole = self._hush(asked, total)
            return ("", "", whole) if self.upper else (whole, "", whole)
        if not asked.adds_up:
            return wording.value(asked.code, own), "", ""
        return wording.value(asked.code, own), wording.value(asked.code, below), wording.value(asked.code, total)

    def _parts(self, asked: Field) -> tuple:
        """Own, below and together, as they are."""
        own, below = self.annual_return.figures.get(asked.code), self.below.sums.get(asked.code)
        parts = [number for number in (own, below) if number is not None]
        return own, below, sum(parts) if parts and asked.adds_up else own

    def _hushed(self, asked: Field) -> bool:
        """Whether a number of people behind this field is small: as stated, below, together or known to the system."""
        if not (self.on_paper and asked.protected and asked.adds_up):
            return False
        people = _people(asked)
        known = (told["value"] for told in self.known.get(people.code, ()))
        return any(_small(number) for number in (*self._parts(people), *known))

    def _hush(self, asked: Field, whole) -> str:
        """What stands for a number together with which a small one is known."""
        people = self._parts(_people(asked))[-1]
        if whole is None:
            return wording.value(asked.code, None)
        if _small(people):
            return wording.left_out() if asked.kind == YUAN else wording.fewer()
        return wording.value(asked.code, whole) if self.upper else wording.left_out()

    def _hides(self, asked: Field) -> bool:
        return asked.protected and not self.reads_protected


def _people(asked: Field) -> Field:
    """The count of people that a field tells of: its own, and of money the one it is paid for."""
    return BY_CODE[asked.asks_for] if asked.kind == YUAN and asked.asks_for else asked


def _small(number) -> bool:
    return number is not None and 0 < number < settings.SMALL_CELL_THRESHOLD
