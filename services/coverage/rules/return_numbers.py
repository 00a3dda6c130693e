"""What is typed into a field of the return: read, or told what is wrong with it. Never guessed."""

import re
import unicodedata
from datetime import date

# The largest federation has fewer workers than this, and no sum of theirs leaves 64 bits.
MOST_DIGITS = 9
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)
_SPACES = str.maketrans("", "", " ,，\u00a0\u3000")


class Untypable(ValueError):
    """``code``: ``negative``, ``letters``, ``decimals`` or ``too_long``."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def read_number(text: str) -> int | None:
    """Whole and not below nought; separators and full-width digits are understood; None where nothing was typed."""
    plain = unicodedata.normalize("NFKC", text).translate(_SPACES).replace(",", "")
    if not plain:
        return None
    if re.fullmatch(r"[-−–]\d+(\.\d*)?", plain):
        raise Untypable("negative")
    if re.fullmatch(r"\d+\.\d+", plain) and plain.rpartition(".")[2].strip("0"):
        raise Untypable("decimals")
    digits = plain.partition(".")[0]
    if not (re.fullmatch(r"\d+\.?\d*", plain) and digits.isascii()):
        raise Untypable("letters")
    if len(digits.lstrip("0")) > MOST_DIGITS:
        raise Untypable("too_long")
    return int(digits)
