"""Identity, mobile and bank-card numbers in free text, however they are written.

Sources: GB 11643-1999 (identity numbers: area, birth date, check character), the national numbering plan (mobile
numbers: eleven digits from 13 to 19), GB/T 15694 and ISO/IEC 7812 (cards: 13 to 19 digits, Luhn).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.foundation.identifiers import InvalidIdentityNumber, lengthened, parse_identity_number
from services.foundation.masking import mask_bank_card, mask_identity, mask_phone

IDENTITY, MOBILE, BANK_CARD = "identity", "mobile", "bank_card"
LEAST_DIGITS = 11

# Digits that are not ASCII, and characters that are not seen.
_UNUSUAL = re.compile(
    "[\u00ad\u0660-\u0669\u06f0-\u06f9\u200b-\u200f\u2060-\u2064\ufe0e\ufe0f\ufeff\uff10-\uff19\uff38\uff58"
    "\U0001d7ce-\U0001d7ff]"
)
# Up to three of these may stand between two digits of one number. A line break or a tab is a cell's or a line's end.
_BETWEEN = r"[ \t\r\n\u00a0\u2002-\u200a\u202f\u3000\-\u2010-\u2015\u2212\uff0d_.\u00b7\u30fb/|]"
_RUN = re.compile(rf"[0-9](?:{_BETWEEN}{{0,3}}[0-9])*(?:{_BETWEEN}{{0,3}}[Xx](?![0-9A-Za-z]))?")
_ENOUGH = re.compile(rf"[0-9](?:{_BETWEEN}{{0,3}}[0-9]){{{LEAST_DIGITS - 1}}}")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
# The first two digits of an area: provinces, Taiwan, Hong Kong and Macao (GB/T 2260), and 99 of invented people.
# fmt: off
_PROVINCES = frozenset(
    {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
        "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
        "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "99",
    }
)
# fmt: on
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# How people group a mobile number; one digit at a time counts too.
_MOBILE_GROUPS = frozenset({(3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 3, 5), (3, 8), (7, 4), (5, 6), (1,) * 11})
_SAYS_CARD = re.compile(
    "银行|卡号|账号|帐号|账户|帐户|开户|工资卡|社保卡|借记|信用卡|转账|汇款|card|account", re.IGNORECASE
)
_SAYS_IDENTITY = re.compile("身份证|身份号|证件号|公民身份|居民证", re.IGNORECASE)
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """``kind`` of number, and the number with most of it hidden; the number itself is kept nowhere."""

    kind: str
    masked: str


def folded(text: str) -> str:
    """``text`` with every digit an ASCII digit and without what can't be seen."""
    if not _UNUSUAL.search(text):
        return text
    return _UNUSUAL.sub(_plain, text)


def _plain(found: re.Match) -> str:
    character = found[0]
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    return "X" if character in "\uff38\uff58" else ""


def find_numbers(text: str, *, today: date, context: str = "") -> list[Hit]:
    """Every personal number in ``text``, each once. ``context`` is what stands over it, such as a column's heading."""
    if len(text) < LEAST_DIGITS:
        return []
    text = folded(text)
    if not _ENOUGH.search(text):
        return []
    return list(dict.fromkeys(hit for run in _RUN.finditer(text) for hit in _in_run(run, text, today, context)))


def _in_run(run: re.Match, text: str, today: date, context: str) -> Iterator[Hit]:
    groups = _GROUP.findall(run[0])
    if sum(map(len, groups)) < LEAST_DIGITS:
        return
    before = f"{context} {text[max(0, run.start() - _NEAR) : run.start()]}"
    first = 0
    while first < len(groups):
        hit, used = _from(groups, first, today, before)
        if hit:
            yield hit
        first += used


def _from(groups: list[str], first: int, today: date, before: str) -> tuple[Hit | None, int]:
    """The number that begins with group ``first``, and how many groups it takes."""
    number, lengths = "", ()
    best: tuple[Hit | None, int] = (None, 1)
    for used, group in enumerate(groups[first:], 1):
        number += group
        lengths += (len(group),)
        if len(number) > 21:
            break
        hit = _judge(number, lengths, today, before)
        if hit and hit.kind == IDENTITY:
            return hit, used
        best = (hit, used) if hit else best
    return best


def _judge(number: str, lengths: tuple[int, ...], today: date, before: str) -> Hit | None:
    size = len(number)
    if size in (18, 15) and is_identity(number, today=today, said=bool(_SAYS_IDENTITY.search(before))):
        return Hit(IDENTITY, mask_identity(number.upper()) if size == 18 else "****")
    if size in (11, 13, 14, 15) and (mobile := _mobile(number, lengths)):
        return Hit(MOBILE, mask_phone(mobile))
    if 13 <= size <= 19 and _is_card(number, lengths, before):
        return Hit(BANK_CARD, mask_bank_card(number))
    return None


def is_identity(number: str, *, today: date, said: bool = False) -> bool:
    """Area, birth date and check character fit. Of an old number of 15 digits, which has none, ``said`` must be true:
    the words beside it call it an identity number."""
    if len(number) == 15 and not said:
        return False
    if number[:2] not in _PROVINCES:
        return False
    try:
        parse_identity_number(lengthened(number), today=today, allow_invented=True)
    except InvalidIdentityNumber:
        return False
    return True


def _mobile(number: str, lengths: tuple[int, ...]) -> str | None:
    """The eleven digits of a mobile number, with or without the country's code, if people write it in such groups."""
    for prefix in ("", "86", "086", "0086"):
        digits = number.removeprefix(prefix)
        if len(digits) != 11 or not _MOBILE.fullmatch(digits) or (prefix and number == digits):
            continue
        if len(lengths) == 1 or (prefix and lengths == (len(prefix), 11)):
            return digits
        rest = lengths[1:] if prefix and lengths[0] == len(prefix) else lengths
        if rest in _MOBILE_GROUPS:
            return digits
    return None


def _is_card(number: str, lengths: tuple[int, ...], before: str) -> bool:
    """A card of the national network (62…) by itself; any other only where a bank or an account is spoken of."""
    if not number.isdigit() or not _luhn(number) or len(set(number)) < 4:
        return False
    if len(lengths) > 1 and (set(lengths[:-1]) != {4} or lengths[-1] > 4):
        return False
    return (number.startswith("62") and len(number) >= 16) or bool(_SAYS_CARD.search(before))


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[0::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def rounded_identity(value: float, *, today: date) -> bool:
    """Was this number of a cell an identity number before the spreadsheet rounded it to fifteen digits?

    Area and birth date are still there; only the last three characters are lost.
    """
    if not 1e17 <= value < 1e18:
        return False
    digits = f"{value:.0f}"
    if digits[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= born <= today
