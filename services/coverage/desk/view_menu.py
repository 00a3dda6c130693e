"""The entry of the federation's view in the desk's menu, and the words for what the log records."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.coverage import policies
from services.foundation.area import ShownTo


def _item(label, name: str, icon: str, order: int) -> ShownTo:
    return ShownTo(
        label,
        reverse_lazy(f"coverage_view:{name}"),
        name=f"coverage_{name}",
        icon_name=icon,
        order=order,
        shown=policies.may_look,
    )


ITEMS = [
    _item(_("At a glance"), "top", "view", 10),
    _item(_("Unions"), "unions", "group", 20),
    _item(_("Who moved"), "changes", "history", 30),
]


def entry() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Women workers' organisations"), Menu(items=ITEMS), name="coverage", icon_name="group", order=130
    )


def style_sheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk/coverage.css"))


def log_actions(actions) -> None:
    actions.register_action("coverage.remind", _("Remind a union"), _("Union reminded"))
