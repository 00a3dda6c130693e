"""Cells written directly are the cells that Wagtail's templates make."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context
from django.utils import timezone, translation
from wagtail.admin.ui import tables

from services.foundation import desk_columns

VALUES = [
    *("示例桂兰", "<b>&'", "", "  ", None, True, False, 0, 1234567, 12.5),
    *(date(2026, 3, 8), timezone.make_aware(datetime(2026, 3, 8, 9, 30))),
]
COLUMNS = [
    ("Column", {}),
    ("Column", {"classname": "payments-number"}),
    ("StatusTagColumn", {"primary": True}),
    ("StatusTagColumn", {"primary": lambda row: False, "classname": "x"}),
    ("TitleColumn", {}),
    ("TitleColumn", {"get_url": lambda row: "/admin/x/?a=1&b=2", "link_attrs": {"data-a": '"'}, "link_classname": "c"}),
    ("TitleColumn", {"get_url": lambda row: "/x/", "classname": "wide", "get_title_id": lambda row: "t1"}),
    ("TitleColumn", {"get_label_id": lambda row: "l1"}),
]


def cell(library, kind: str, options: dict, value) -> str:
    """The markup without the spaces that no browser shows."""
    column = getattr(library, kind)("value", **options)
    html = column.render_cell_html(SimpleNamespace(value=value, pk=1), Context({"row": None, "table": None}))
    return re.sub(r"\s+", " ", re.sub(r"\s*([<>])\s*", r"\1", html.replace("<td >", "<td>"))).strip()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize(("kind", "options"), COLUMNS)
def test_a_cell_reads_as_wagtail_writes_it(kind, options, value, language):
    with translation.override(language):
        ours, wagtails = (cell(library, kind, options, value) for library in (desk_columns, tables))
    assert ours == wagtails


@pytest.mark.parametrize("number", [0, 1234567, 12.5], ids=repr)
def test_so_does_a_number(number):
    assert cell(desk_columns, "NumberColumn", {}, number) == cell(tables, "NumberColumn", {}, number)


def test_a_number_that_isnt_known_stays_empty():
    assert cell(desk_columns, "NumberColumn", {}, None) == "<td></td>"


def test_a_column_with_a_template_of_its_own_is_drawn_by_it():
    class Tick(desk_columns.Column):
        cell_template_name = "wagtailadmin/tables/boolean_cell.html"

    html = Tick("value").render_cell_html(SimpleNamespace(value=True), Context({"row": None, "table": None}))
    assert "icon-check" in html


UNION = SimpleNamespace(name="<示例>工会")
ROW = SimpleNamespace(token="t-1", pk=7, number="TJ-26-000001-1", union=UNION, where="/x/?a&b")


def drawn(column) -> str:
    return column.render_cell_html(ROW, Context())


def test_a_box_to_tick_says_what_it_ticks_and_sends_what_is_asked():
    own = drawn(desk_columns.TickColumn())
    assert 'name="booking" value="t-1"' in own and "勾选TJ-26-000001-1" in own
    other = drawn(desk_columns.TickColumn(field="return", called="union.name", sent="pk"))
    assert 'name="return" value="7"' in other and "勾选&lt;示例&gt;工会" in other


def test_a_link_stands_where_there_is_an_address():
    column = desk_columns.LinkColumn("where", words="打开", address=lambda row: row.where)
    assert drawn(column) == '<td><a href="/x/?a&amp;b">打开</a></td>'
    assert drawn(desk_columns.LinkColumn("where", words="打开", address=lambda row: "")) == "<td></td>"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2099, 3, 8), "2099-03-08"),
        (datetime(2026, 3, 8, 23, 30, tzinfo=UTC), "2026-03-09"),
        (None, ""),
    ],
)
def test_a_day_is_told_as_a_day_whether_it_is_over_or_still_to_come(value, shown):
    assert cell(desk_columns, "DayColumn", {}, value) == f'<td class="desk-moment">{shown}</td>'


def test_the_name_of_a_union_is_given_room_and_a_womans_isnt():
    row = SimpleNamespace(organization=UNION, worker=SimpleNamespace(name="示例桂兰"))
    union, hers = (
        desk_columns.Column(name).render_cell_html(row, Context()) for name in ("organization.name", "worker.name")
    )
    assert 'class="desk-name"' in union and "class" not in hers
