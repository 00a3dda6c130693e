"""The entry of mutual aid in the desk's menu."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.mutual_aid.desk import joining_menu


def mutual_aid_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Mutual aid"), Menu(items=joining_menu.items()), name="mutual-aid", icon_name="group", order=120
    )


def style_sheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk/joining.css"))
