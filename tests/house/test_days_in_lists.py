"""Days in the desk's lists: Wagtail's own column says "just now" of every day that lies ahead."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

from services.foundation.desk_columns import DayColumn
from tests.house.sources import ROOT

_WAGTAILS = re.compile(r"(?<!\w)DateColumn\(\s*\"([\w.]+)\"")
# Days, and moments that may lie ahead.
_AHEAD = re.compile(r"(_on|^day|due|until|ends|expire_at|in_force_from|valid_from)$")


def test_no_list_says_how_long_ago_a_day_was_that_may_lie_ahead():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for folder in ("services", "cms_pages")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name in _WAGTAILS.findall(path.read_text())
        if _AHEAD.search(name.rsplit(".", 1)[-1])
    ]
    assert found == []


def test_a_day_ahead_and_one_long_past_are_told_by_the_calendar():
    column = DayColumn("due_on")
    for day in (date(2031, 2, 28), date(2031, 2, 28) - timedelta(days=900)):
        assert column.get_value(SimpleNamespace(due_on=day)) == day.isoformat()
    assert column.get_value(SimpleNamespace(due_on=None)) == ""
