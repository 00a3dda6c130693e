"""Columns that Wagtail's tables lack."""

from django.utils import timezone
from wagtail.admin.ui.tables import Column


class MomentColumn(Column):
    """Day and time on the clock of the installation, not “three days ago”."""

    def get_value(self, instance):
        value = super().get_value(instance)
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


class TickColumn(Column):
    """A box to tick, carrying the booking's token."""

    cell_template_name = "screening/desk/checkbox_cell.html"
