"""A household's file as it was typed, before anything is stored: what forms hand to actions."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TypedMember:
    """A member besides herself. ``key`` names the stored member it stands for; an empty number then keeps the stored
    one. ``particulars``: codes of work, health, school stage and type."""

    relation: str
    name: str
    birth_date: date | None
    id_number: str = ""
    particulars: dict = field(default_factory=dict)
    lives_with: bool = True
    key: int | None = None


@dataclass(frozen=True, slots=True)
class TypedMoney:
    """A line, in yuan a year; ``member``: the key of a member of the file (None: the whole household)."""

    incoming: bool
    kind: str
    yearly: Decimal | None
    member: int | None = None


@dataclass(frozen=True, slots=True)
class TypedAnswers:
    """What a programme asks beyond the file. ``cost``: yuan she paid herself; ``student``: the key of a member;
    ``group``: a code of ``CareGroup``, ``none``, or empty while she hasn't said."""

    event: str = ""
    event_on: date | None = None
    cost: Decimal | None = None
    student: int | None = None
    group: str = ""
    told: str = ""
