"""Workbooks made for tests: good ones, odd ones, hostile ones."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

from openpyxl import Workbook


def workbook(rows: Iterable[Sequence], *, title: str = "花名册", more: Callable | None = None) -> io.BytesIO:
    """A workbook with one sheet of ``rows``; ``more(book)`` may add to it."""
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    if more:
        more(book)
    return saved(book)


def saved(book: Workbook) -> io.BytesIO:
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def repacked(source: io.BytesIO, *, add: dict[str, bytes] | None = None, change: dict | None = None) -> io.BytesIO:
    """A copy of a workbook with entries added or rewritten (``change`` maps names to functions of their bytes)."""
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change[name](body) if change and name in change else body)
        for name, body in (add or {}).items():
            new.writestr(name, body)
    target.seek(0)
    return target
