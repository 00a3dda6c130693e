"""An area of the desk: its routes and its entry in the menu, shown to those who may enter it."""

from collections.abc import Callable

from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet


class ShownTo(MenuItem):
    """``shown`` gets the user and answers with anything true or false."""

    def __init__(self, *args, shown: Callable, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = shown

    def is_shown(self, request):
        return bool(self.shown(request.user))


class DeskArea(ViewSet):
    """Subclasses give ``may_enter(user)`` (a verdict will do), ``menu_name`` and their routes."""

    menu_name = ""

    @staticmethod
    def may_enter(user):
        return False

    def get_menu_item(self, order=None):
        return ShownTo(
            self.menu_label,
            self.menu_url,
            name=self.menu_name,
            icon_name=self.icon,
            order=order or self.menu_order,
            shown=self.may_enter,
        )
