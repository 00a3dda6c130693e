"""A day that stands in a field is there in every language: a browser's date field takes ISO's spelling alone."""

import re

from tests.house.sources import ROOT

_BARE = re.compile(r"Date(?:Time)?Input\(attrs=\{\"type\": \"(?:date|datetime-local)\"[^}]*\}\)")


def test_no_date_field_writes_its_day_as_the_language_does():
    """Of ``2026/12/01``, as Django writes it in Chinese, the browser shows an empty field."""
    modules = [path for folder in ("services", "cms_pages", "portal") for path in (ROOT / folder).rglob("*.py")]
    assert [str(path) for path in modules if _BARE.search(path.read_text())] == []
