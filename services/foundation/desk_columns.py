"""Wagtail's columns with their cells written directly, and columns that its tables lack.

A list of thirty rows has some three hundred cells, each of which Wagtail makes from a template; here the same markup
is put together at once. A column with a template of its own is left to Wagtail.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import intcomma
from django.forms.utils import flatatt
from django.template.base import render_value_in_context
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui import tables
from wagtail.coreutils import multigetattr


class _Written:
    """A cell around what ``inside`` returns. Put before Wagtail's column; ``_own`` is the template it stands for."""

    _own = tables.Column.cell_template_name
    _classes = ""

    def render_cell_html(self, instance, parent_context) -> SafeString:
        if self.cell_template_name != self._own:
            return super().render_cell_html(instance, parent_context)
        return mark_safe(f"<td{self._around}>{conditional_escape(self.inside(instance, parent_context))}</td>")

    @cached_property
    def _around(self) -> str:
        """The same for each row, and as the rest of a cell put together without ``format_html``, which is slow."""
        classes = " ".join(filter(None, (self.classname, self._classes)))
        return format_html(' class="{}"', classes) if classes else ""

    def inside(self, instance, context) -> str:
        value = self.shown(instance)
        return "" if value is None else render_value_in_context(value, context)

    def shown(self, instance):
        """As Wagtail shows it: whole numbers as they are written in addresses, something in place of nothing."""
        value = self.get_value(instance)
        if isinstance(value, int) and not isinstance(value, bool):
            value = localize(value, use_l10n=False)
        return value if str(value).strip() else self.empty_value_display


class DeskTable(tables.Table):
    """Wagtail's table with its rows written directly."""

    template_name = "desk/table.html"

    @property
    def body(self) -> "_Rows":
        return _Rows(self)


class _Rows:
    """A component, as Wagtail's cells are: what it is shown in gives each cell ``table``, ``row`` and ``request``."""

    def __init__(self, table: DeskTable):
        self.table = table

    def render_html(self, parent_context) -> SafeString:
        columns = list(self.table.columns.values())
        with parent_context.push():
            return mark_safe("\n".join(self._row(row, columns, parent_context) for row in self.table.rows))

    def _row(self, row: tables.Table.Row, columns: list, context) -> str:
        context["row"] = row
        cells = "".join(conditional_escape(column.render_cell_html(row.instance, context)) for column in columns)
        return f"<tr{flatatt(row.attrs)}>{cells}</tr>"


class Column(_Written, tables.Column):
    """The name of a union, a site or a scheme is given room: it would stand one character a line beside others.
    A code isn't broken at its hyphens."""

    @property
    def _classes(self) -> str:
        place, _dot, last = str(self.accessor).rpartition(".")
        names_a_place = last == "organization" or (last == "name" and place and not place.endswith("worker"))
        return "desk-name" if names_a_place else "desk-moment" if last == "code" else ""


class NumberColumn(_Written, tables.NumberColumn):
    """One that isn't known stays empty; Wagtail's would read “None”."""

    def shown(self, instance):
        value = self.get_value(instance)
        return "" if value is None else intcomma(value)


class StatusTagColumn(_Written, tables.StatusTagColumn):
    _own = tables.StatusTagColumn.cell_template_name

    def inside(self, instance, context) -> str:
        value, primary = self.shown(instance), " w-status--primary" if self.get_primary(instance) else ""
        words = conditional_escape(render_value_in_context(value, context)) if value else ""
        return mark_safe(f'<span class="w-status{primary}">{words}</span>')


class TitleColumn(_Written, tables.TitleColumn):
    """One that names the row for a label or another column is left to Wagtail."""

    _own = tables.TitleColumn.cell_template_name
    _classes = "title"

    def render_cell_html(self, instance, parent_context) -> SafeString:
        if self.get_title_id(instance, parent_context) or self.get_label_id(instance, parent_context):
            return tables.TitleColumn.render_cell_html(self, instance, parent_context)
        return super().render_cell_html(instance, parent_context)

    def inside(self, instance, context) -> str:
        title = render_value_in_context(self.shown(instance), context)
        attributes = self.get_link_attrs(instance, context) | {"href": self.get_link_url(instance, context)}
        if self.link_classname is not None:
            attributes["class"] = self.link_classname
        if attributes["href"]:
            pairs = [(name, value) for name, value in attributes.items() if value is not False]
            written = "".join(f' {conditional_escape(name)}="{conditional_escape(value)}"' for name, value in pairs)
            title = mark_safe(f"<a{written}>{conditional_escape(title)}</a>")
        return mark_safe(f'<div class="title-wrapper">{conditional_escape(title)}</div>')


class LinkColumn(Column):
    """The same ``words`` in every row, leading to ``address(row)``; nothing where that is empty."""

    def __init__(self, name: str, *, words: str, address: Callable, **kwargs):
        super().__init__(name, accessor=address, **kwargs)
        self.words = words

    def inside(self, instance, context) -> str:
        address = self.get_value(instance)
        return format_html('<a href="{}">{}</a>', address, self.words) if address else ""


class DayColumn(Column):
    """A day as it stands in the calendar. Told as a distance, one still to come would read “just now”."""

    _classes = "desk-moment"

    def get_value(self, instance):
        value = super().get_value(instance)
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        return f"{value:%Y-%m-%d}" if value else ""


class MomentColumn(Column):
    """Day and time on the clock of the installation, not “three days ago”."""

    _classes = "desk-moment"

    def get_value(self, instance):
        value = super().get_value(instance)
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


class TickColumn(Column):
    """A box that sends the row's ``sent`` as ``field``; ``called`` names the row for whoever can't see it."""

    _classes = "bulk-action-checkbox-cell"

    def __init__(self, *, field: str = "booking", called: str = "number", sent: str = "token"):
        super().__init__("tick", label=_("Tick"))
        self.field, self.called, self.sent = field, called, sent

    def inside(self, instance, context) -> str:
        return format_html(
            '<label><span class="w-sr-only">{}</span><input type="checkbox" name="{}" value="{}"></label>',
            gettext("Tick %(name)s") % {"name": multigetattr(instance, self.called)},
            self.field,
            multigetattr(instance, self.sent),
        )
