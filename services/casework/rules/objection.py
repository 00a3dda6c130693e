"""When an objection may come in, by when it is settled, and what its reference looks like.

The window is a matter of days on the installation's calendar: it closes when the last day ends.
"""

from datetime import date

from services.foundation.references import human_number, is_human_number

# One reason may lengthen the time by so many working days at most, and so often.
LONGEST_EXTENSION = 20
MOST_EXTENSIONS = 2
LETTERS = "YY"
# With the ten digits of the reference more than 64 bits: nobody comes upon a pair by trying.
_CODE = 10


def is_open(today: date, *, standing: bool, begins_on: date, ends_on: date) -> bool:
    """Whether a notice is to be seen and objected to on this day; both ends are included."""
    return standing and begins_on <= today <= ends_on


def may_extend(*, extensions: int, days: int) -> bool:
    return extensions < MOST_EXTENSIONS and 0 < days <= LONGEST_EXTENSION


def is_overdue(today: date, *, due_on: date, is_open: bool) -> bool:
    return is_open and due_on < today


def names_of(drawn: bytes, year: int) -> tuple[str, str]:
    """The reference and the code of an objection, worked out of a secret digest of the form that was sent (at least 16
    bytes): sent again, it gets the same. Neither tells how many objections there are, nor the other one.
    """
    number = int.from_bytes(drawn, "big")
    sequence, rest = number % 10**10, number // 10**10
    return human_number(LETTERS, year, sequence), f"{rest % 10**_CODE:0{_CODE}d}"


def tidy_reference(text: str) -> str:
    """A reference as somebody typed it, brought into shape; empty when it can't be one."""
    shape = "".join(text.upper().split()).replace("－", "-").replace("—", "-")
    return shape if is_human_number(shape) else ""
