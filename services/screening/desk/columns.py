"""Columns that Wagtail's tables lack."""

from django.utils import timezone
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column


class MomentColumn(Column):
    """Day and time on the clock of the installation, not “three days ago”."""

    def get_value(self, instance):
        value = super().get_value(instance)
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


class TokenCheckboxColumn(BulkActionsCheckboxColumn):
    """Wagtail's checkbox, carrying the token instead of the key."""

    cell_template_name = "screening/desk/checkbox_cell.html"

    def get_aria_describedby(self, instance):
        return f"{self.obj_type}_{instance.token}_title"
