"""The entries of the federation's view in the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from services.coverage import policies
from services.foundation import styles
from services.foundation.area import ShownTo


def _item(label, name: str, icon: str, order: int):
    def entry() -> ShownTo:
        url = reverse_lazy(f"coverage_view:{name}")
        return ShownTo(label, url, icon_name=icon, order=order, shown=policies.may_read_records)

    return entry


ITEMS = (
    _item(_("At a glance"), "top", "view", 10),
    _item(_("Unions to call"), "unions", "comment", 30),
    _item(_("Who moved"), "changes", "history", 40),
)


def style_sheet() -> str:
    return styles.style_sheet("desk/coverage_view")


def log_actions(actions) -> None:
    actions.register_action("coverage.remind", _("Remind a union"), _("Union reminded"))
