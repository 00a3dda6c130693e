"""The relief entries of the desk's menu, and the words for what the log records."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from services.relief import policies


class ForReaders(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_read_standards(request.user))


def relief_menu() -> SubmenuMenuItem:
    items = [
        ForReaders(_("Programmes"), reverse_lazy("relief_desk:programmes"), icon_name="clipboard-list", order=60),
        ForReaders(_("Minimum living lines"), reverse_lazy("relief_desk:lines"), icon_name="minus", order=70),
        ForReaders(_("Income test"), reverse_lazy("relief_desk:tests"), icon_name="check", order=80),
    ]
    return SubmenuMenuItem(_("Hardship relief"), Menu(items=items), name="relief", icon_name="group", order=120)


def log_actions(actions) -> None:
    actions.register_action("relief.activate", _("Put in force"), _("Put in force"))
    actions.register_action("relief.retire", _("Take out of force"), _("Taken out of force"))


def style_sheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk/relief.css"))
