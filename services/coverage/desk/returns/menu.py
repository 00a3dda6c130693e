"""The entry of annual returns in the desk's menu, and the words for what the log records of them."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from services.coverage import return_policies as policies
from services.coverage.desk.returns.pages import LIST
from services.foundation import styles
from services.foundation.area import ShownTo


def returns_item() -> ShownTo:
    return ShownTo(
        LIST,
        reverse_lazy("coverage_returns:list"),
        name="annual-returns",
        icon_name="form",
        order=40,
        shown=policies.may_browse,
    )


def log_actions(actions) -> None:
    actions.register_action("coverage.open_returns", _("Open a year of returns"), _("Year of returns opened"))
    actions.register_action("coverage.sign_return", _("Sign the annual return"), _("Annual return signed"))
    actions.register_action("coverage.lock_returns", _("Lock a year of returns"), _("Year of returns locked"))
    actions.register_action("coverage.amend_return", _("Amend the annual return"), _("Annual return amended"))


def style_sheet() -> str:
    return styles.style_sheet("desk/returns")
