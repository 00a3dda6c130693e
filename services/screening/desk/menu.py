"""The screening entries of the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from services.foundation import styles
from services.screening import policies


class ForReaders(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_enter_desk(request.user))


class ForKeepers(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_keep_sites(request.user))


class ForFollowers(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_follow_up_anywhere(request.user))


def screening_menu() -> SubmenuMenuItem:
    items = [
        ForReaders(_("Programmes"), reverse_lazy("screening_desk:programmes"), icon_name="calendar-check", order=10),
        ForReaders(_("Bookings"), reverse_lazy("screening_desk:bookings"), icon_name="list-ul", order=20),
        ForReaders(_("Waiting list"), reverse_lazy("screening_desk:waiting"), icon_name="history", order=30),
        ForReaders(_("Changes of order"), reverse_lazy("screening_desk:changes"), icon_name="arrow-up-big", order=35),
        ForFollowers(_("Follow-ups"), reverse_lazy("screening_desk:follow_ups"), icon_name="user", order=35),
        ForKeepers(
            pgettext_lazy("screening", "Sites"), reverse_lazy("screening_sites:index"), icon_name="home", order=40
        ),
        ForKeepers(_("Providers"), reverse_lazy("screening_providers:index"), icon_name="group", order=50),
    ]
    return SubmenuMenuItem(_("Screening"), Menu(items=items), name="screening", icon_name="calendar-check", order=100)


def log_actions(actions) -> None:
    actions.register_action("screening.publish_terms", _("Publish terms"), _("Terms published"))
    actions.register_action("screening.open", _("Open sign-up"), _("Sign-up opened"))
    actions.register_action("screening.close", _("Close sign-up"), _("Sign-up closed"))


def style_sheet() -> str:
    return styles.style_sheet("desk/screening")
