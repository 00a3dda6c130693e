"""The entries of the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogFormatter

from services.foundation import styles
from services.signups import policies


class ForReaders(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_enter_desk(request.user))


class ForDoor(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_check_in_anywhere(request.user))


def signups_menu() -> SubmenuMenuItem:
    items = [
        ForReaders(_("All activities"), reverse_lazy("signups_desk:activities"), icon_name="date", order=10),
        ForReaders(
            pgettext_lazy("signups", "Sign-ups"), reverse_lazy("signups_desk:signups"), icon_name="list-ul", order=20
        ),
        ForReaders(_("Waiting list"), reverse_lazy("signups_desk:waiting"), icon_name="list-ol", order=25),
        ForReaders(_("Hours of training"), reverse_lazy("signups_desk:hours"), icon_name="time", order=30),
        ForDoor(_("Check-in by phone"), reverse_lazy("signups:today"), icon_name="mobile-alt", order=40),
    ]
    return SubmenuMenuItem(_("Activities and training"), Menu(items=items), name="signups", icon_name="date", order=105)


class AboutQuestion(LogFormatter):
    """Names the question: three lines that say the same say nothing."""

    def format_message(self, log_entry):
        return f"{self.message}{pgettext('between a name and its value', ': ')}{log_entry.data.get('words', '')}"


class QuestionAdded(AboutQuestion):
    label, message = _("Ask a question"), _("Question added")


class QuestionRemoved(AboutQuestion):
    label, message = _("Ask a question no more"), _("Question removed")


def log_actions(actions) -> None:
    actions.register_action("signups.open", _("Open sign-up"), _("Sign-up opened"))
    actions.register_action("signups.close", _("Close sign-up"), _("Sign-up closed"))
    actions.register_action("signups.question")(QuestionAdded)
    actions.register_action("signups.question_removed")(QuestionRemoved)
    actions.register_action("signups.certify", _("Issue certificates"), _("Certificates issued"))
    actions.register_action("signups.for_her", _("Sign up a woman"), _("A woman was signed up as she asked"))
    actions.register_action(
        "signups.waits_for_her",
        _("Put a woman on the waiting list"),
        _("A woman was put on the list as she asked"),
    )
    actions.register_action(
        "signups.off_list", _("Take off the waiting list"), _("A woman was taken off the list as she asked")
    )
    actions.register_action("signups.revoke", _("Declare a certificate invalid"), _("Certificate declared invalid"))


def style_sheet() -> str:
    return styles.style_sheet("desk/signups")
