"""Columns that Wagtail's tables lack."""

from collections.abc import Callable

from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.coreutils import multigetattr


class LinkColumn(Column):
    """The same ``words`` in every row, leading to ``address(row)``; nothing where that is empty."""

    cell_template_name = "desk/link_cell.html"

    def __init__(self, name: str, *, words: str, address: Callable, **kwargs):
        super().__init__(name, accessor=address, **kwargs)
        self.words = words

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"words": self.words}


class MomentColumn(Column):
    """Day and time on the clock of the installation, not “three days ago”."""

    def get_value(self, instance):
        value = super().get_value(instance)
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


class TickColumn(Column):
    """A box to tick that sends the row's token as ``field``; ``called`` names the row for whoever can't see it."""

    cell_template_name = "desk/checkbox_cell.html"

    def __init__(self, name: str, *, field: str = "booking", called: str = "number", **kwargs):
        super().__init__(name, **kwargs)
        self.field, self.called = field, called

    def get_cell_context_data(self, instance, parent_context):
        called = multigetattr(instance, self.called)
        return super().get_cell_context_data(instance, parent_context) | {"called": called}
