"""Search that finds Chinese words, on SQLite and PostgreSQL alike.

Both databases index a run of Chinese characters as one word, so that 体检 doesn't find 免费体检项目通知. Here every run
is indexed as its single characters and its overlapping pairs, and a run that is searched for becomes its pairs,
all of which must occur. Everything else is left to Wagtail's own backend of the database at hand.
"""

import re
import sys

from wagtail.search.backends import database

_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")

_SIGNS = re.compile(r"[^\w]|_")


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def index_text(text: str) -> str:
    """Text as it is indexed: 体检项目 → 体 检 项 目 体检 检项 项目."""
    return _RUN.sub(lambda found: f" {' '.join([*found[0], *_pairs(found[0])])} ", text)


def query_text(text: str) -> str:
    """Text as it is searched for: 体检项目 → 体检 检项 项目; a single character stays itself.

    Signs are dropped: they are not indexed, and SQLite would take some of them for operators.
    """
    text = " ".join(_SIGNS.sub(" ", text).split())
    return _RUN.sub(lambda found: f" {' '.join(_pairs(found[0]) or [found[0]])} ", text)


def has_chinese(text: str) -> bool:
    return bool(_RUN.search(text))


class ChineseQueryMixin:
    """Turns the words searched for into what was indexed. ``fields`` is dropped: it would by-pass the index."""

    def __init__(self, queryset, query, fields=None, operator=None, **kwargs):
        if isinstance(query, str):
            operator = operator or ("and" if has_chinese(query) else None)
            query = query_text(query)
        super().__init__(queryset, query, fields=None, operator=operator, **kwargs)


def _index_chinese(indexer: type) -> None:
    """Make an indexer split Chinese runs in every value it prepares; done once a process."""
    if getattr(indexer, "splits_chinese", False):
        return
    prepare = indexer.prepare_value

    def prepare_value(self, value):
        prepared = prepare(self, value)
        return index_text(prepared) if isinstance(value, str) else prepared

    indexer.prepare_value, indexer.splits_chinese = prepare_value, True


def SearchBackend(params):  # noqa: N802 - the name Wagtail looks up
    """Wagtail's backend for the database in use, taught to split Chinese."""
    backend = database.SearchBackend(params)
    for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
        compiler = getattr(backend, name)
        setattr(backend, name, type(f"Chinese{compiler.__name__}", (ChineseQueryMixin, compiler), {}))
    # Only the module of this database may be imported: the other's models don't exist here.
    _index_chinese(sys.modules[type(backend).__module__].ObjectIndexer)
    return backend
