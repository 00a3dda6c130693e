"""Text files: comma-separated values by cell, anything else by line."""

import csv
from itertools import islice

from services.publishing.rules.scanning import Place, Rows, Scan

_MAX_LINES = 500_000
_ENCODINGS = ("utf-8-sig", "gb18030")


def decoded(data: bytes) -> str | None:
    """The text, in whatever encoding offices save it; None for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        return None
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def scan_text(text: str, scan: Scan) -> None:
    for number, line in enumerate(islice(text.splitlines(), _MAX_LINES), 1):
        scan.text(lambda number=number: Place("line", {"number": number}), line)
    scan.text(Place("file"), text[:2_000_000])


def scan_csv(text: str, scan: Scan) -> None:
    """By cell, whichever sign parts them."""
    lines = text.splitlines()
    heads = "\n".join(lines[:5])
    separator = max(",;\t|", key=heads.count)
    rows = Rows(scan, lambda row, column: Place("csv_cell", {"row": row, "column": column + 1}))
    try:
        for number, cells in enumerate(islice(csv.reader(lines, delimiter=separator), _MAX_LINES), 1):
            rows.add(number, {column: cell for column, cell in enumerate(cells) if cell})
    except csv.Error:
        scan_text(text, scan)
    rows.end()
    if len(lines) > _MAX_LINES:
        scan.cannot("too_much", Place("file"))
