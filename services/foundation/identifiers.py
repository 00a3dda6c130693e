"""National identifiers as pure rules: identity numbers (GB 11643-1999) and mobile numbers.

Everything here takes plain values; whether the reserved area code 990000 counts is an argument.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
INVENTED_AREA = "990000"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """What a valid number says: ``born`` and ``sex`` ('F' or 'M', from the 17th digit)."""

    number: str
    born: date
    sex: str

    @property
    def last4(self) -> str:
        return self.number[-4:]


class InvalidIdentityNumber(ValueError):
    """``code`` is one of: shape, fifteen, area, date, checksum."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def check_character(first17: str) -> str:
    """The 18th character of an identity number (ISO 7064 MOD 11-2, GB 11643-1999)."""
    return _CHECK[sum(map(mul, map(int, first17), _WEIGHTS)) % 11]


def fold(text: str) -> str:
    """Full-width to half-width, and invisible characters (spaces of every kind, zero-width, BOM) removed."""
    if text.isascii() and text.isalnum():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def parse_identity_number(text: str, *, today: date, allow_invented: bool = False) -> IdentityNumber:
    """Read an 18-character identity number, tolerating width, spaces and a small x.

    Raises ``InvalidIdentityNumber``. The area code is checked for shape only: codes are withdrawn over the
    years while the people who carry them stay valid. ``allow_invented`` admits area 990000.
    """
    number = fold(text).replace("-", "").upper()
    if len(number) == 15 and re.fullmatch(r"[1-9]\d{14}", number, re.ASCII):
        raise InvalidIdentityNumber("fifteen")
    if not _SHAPE.fullmatch(number):
        raise InvalidIdentityNumber("shape")
    if number.startswith("99") and not (allow_invented and number.startswith(INVENTED_AREA)):
        raise InvalidIdentityNumber("area")
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidIdentityNumber("date") from None
    if not date(1900, 1, 1) <= born <= today:
        raise InvalidIdentityNumber("date")
    if check_character(number[:17]) != number[17]:
        raise InvalidIdentityNumber("checksum")
    return IdentityNumber(number, born, "M" if int(number[16]) % 2 else "F")


def lengthened(fifteen: str) -> str:
    """An old number of 15 digits as the 18 characters of the same person; anything else comes back as it is.

    Only people born in the 20th century were given one (GB 11643-1989): the year's first digits are 19.
    """
    if not re.fullmatch(r"[1-9]\d{14}", fifteen, re.ASCII):
        return fifteen
    first17 = f"{fifteen[:6]}19{fifteen[6:]}"
    return first17 + check_character(first17)


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


def parse_mobile(text: str) -> str:
    """A mainland mobile number as 11 digits, whatever its prefix, width or grouping. Raises ``ValueError``."""
    digits = re.sub(r"[-()().·.—–_/]", "", fold(text))
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", digits)
    if not _MOBILE.fullmatch(digits):
        raise ValueError("mobile")
    return digits


def whole_years(born: date, on: date) -> int:
    """Age in completed years (周岁) on a day; the birthday itself counts, 29 February rolls to 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
