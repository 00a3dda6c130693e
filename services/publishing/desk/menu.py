"""The entry in the menu and the words of the log."""

from django.utils.translation import gettext_lazy as _

from services.publishing.desk.viewset import PublishingDesk


def desk():
    return PublishingDesk("publishing_desk")


def log_actions(actions) -> None:
    actions.register_action("publishing.sign", _("Sign"), _("Signed as a second person"))
    actions.register_action("publishing.open_section", _("Open a section"), _("Made a section of an organisation"))
    actions.register_action("publishing.close_section", _("End a section"), _("Ended a section of an organisation"))
