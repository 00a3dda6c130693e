"""Columns that Wagtail's tables lack."""

from collections.abc import Callable

from wagtail.admin.ui.tables import Column


class LinkColumn(Column):
    """The same ``words`` in every row, leading to ``address(row)``; nothing where that is empty."""

    cell_template_name = "desk/link_cell.html"

    def __init__(self, name: str, *, words: str, address: Callable, **kwargs):
        super().__init__(name, accessor=address, **kwargs)
        self.words = words

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"words": self.words}
