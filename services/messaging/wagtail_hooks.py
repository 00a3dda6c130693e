"""Registration in Wagtail: message texts under settings."""

from wagtail import hooks

from services.messaging.desk.viewset import MessagingDesk


@hooks.register("register_admin_viewset")
def desk():
    return MessagingDesk()
