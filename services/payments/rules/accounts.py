"""Account numbers as people write them, and what deserves a second look before money goes there."""

import re
import unicodedata

from services.foundation.references import luhn_digit

SHORTEST, LONGEST = 12, 19
_APART = re.compile(r"[\s\-_.·]+")
_HOLDER = re.compile(r"[^\W\d_](?:[^\W\d_]|[·.\-' ])*")


class NotAnAccount(ValueError):
    """``code``: letters, length."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def account_number(text: str) -> str:
    """The digits of a card or account number, however they were grouped. Raises ``NotAnAccount``.

    12 to 19 digits: cards of Chinese banks have 16 or 19, passbooks 12 to 19. Nothing is taken for a typing error that
    merely fails the check digit: not every bank's numbers have one (see ``looks_mistyped``).
    """
    digits = _APART.sub("", unicodedata.normalize("NFKC", text))
    if not (digits.isascii() and digits.isdigit()):
        raise NotAnAccount("letters")
    if not SHORTEST <= len(digits) <= LONGEST:
        raise NotAnAccount("length")
    return digits


def looks_mistyped(number: str) -> bool:
    """A card number (16 or 19 digits beginning with 3 to 6) whose check digit is wrong (ISO/IEC 7812-1)."""
    card = len(number) in (16, 19) and number[0] in "3456"
    return card and luhn_digit(number[:-1]) != number[-1]


def holder_name(text: str) -> str:
    """The name as banks know it, blanks at the ends removed; empty when it can't be a name.

    Letters only, with the dots, blanks and hyphens names have: so no cell of a bank's file can begin a formula.
    """
    name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("•", "·")).strip()
    return name if _HOLDER.fullmatch(name) and len(name) <= 60 else ""


def same_person(holder: str, name: str) -> bool:
    """Whether an account's holder is called as she is, blanks and the kinds of dots aside."""
    return _bare(holder) == _bare(name)


def _bare(name: str) -> str:
    return re.sub(r"[\s·•.\-']", "", unicodedata.normalize("NFKC", name))
