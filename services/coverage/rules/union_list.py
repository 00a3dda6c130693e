"""What a line of the list of unions says of its women workers' organisation, and what can't be true of it (§4.1).

The sheet of the unions states the *founding* dates, the length of a term and the last day of the present one: the end
lies whole terms after the first election. Which term it is follows from that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from services.coverage.enums import Form, TermState, UnionPost
from services.foundation import spelling
from services.foundation.sheets import CellRefused, Fault

# Re-elections are seldom held on the very day: an end so near an anniversary is taken to be one.
SLACK = timedelta(days=31)
LONGEST_NAME = 40
_FORM_WORDS = {
    Form.COMMITTEE: "女职工委员会 委员会 女工委 女职委 已建 已建女职工委员会",
    Form.COMMISSIONER: "女职工委员 委员 女工委员 设女职工委员",
    Form.NONE: "未建 未建立 没有 未设 未成立 否",
}
_POST_WORDS = {
    UnionPost.STATED: "是 有 √ ✓ 工会(副)主席 主席或副主席 yes y",
    UnionPost.CHAIR: "主席 工会主席",
    UnionPost.DEPUTY: "副主席 工会副主席",
    UnionPost.EQUAL: "同级副主席待遇 享受副主席待遇 副主席待遇",
    UnionPost.NONE: "否 不是 × no n",
}


def _table(words: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for code, line in words.items():
        for word in (*line.split(), str(code)):
            found[spelling.label_key(word) or word] = str(code)
    return found


_FORMS, _POSTS = _table(_FORM_WORDS), _table(_POST_WORDS)


@dataclass(slots=True)
class Stated:
    """The eight cells, or the same eight facts as the record holds them. Empty: nothing is said."""

    form: str = ""
    prepared: date | None = None
    elected: date | None = None
    approved: date | None = None
    head: str = ""
    deputy: str = ""
    term: int | None = None
    until: date | None = None

    def said(self) -> list[str]:
        return [one.name for one in fields(self) if getattr(self, one.name) not in (None, "")]

    def over(self, record: "Stated") -> "Stated":
        """What is true once this is written: an empty cell erases nothing."""
        return Stated(*(getattr(self, f.name) or getattr(record, f.name) for f in fields(self)))

    def changes(self, record: "Stated") -> list[str]:
        """The facts this says otherwise than the record."""
        return [name for name in self.said() if getattr(self, name) != getattr(record, name)]


NOTHING = Stated()


def column(fact: str) -> str:
    return f"committee_{fact}"


def _choice(value, words: Mapping[str, str], code: str) -> str:
    key = spelling.label_key(value) or spelling.plain(value)
    if not key:
        return ""
    if key not in words:
        raise CellRefused(code)
    return words[key]


def _years(value) -> int | None:
    text = spelling.plain(value).removesuffix("年")
    words = {"三": "3", "五": "5"}
    return spelling.count(words.get(text, text))


READERS = {
    "form": lambda value: _choice(value, _FORMS, "form_word"),
    "prepared": spelling.day,
    "elected": spelling.day,
    "approved": spelling.day,
    "head": spelling.person_name,
    "deputy": lambda value: _choice(value, _POSTS, "deputy_word"),
    "term": _years,
    "until": spelling.day,
}


def read(cells: Mapping[str, Any]) -> tuple[Stated, list[Fault]]:
    """What the cells say; a cell that can't be read is a fault and says nothing."""
    stated, faults = Stated(), []
    for fact, reader in READERS.items():
        value = cells.get(column(fact))
        if value is None:
            continue
        try:
            setattr(stated, fact, reader(value))
        except CellRefused as refused:
            shown = spelling.plain(value)[:40]
            faults.append(Fault(column(fact), refused.code, refused.context, shown))
    return stated, faults


def cells(stated: Stated) -> dict[str, tuple[Any, str]]:
    """By column: the cell as an officer reads and writes it, and the fact's own text."""
    found = {}
    for fact in READERS:
        value = getattr(stated, fact)
        words = {"form": _FORM_WORDS, "deputy": _POST_WORDS}.get(fact)
        cell = words[value].split()[0] if words and value else value
        found[column(fact)] = (None if value in (None, "") else cell, "" if value is None else str(value))
    return found


def forget(stated: Stated, key: str) -> None:
    """The cell of this column says nothing."""
    fact = key.removeprefix("committee_")
    if fact in READERS:
        setattr(stated, fact, getattr(NOTHING, fact))


def settle(stated: Stated, record: Stated) -> None:
    """Take out of a line what it can't say: "chair or deputy chair" beside a record that knows which, and a post of
    nobody."""
    same_head = stated.head in ("", record.head)
    known = record.deputy in (UnionPost.CHAIR, UnionPost.DEPUTY)
    if (same_head and known and stated.deputy == UnionPost.STATED) or not (stated.head or record.head):
        stated.deputy = ""


@dataclass(slots=True)
class Found:
    """``faults`` refuse the line, ``notes`` don't; ``left_out``: the organisation is taken in without its committee."""

    faults: list[Fault]
    notes: list[Fault]
    left_out: bool = False


def judge(stated: Stated, record: Stated, *, today: date, admitted: Sequence[int]) -> Found:
    """What is wrong with a line, seen together with what is on record.

    A day that hasn't come is no fact: the line is taken in, the committee waits, and a note says so.
    """
    found = Found([], [])
    if not stated.said():
        return found
    true = stated.over(record)
    _form(stated, record, true, found)
    if found.faults or true.form == Form.NONE:
        return found
    _order(stated, true, found)
    _term(stated, true, today, admitted, found)
    later = [fact for fact in ("prepared", "elected", "approved") if (day := getattr(stated, fact)) and day > today]
    if later and not found.faults:
        found.left_out = True
        found.notes = [Fault(column(fact), "not_yet", {}, f"{getattr(stated, fact)}") for fact in later]
    elif not true.head:
        found.notes.append(Fault(column("head"), "no_head"))
    return found


def _form(stated: Stated, record: Stated, true: Stated, found: Found) -> None:
    rest = [fact for fact in stated.said() if fact != "form"]
    if not true.form:
        found.faults.append(Fault(column("form"), "no_form"))
    elif stated.form == Form.NONE and record.form not in ("", Form.NONE):
        found.faults.append(Fault(column("form"), "was_set_up"))
    elif true.form == Form.NONE and rest:
        where = "form" if stated.form else rest[0]
        found.faults.append(Fault(column(where), "not_set_up_but"))


def _order(stated: Stated, true: Stated, found: Found) -> None:
    for first, then, code in (
        ("prepared", "elected", "elected_before_prepared"),
        ("elected", "approved", "approved_before_elected"),
        ("prepared", "approved", "approved_before_prepared"),
    ):
        early, late = getattr(true, first), getattr(true, then)
        if code == "approved_before_prepared" and true.elected:
            continue
        if early and late and late < early:
            where = then if getattr(stated, then) else first
            if getattr(stated, where):
                found.faults.append(Fault(column(where), code, {"first": f"{early}", "then": f"{late}"}, f"{late}"))


def _term(stated: Stated, true: Stated, today: date, admitted: Sequence[int], found: Found) -> None:
    if stated.term is not None and stated.term not in admitted:
        found.faults.append(
            Fault(column("term"), "term_years", {"years": stated.term, "admitted": _listed(admitted)}, f"{stated.term}")
        )
        return
    if not stated.until:
        return
    shown = f"{stated.until}"
    if true.elected and stated.until < true.elected:
        found.faults.append(Fault(column("until"), "ends_before_election", {"elected": f"{true.elected}"}, shown))
        return
    longest = true.term or max(admitted, default=0)
    started = max(today, true.elected or today)
    if longest and stated.until > years_after(started, longest) + SLACK:
        found.faults.append(Fault(column("until"), "ends_too_late", {"years": longest}, shown))
    elif true.elected and stated.until == true.elected:
        found.notes.append(Fault(column("until"), "ends_on_election", {}, shown))
    elif true.elected and true.term and which_term(true) is None:
        found.notes.append(Fault(column("until"), "ends_unlike_years", {"years": true.term}, shown))


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(str(number) for number in numbers)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def which_term(true: Stated) -> int | None:
    """The number of the term that ends at ``until``: whole terms after the first election; None where they don't fit.

    An end on the day of the election is the first term's (and worth a look); without election or length it's unknown.
    """
    if not (true.elected and true.term and true.until):
        return None
    number = max(1, round((true.until - true.elected).days / (365.2425 * true.term)))
    if true.until == true.elected or abs(true.until - years_after(true.elected, number * true.term)) <= SLACK:
        return number
    return None


def is_next_term(stated: Stated, record: Stated) -> bool:
    """An end that lies a whole term or more behind the one on record is a re-election, a nearer one a correction."""
    length = stated.term or record.term
    if not (stated.until and record.until and length):
        return False
    return stated.until >= years_after(record.until, length) - SLACK


def state_of(true: Stated, number: int) -> str:
    """How far a term got that a list tells of."""
    if true.approved or number > 1:
        return TermState.IN_OFFICE
    if true.elected:
        return TermState.ELECTED
    return TermState.PREPARED if true.prepared else TermState.IN_OFFICE


def namesakes(lines: Sequence[tuple[int, str, str]]) -> dict[int, int]:
    """Lines (number, code above, head) whose head leads another union directly below the same organisation, each with
    the line where her name stood first. A name alone proves nothing, so this is worth a look and no more."""
    first: dict[tuple[str, str], int] = {}
    found = {}
    for number, above, head in lines:
        if head and (earlier := first.setdefault((above, head), number)) != number:
            found[number] = earlier
    return found
