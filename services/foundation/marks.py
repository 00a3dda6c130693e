"""A mark beside a row that leaves as a workbook and comes back: what each cell said when it left, as short digests.

It tells which cells somebody changed in the file, and which the record changed meanwhile. No value can be read from it,
and it counts only beside the key it was made for.
"""

import base64
from collections.abc import Mapping, Sequence

from django.utils.crypto import salted_hmac

_SALT = "services.foundation.marks"
_LENGTH = 6


class MarkUnfit(ValueError):
    """Damaged, of another row, or of a workbook with other columns."""


def make_mark(key: str, values: Mapping[str, str], columns: Sequence[str]) -> str:
    """``values`` are canonical texts by column; a missing one counts as empty."""
    return _head(key, columns) + "".join(_digest(key, name, values.get(name, "")) for name in columns)


def same_as_marked(mark: str, key: str, values: Mapping[str, str], columns: Sequence[str]) -> frozenset[str]:
    """The columns whose value is the one that left with the mark. Raises ``MarkUnfit``."""
    head = _head(key, columns)
    if not mark.startswith(head) or len(mark) != len(head) + _LENGTH * len(columns):
        raise MarkUnfit
    parts = mark[len(head) :]
    digests = (parts[start : start + _LENGTH] for start in range(0, len(parts), _LENGTH))
    return frozenset(
        name
        for name, digest in zip(columns, digests, strict=True)
        if digest == _digest(key, name, values.get(name, ""))
    )


def _head(key: str, columns: Sequence[str]) -> str:
    return _digest(key, "|".join(columns), "") + "."


def _digest(key: str, name: str, value: str) -> str:
    found = salted_hmac(_SALT, "\x1f".join((key, name, value)), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(found)[:_LENGTH].decode()
